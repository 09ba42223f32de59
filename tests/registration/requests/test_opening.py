"""The terms of tickets: seats, default deadlines if the invitation gives none, working days.  R-53 R-52"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from journal.models import Entry
from registration import working_days
from registration.models import Holiday, Ticketing
from registration.requests import opening
from tests.factories import OPEN, STAFF, make_meeting
from tests.registration.factories import CLOSES, PASS_CLOSES, make_ticketing

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_the_deadlines_of_this_dialogue_are_thursday_17_00_and_one_hour_before():
    Holiday.objects.create(on=date(2016, 9, 5), name="Labor Day")

    assert opening.default_deadlines(make_meeting()) == (CLOSES, PASS_CLOSES)


def test_without_the_holiday_on_record_the_deadline_would_be_a_day_later():
    assert opening.default_deadlines(make_meeting())[0] == CLOSES + timedelta(days=1)


def test_working_days_leave_out_weekends_and_holidays():
    Holiday.objects.create(on=date(2016, 9, 2), name="A holiday")

    assert working_days.days_before(date(2016, 9, 6), 1) == date(2016, 9, 5)
    assert working_days.days_before(date(2016, 9, 6), 2) == date(2016, 9, 1)
    assert working_days.days_before(date(2016, 9, 3), 1) == date(2016, 9, 1)


def test_opening_marks_the_deadlines_as_ours_and_is_journalled():
    ticketing = opening.open_ticketing(make_meeting(), by=STAFF, at=OPEN)

    entry = Entry.objects.get(stream="meeting/dialogue")
    assert ticketing.are_deadlines_ours
    assert (ticketing.capacity, ticketing.per_organization) == (40, 2)
    assert (entry.act, entry.subject) == ("tickets opened", "tickets")


def test_opening_again_changes_nothing():
    ticketing = make_ticketing(capacity=7)

    again = opening.open_ticketing(ticketing.meeting, by=STAFF, at=OPEN, capacity=8)

    assert (again.pk, again.capacity) == (ticketing.pk, 7)
    assert Entry.objects.count() == 1


def test_each_deadline_is_half_open_and_goes_by_the_pass():
    ticketing = make_ticketing()

    assert ticketing.accepts(CLOSES - SECOND, has_grounds_pass=False)
    assert not ticketing.accepts(CLOSES, has_grounds_pass=False)
    assert ticketing.accepts(CLOSES, has_grounds_pass=True)
    assert not ticketing.accepts(PASS_CLOSES, has_grounds_pass=True)
    assert not ticketing.accepts(ticketing.opens_at - SECOND)


def test_the_command_opens_every_meeting_once_and_knows_the_holidays(capsys):
    make_meeting()
    make_meeting(
        slug="another",
        starts_at=datetime(2016, 11, 28, 15, 0, tzinfo=UTC),
        ends_at=datetime(2016, 11, 28, 23, 0, tzinfo=UTC),
    )

    call_command("open_ticketing")
    call_command("open_ticketing")

    assert list(Ticketing.objects.order_by("closes_at").values_list("closes_at", flat=True)) == [
        CLOSES,
        datetime(2016, 11, 23, 22, 0, tzinfo=UTC),
    ]
    assert capsys.readouterr().out.count("is open to requests for tickets") == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"opens_at": CLOSES},
        {"pass_closes_at": CLOSES - SECOND},
        {"per_organization": 0},
        {"answer_within": timedelta(0)},
    ],
)
def test_the_database_itself_refuses_terms_that_cannot_be(changes):
    ticketing = make_ticketing()

    with pytest.raises(IntegrityError), transaction.atomic():
        Ticketing.objects.filter(pk=ticketing.pk).update(**changes)
