"""How many SQL statements an inscription costs, by the real clock, transactions and the clock counted.  R-03"""

import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from dialogue.models import MailText
from journal.actors import SYSTEM
from outbox.models import Message
from speakers.delegations import access, loading
from speakers.entries import opening
from speakers.loading import load
from speakers.models import Delegation, Inscription
from tests.factories import make_focal_point, make_inscription

pytestmark = pytest.mark.django_db(transaction=True)
AT_MOST = 20
# The lock itself, what is found under it, the number, four of the journal, the entry, the order, both mails.
UNDER_LOCK = 10
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


def cost_of_inscribing(meeting, code):
    """The statements of one POST by a focal point of the delegation `code`."""
    point = make_focal_point(Delegation.objects.get(code=code), f"{code.lower()}@missions.example")
    client = Client()
    session = client.session
    session[access.ADDRESS] = point.normalised_email
    session.save()
    with CaptureQueriesContext(connection) as statements:
        answer = client.post(f"/meetings/{meeting.slug}/speakers/inscribe/", {**TYPED, "key": str(uuid.uuid4())})
    assert answer.status_code == 302
    assert Inscription.objects.filter(speakers_list__meeting=meeting, delegation__code=code).exists()
    return statements


def test_an_inscription_costs_twenty_statements_at_most_however_long_the_list(meeting):
    first = cost_of_inscribing(meeting, "RWA")
    for delegation in Delegation.objects.filter(places__category="member_state").exclude(code__in=["RWA", "FRA"])[:30]:
        make_inscription(meeting, delegation, at=clock.now())

    assert len(cost_of_inscribing(meeting, "FRA")) == len(first) <= AT_MOST


def test_no_one_waits_under_the_lock_for_what_can_be_read_before(meeting):
    told = [each["sql"] for each in cost_of_inscribing(meeting, "RWA")]
    locked = told[next(index for index, sql in enumerate(told) if sql.startswith("BEGIN")) + 1 : -1]

    assert told[-1] == "COMMIT"
    assert len(locked) == UNDER_LOCK
    for table in ["programmeslot", "contact", "mailtext", "sitting"]:
        asked = [sql for sql in told if f'FROM "dialogue_{table}"' in sql]
        assert not set(asked) & set(locked), table
        assert asked or table == "sitting"


def test_an_inscription_costs_no_more_if_the_secretariat_wrote_its_own_acknowledgement(meeting):
    own = {"subject": "Inscribed", "body": "{recorded} {place} {how_to_change}"}
    MailText.objects.create(meeting=meeting, kind="speakers.acknowledgement", **own)

    assert len(cost_of_inscribing(meeting, "RWA")) <= AT_MOST
    assert Message.objects.get(kind="speakers.acknowledgement").subject == "Inscribed"


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
