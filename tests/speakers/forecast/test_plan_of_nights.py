"""The plan of sittings into the night, over midnight, and over the change of summer time.  R-64"""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

import clock
from speakers.forecast import calendar, list_forecast
from speakers.moves import fixing
from speakers.order import precedence
from speakers.publishing import division, documents
from speakers.publishing.exports import as_text
from tests.days import FIRST, HOUR, SECOND, fill, make_sittings
from tests.factories import OPEN, STAFF

pytestmark = pytest.mark.django_db
HALF = {"national_limit": timedelta(minutes=30)}


@pytest.fixture(autouse=True)
def _clock():
    with clock.stopped(OPEN):
        yield


@pytest.fixture
def night():
    """An evening that ends at two in the morning, then a morning: time for eight, and for four."""
    evening = ("evening", FIRST + 20 * HOUR, SECOND + 2 * HOUR)
    meeting = make_sittings(evening, ("morning", SECOND + 10 * HOUR, SECOND + 13 * HOUR), **HALF)
    fill(meeting, 10)
    return meeting


@pytest.fixture
def longest_night():
    """From eleven on Saturday to three on Sunday, when the clocks are put back: five hours. Then a morning."""
    saturday, sunday = (datetime.fromisoformat(each) for each in ("2016-11-05", "2016-11-06"))
    evening = ("evening", saturday + 23 * HOUR, sunday + 3 * HOUR)
    meeting = make_sittings(evening, ("morning", sunday + 10 * HOUR, sunday + 13 * HOUR), **HALF)
    fill(meeting, 10)
    return meeting


def ahead_of(meeting):
    return list_forecast.forecast_list(meeting.speakers_list, precedence.speaking_order(meeting.speakers_list), at=OPEN)


def counts(meeting):
    places = precedence.speaking_order(meeting.speakers_list)
    return [len(held) for _sitting, held in list_forecast.by_sitting(places, ahead_of(meeting))]


def fix_last(meeting, number):
    entry = meeting.speakers_list.inscriptions.get(receipt_no=10)
    fixing.fix(entry, sitting=meeting.hours[number - 1], reason="Leaves at dawn", by=STAFF, at=OPEN)
    return meeting.speakers_list.inscriptions.get(receipt_no=10)


def test_who_speaks_after_midnight_is_of_the_sitting_that_began_in_the_evening(night):
    assert counts(night) == [8, 2]
    assert [str(each) for each in night.hours] == ["1st sitting, Tuesday evening", "2nd sitting, Wednesday morning"]


def test_an_entry_fixed_to_a_night_speaks_before_it_ends(night):
    entry = fix_last(night, 1)

    turn = ahead_of(night).turn_of(entry)

    assert list_forecast.turn_in_words(turn, night).startswith("Wednesday, 7 September, about 12:55 a.m.")
    assert counts(night) == [8, 2]


def test_the_paper_of_a_night_names_both_its_days(night):
    text = as_text.write(documents.live(night.speakers_list, at=OPEN), night.speakers_list).decode()

    assert "1ST SITTING, TUESDAY EVENING\n" in text
    assert "Tuesday, 6 September, 8:00 p.m. – Wednesday, 7 September, 2:00 a.m." in " ".join(text.split())


def test_the_turn_in_a_calendar_lies_in_the_sitting_it_is_fixed_to(night):
    entry = fix_last(night, 1)
    [event] = Calendar.from_ical(calendar.of_place(entry)).walk("VEVENT")

    assert night.hours[0].starts_at < event["dtstart"].dt < night.hours[0].ends_at


def test_the_hour_that_comes_twice_is_counted_twice(longest_night):
    """Five hours hold seven slots of 42 minutes, and an eighth that begins before the sitting ends."""
    assert counts(longest_night) == [7, 3]
    assert ahead_of(longest_night).stretches[0].length == 5 * HOUR


def test_a_night_over_the_change_of_summer_time_is_divided_and_its_moments_are_frozen_with_their_offsets(longest_night):
    document = documents.live(longest_night.speakers_list, at=OPEN)

    evening, morning = document["sittings"]
    assert (evening["starts_at"][-6:], evening["ends_at"][-6:]) == ("-04:00", "-05:00")
    assert [part.name for part in division.parts_of(document, longest_night)] == [
        "1st sitting, Saturday evening",
        "2nd sitting, Sunday morning",
    ]
    assert morning["starts_at"] == "2016-11-06T10:00:00-05:00"


def test_a_turn_in_the_hour_that_comes_twice_is_told_apart(longest_night):
    """The fifth slot of 42 minutes begins 168 minutes after eleven: at 1:48 for the first time."""
    turns = ahead_of(longest_night).forecast.turns

    assert turns[4].at == datetime(2016, 11, 6, 5, 48, tzinfo=UTC)
    assert "about 1:50 a.m. EDT" in list_forecast.turn_in_words(turns[4], longest_night)
