"""Noting who was expected and did not come.  R-48"""

from datetime import timedelta

import pytest

from journal.models import Entry
from registration import due
from registration.door import no_shows, scanning
from registration.door.attendance import Attendance
from registration.models import Representative
from tests.factories import OPEN, STAFF
from tests.registration.factories import make_representative, make_ticketing

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting():
    return make_ticketing().meeting


def scan(meeting, person, at):
    attempt = scanning.Attempt(f"n{person.pk}", person.vouchers.get().code)
    return scanning.scan(meeting, attempt, by=STAFF, at=at)


def states():
    return list(Representative.objects.order_by("pk").values_list("state", flat=True))


def test_an_hour_after_the_end_those_who_did_not_come_are_noted_once_and_journalled(meeting):
    came = make_representative(meeting, "approved")
    for state in ["approved", "on_manifest", "declined"]:
        make_representative(meeting, state)
    scan(meeting, came, OPEN)

    before = due.carry_on(at=meeting.ends_at + HOUR - timedelta(seconds=1))
    noted = [due.carry_on(at=meeting.ends_at + HOUR) for _ in range(2)]

    assert (before, noted) == (0, [2, 0])
    assert states() == ["handed_over", "no_show", "no_show", "declined"]
    assert Entry.objects.filter(act="did not come").count() == 2
    assert Attendance.of(meeting) == Attendance(expected=3, arrived=1, inside=1)


def test_if_the_desk_was_not_used_no_absence_is_noted(meeting):
    make_representative(meeting, "approved")

    assert due.carry_on(at=meeting.ends_at + HOUR) == 0
    assert states() == ["approved"]


def test_a_later_scan_still_records_that_the_person_came(meeting):
    came, late = make_representative(meeting, "approved"), make_representative(meeting, "approved")
    scan(meeting, came, OPEN)
    due.carry_on(at=meeting.ends_at + HOUR)

    scanned = scan(meeting, late, meeting.ends_at + 2 * HOUR)

    assert str(scanned.verdict) == "green"
    assert states() == ["handed_over", "handed_over"]


def test_before_it_is_late_enough_no_one_is_noted_even_if_asked_under_the_lock(meeting):
    came, _absent = make_representative(meeting, "approved"), make_representative(meeting, "approved")
    scan(meeting, came, OPEN)

    noted = no_shows.note(meeting.ticketing, at=meeting.ends_at + HOUR - timedelta(seconds=1))

    assert (noted, states()) == (0, ["handed_over", "approved"])
