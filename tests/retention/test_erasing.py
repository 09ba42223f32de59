"""No personal data are left anywhere once due: no table, no file. Counts stay, and the chain is intact.  R-57"""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from journal import chain
from journal.models import Entry
from outbox.delivery import sweeping
from registration.admin.counts import Counts
from registration.decisions import deciding
from registration.models import Representative, TicketRequest
from secretariat import erasing
from speakers.models import FocalPoint
from tests.factories import OPEN, make_delegation, make_focal_point, make_meeting
from tests.registration.factories import make_organization
from tests.registration.typing import PATH, typed
from tests.retention import scene
from tests.retention.digging import everything, found
from tests.retention.scene import MARK, PUBLIC

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
# If this place is left out, its data are erased with the others, sixty days later.
DECLINED = "declined and unconfirmed representatives and requests"


def erase(at):
    with clock.stopped(at):
        return erasing.erase_what_is_due(at=at)


def counts(meeting):
    states = list(Representative.objects.order_by("pk").values_list("state", "gender", "theme", "selection"))
    return states, Counts.of(meeting.ticketing).tables


def test_after_its_time_no_planted_name_is_left_in_any_table_or_file(meeting):
    before = counts(meeting)
    assert len(found(MARK)) > 100

    erase(meeting.personal_data_due_at)

    assert found(MARK) == []
    assert counts(meeting) == before
    assert [chain.problems(stream) for stream in chain.streams()] == [[]] * len(chain.streams())


def test_what_was_public_stays(meeting):
    erase(meeting.personal_data_due_at)

    assert {line.partition(":")[0].rpartition("/")[2] for line in found(PUBLIC)} >= {"speakers_inscription"}
    assert [line.partition(":")[0] for line in found("word/document.xml")] == ["floor_statementfile"]
    assert any("heard in the room" in line for line in everything())


def test_a_second_before_its_time_nothing_of_the_meeting_is_erased(meeting):
    declined_due = meeting.ends_at + timedelta(days=meeting.declined_data_days)
    before = {left.name: left.number for left in erasing.report(at=declined_due - SECOND) if left.meeting}

    erase(declined_due - SECOND)

    after = {left.name: left.number for left in erasing.report(at=declined_due - SECOND) if left.meeting}
    assert after == before


EVERYWHERE = [place for place in [*erasing.places(), *erasing.standing()] if place.name != DECLINED]


@pytest.mark.parametrize("left_out", EVERYWHERE, ids=lambda place: str(place.name))
def test_with_one_place_left_out_the_digging_finds_what_it_holds(meeting, left_out, monkeypatch):
    meetings, others = erasing.places(), erasing.standing()
    monkeypatch.setattr(erasing, "places", lambda: [each for each in meetings if each.name != left_out.name])
    monkeypatch.setattr(erasing, "standing", lambda: [each for each in others if each.name != left_out.name])

    erase(meeting.personal_data_due_at)

    assert found(MARK) != []


def test_only_the_declined_are_erased_after_thirty_days(meeting):
    at = meeting.ends_at + timedelta(days=meeting.declined_data_days)

    erase(at)

    assert found(f"bob@{MARK}") == []
    assert found(f"{MARK} bob") == []
    assert found(f"{MARK} ada")
    assert found(f"focal@{MARK}")


def test_a_request_that_was_declined_as_a_whole_goes_with_its_focal_point(meeting):
    names = {"organization": "Another", "contact_name": f"Sole {MARK}", "contact_email": f"sole@{MARK}.example"}
    with clock.stopped(OPEN):
        client = Client()
        client.post(PATH, typed(scene.person("eve"), **names), REMOTE_ADDR="192.0.2.78")
        request, eve = TicketRequest.objects.latest("pk"), Representative.objects.latest("pk")
        scene.confirm(client, f"sole@{MARK}.example", request, "confirm-request")
        scene.confirm(client, eve.email, eve, "confirm")
        deciding.decline(eve, words="The room is too small.", **scene.NOW)
        sweeping.drain()
    named = [f"sole@{MARK}", f"sole {MARK}", f"eve@{MARK}", f"eve {MARK}"]
    assert all(found(name) for name in named)

    erase(meeting.ends_at + timedelta(days=meeting.declined_data_days))

    assert [found(name) for name in named] == [[]] * 4
    assert Representative.objects.get(pk=eve.pk).state == "declined"


def test_ten_thousand_unconfirmed_requests_are_erased_in_few_statements(meeting):
    facts = {"organization": make_organization("Flood"), "contact_name": MARK, "contact_email": f"flood@{MARK}.example"}
    TicketRequest.objects.bulk_create(
        TicketRequest(meeting=meeting, idempotency_key=f"{number}", arrived_at=OPEN, ended_at=OPEN, **facts)
        for number in range(10_000)
    )
    requests = TicketRequest.objects.filter(organization__name="Flood")
    Representative.objects.bulk_create(
        Representative(request=request, meeting=meeting, last_name=f"Flood {MARK}", state="expired", state_since=OPEN)
        for request in requests
    )

    with CaptureQueriesContext(connection) as statements:
        erase(meeting.ends_at + timedelta(days=meeting.declined_data_days))

    table = connection.ops.quote_name(Representative._meta.db_table)
    updates = [each["sql"] for each in statements if each["sql"].startswith(f"UPDATE {table}")]
    assert len(statements) < 200
    assert updates
    assert not any(f"FROM {table}" in sql for sql in updates), "joined with itself, it is read 10,000 × 10,000 times"
    assert found(f"flood {MARK}") == found(f"flood@{MARK}") == []


def test_erasing_again_does_nothing_and_says_nothing_more(meeting):
    at = meeting.personal_data_due_at
    erase(at)
    entries = Entry.objects.count()

    assert erase(at + timedelta(days=1)) == 0
    assert Entry.objects.count() == entries


def test_focal_points_put_on_record_after_the_last_meeting_wait_for_the_next(meeting):
    with clock.stopped(meeting.ends_at):
        make_focal_point(make_delegation("NEW"))

    erase(meeting.personal_data_due_at)

    assert [str(point.delegation) for point in FocalPoint.objects.all()] == ["New"]


def test_focal_points_stay_while_a_meeting_lies_ahead(meeting):
    later = meeting.starts_at + timedelta(days=300)
    make_meeting("next", starts_at=later, ends_at=later + timedelta(hours=8))

    erase(meeting.personal_data_due_at)

    assert FocalPoint.objects.exists()


def test_the_journal_says_what_was_erased_in_numbers(meeting):
    erase(meeting.personal_data_due_at)

    entry = Entry.objects.get(act="personal data erased")
    assert entry.payload.after["representatives"] == 4
    assert entry.actor_role == "system"


def test_a_dry_run_says_how_much_is_left_where_and_until_when_names_no_one_and_changes_nothing(meeting, capsys):
    before = everything()
    with clock.stopped(meeting.ends_at + timedelta(days=31)):
        call_command("erase_personal_data", "--dry-run")

    words = capsys.readouterr().out
    assert "5  representatives: Monday, 5 December 2016, 5:00 p.m. (New York time)" in words
    assert "declined and unconfirmed representatives and requests: Thursday, 6 October 2016" in words
    assert "DUE" in words
    assert MARK not in words
    assert everything() == before


def test_after_all_is_erased_the_dry_run_says_that_nothing_is_left(meeting, capsys):
    at = meeting.personal_data_due_at
    with clock.stopped(at):
        call_command("erase_personal_data")
        call_command("erase_personal_data", "--dry-run")

    assert "No personal data are left." in capsys.readouterr().out
