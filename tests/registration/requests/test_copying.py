"""The terms of tickets come along with a copy of their meeting; requests do not.  R-50 R-53"""

from datetime import UTC, date, datetime, timedelta

import pytest

from registration.models import Holiday, Representative, Ticketing
from speakers import loading
from tests.factories import STAFF, make_meeting
from tests.registration.factories import make_representative, make_ticketing

pytestmark = pytest.mark.django_db
AT = datetime(2016, 8, 1, 14, 0, tzinfo=UTC)
OWN = {"id", "meeting_id", "last_turn"}


def copied(meeting, starts_on=date(2017, 9, 5), **options):
    new = loading.New(title={"en": "The next one"}, slug="copy", starts_on=starts_on)
    return loading.copy(meeting, new, **{"by": STAFF, "at": AT} | options)


def terms_of(meeting):
    stored = Ticketing.objects.filter(meeting=meeting).values().get()
    return {name: value for name, value in stored.items() if name not in OWN}


def test_every_term_comes_along_with_its_moments_moved():
    meeting = make_meeting()
    make_ticketing(
        meeting,
        are_deadlines_ours=False,
        capacity=7,
        per_organization=3,
        offers_by_itself=False,
        hand_over_place={"en": "Gate"},
    )
    make_representative(meeting, "waitlisted")

    copy = copied(meeting, meeting.starts_on + timedelta(weeks=52))

    before = terms_of(meeting)
    moved = {
        key: value + timedelta(weeks=52) if isinstance(value, datetime) else value for key, value in before.items()
    }
    assert terms_of(copy) == moved
    assert not Representative.objects.filter(meeting=copy).exists()


def test_deadlines_of_our_own_follow_the_working_days_before_the_new_day():
    meeting = make_meeting()
    make_ticketing(meeting, are_deadlines_ours=True)
    Holiday.objects.create(on=date(2017, 9, 4), name="Labor Day")

    with pytest.raises(loading.CopyRefused) as asked:
        copied(meeting, seen="")
    copy = copied(meeting)

    terms = Ticketing.objects.get(meeting=copy)
    assert terms.closes_at.astimezone(copy.zone).isoformat() == "2017-08-31T17:00:00-04:00"
    assert terms.are_deadlines_ours
    assert (
        "Requests without a grounds pass close: Thursday, 31 August 2017, 5:00 p.m. (New York time)"
        in asked.value.details
    )


def test_a_deadline_on_a_holiday_is_shown_as_one():
    meeting = make_meeting()
    Holiday.objects.create(on=date(2017, 8, 31), name="A day off")

    with pytest.raises(loading.CopyRefused) as asked:
        copied(meeting, seen="")

    assert "Inscription closes: Thursday, 31 August 2017, 1:00 p.m. (New York time) – A day off" in asked.value.details


def test_a_meeting_that_is_not_open_to_requests_has_a_copy_that_is_not():
    assert not Ticketing.objects.filter(meeting=copied(make_meeting())).exists()
