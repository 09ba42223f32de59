"""How many SQL statements an inscription costs, by the real clock, transactions and the clock counted.  R-03"""

import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from journal.actors import SYSTEM
from journal.models import Entry, Payload
from outbox.models import Message
from speakers.delegations import access, loading
from speakers.entries import opening
from speakers.loading import load
from speakers.models import Delegation, Inscription
from tests.factories import make_focal_point, make_inscription

pytestmark = pytest.mark.django_db(transaction=True)
AT_MOST = 13
# The lock itself, the head of the journal with what rules the entry out and the moment, the number, three of the
# journal, the entry, both mails.
UNDER_LOCK = 8
# As PostgreSQL counts: it looks up the row that each foreign key names, and announces each entry of the journal.
AT_MOST_AS_COUNTED = 18
# What only the mails need, and so is read by their sender.
MAIL_ONLY = ("dialogue_programmeslot", "dialogue_contact", "dialogue_mailtext", "dialogue_sitting")
TYPED = {
    "capacity": "national",
    "speaker_prefix": "H.E. Ms.",
    "speaker_name": "Amina Example",
    "speaker_title": "Permanent Representative",
    "level": "PR",
    "language": "en",
    "contact_name": "Permanent Mission",
    "contact_email": "mission@missions.example",
    "contact_telephone": "+12129635063",
    "copies": "copy@missions.example",
}


@pytest.fixture
def meeting():
    """The dialogue of 2016 with its programme, contacts and bands, moved so that its list is open today."""
    at = clock.now()
    loading.load(by=SYSTEM, at=at)
    file = settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml"
    meeting = load(file, slug="moved", starts_on=at.date() + timedelta(days=10), by=SYSTEM, at=at).meeting
    opening.fix_terms_due(at=at)
    return meeting


def cost_of_inscribing(meeting, code, **changes):
    """The statements of one POST by a focal point of the delegation `code`."""
    point = make_focal_point(Delegation.objects.get(code=code), f"{code.lower()}@missions.example")
    client = Client()
    session = client.session
    session[access.ADDRESS] = point.normalised_email
    session.save()
    with CaptureQueriesContext(connection) as statements:
        answer = client.post(
            f"/meetings/{meeting.slug}/speakers/inscribe/", {**TYPED, "key": str(uuid.uuid4()), **changes}
        )
    assert answer.status_code == 302
    assert Inscription.objects.filter(speakers_list__meeting=meeting, delegation__code=code).exists()
    return statements


def test_an_inscription_costs_thirteen_statements_at_most_however_long_the_list(meeting):
    first = cost_of_inscribing(meeting, "RWA")
    for delegation in Delegation.objects.filter(places__category="member_state").exclude(code__in=["RWA", "FRA"])[:30]:
        make_inscription(meeting, delegation, at=clock.now())

    assert len(cost_of_inscribing(meeting, "FRA")) == len(first) <= AT_MOST


def test_an_inscription_costs_eighteen_statements_as_the_database_counts_them(meeting):
    cost_of_inscribing(meeting, "RWA")
    last = (Entry.objects.latest("pk").pk, Message.objects.latest("pk").pk)
    told = cost_of_inscribing(meeting, "FRA")

    entries = Entry.objects.filter(pk__gt=last[0])
    written = [*entries, *Payload.objects.filter(entry__in=entries), *Message.objects.filter(pk__gt=last[1])]
    keys = keys_of([*written, Inscription.objects.get(delegation__code="FRA")])
    assert keys == 4
    assert len(told) + keys + len(entries) <= AT_MOST_AS_COUNTED


def keys_of(rows):
    """How many foreign keys of these rows name a row, so that the database looks it up."""
    return sum(
        getattr(row, field.attname) is not None
        for row in rows
        for field in row._meta.concrete_fields
        if field.is_relation and field.db_constraint
    )


@pytest.mark.parametrize("group", ["African Group", "A group that no one knows"])
def test_an_inscription_on_behalf_of_a_group_costs_no_more(meeting, group):
    national = cost_of_inscribing(meeting, "RWA")

    assert len(cost_of_inscribing(meeting, "FRA", capacity="group", group_name=group)) == len(national)


def test_under_the_lock_stands_only_what_the_entry_needs(meeting):
    told = [each["sql"] for each in cost_of_inscribing(meeting, "RWA")]
    locked = told[next(index for index, sql in enumerate(told) if sql.startswith("BEGIN")) + 1 : -1]

    assert told[-1] == "COMMIT"
    assert len(locked) == UNDER_LOCK
    assert not [sql for sql in told for table in MAIL_ONLY if f'FROM "{table}"' in sql]


def test_the_page_of_a_meeting_costs_no_more_once_it_is_held(meeting):
    begins = meeting.starts_at
    with clock.stopped(begins + timedelta(minutes=30)), CaptureQueriesContext(connection) as statements:
        assert Client().get(f"/meetings/{meeting.slug}/").status_code == 200

    assert len(statements) <= 4


@pytest.mark.parametrize("path", ["", "programme/", "programme.json", "speakers/", "speakers.json"])
def test_a_public_page_costs_four_statements_at_most(meeting, path):
    for delegation in Delegation.objects.filter(places__category="member_state")[:5]:
        make_inscription(meeting, delegation, at=clock.now())

    with CaptureQueriesContext(connection) as statements:
        assert Client().get(f"/meetings/{meeting.slug}/{path}").status_code == 200

    assert len(statements) <= 4
