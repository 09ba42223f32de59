"""A meeting of several days: wherever an hour is shown, its day is named.  R-64"""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation
from icalendar import Calendar

from dialogue import moments, versions
from tests.days import (
    FIRST,
    HOUR,
    SECOND,
    local,
    make_longest_night,
    make_night,
    make_programme,
    make_sittings,
    make_two_days,
    words_of,
)
from tests.factories import make_meeting

pytestmark = pytest.mark.django_db
PAGE = "/meetings/dialogue/"


@pytest.mark.parametrize(
    ("make", "has_several_days"), [(make_meeting, False), (make_two_days, True), (make_night, True)]
)
def test_a_meeting_has_several_days_if_only_over_midnight(make, has_several_days):
    assert make().has_several_days is has_several_days


def test_a_sitting_that_ends_at_midnight_belongs_to_its_day():
    assert not make_sittings(("evening", FIRST + 20 * HOUR, SECOND)).has_several_days


def test_the_day_is_named_unless_it_is_that_of_the_moment_beside_it():
    meeting = make_two_days()
    at, later = local(FIRST + 15 * HOUR), local(SECOND + 10 * HOUR)

    assert moments.clock_in_words(at, meeting) == "Tuesday, 6 September, 3:00 p.m."
    assert moments.clock_in_words(at, meeting, at - HOUR) == "3:00 p.m."
    assert moments.clock_in_words(later, meeting, at) == "Wednesday, 7 September, 10:00 a.m."


def test_a_meeting_of_one_day_names_no_day_beside_an_hour():
    meeting = make_meeting()

    assert moments.clock_in_words(meeting.starts_at, meeting) == "10:00 a.m."
    assert moments.span_in_words(meeting.starts_at, meeting.ends_at, meeting) == "10:00 a.m.–6:00 p.m."
    assert moments.days_in_words(meeting) == "Tuesday, 6 September 2016"
    assert [str(each) for each in meeting.hours] == ["morning", "afternoon"]
    assert moments.by_day(meeting.hours, meeting) == [("", meeting.hours)]


def test_a_range_over_midnight_names_both_days():
    meeting = make_night()

    words = moments.span_in_words(local(FIRST + 23 * HOUR), local(SECOND + HOUR), meeting)

    assert words == "Tuesday, 6 September, 11:00 p.m. – Wednesday, 7 September, 1:00 a.m."


def test_a_range_of_one_day_names_it_once():
    meeting = make_two_days()

    words = moments.span_in_words(local(SECOND + 10 * HOUR), local(SECOND + 11 * HOUR), meeting)

    assert words == "Wednesday, 7 September, 10:00–11:00 a.m."


def test_over_the_turn_of_the_year_days_have_their_year():
    eve = datetime.fromisoformat("2016-12-31")
    meeting = make_sittings(("evening", eve + 20 * HOUR, eve + 26 * HOUR))

    assert moments.days_in_words(meeting) == "Saturday, 31 December 2016 – Sunday, 1 January 2017"
    assert moments.clock_in_words(meeting.starts_at, meeting) == "Saturday, 31 December 2016, 8:00 p.m."


def test_an_hour_that_comes_twice_is_told_apart():
    meeting = make_longest_night()
    earlier = datetime(2016, 11, 6, 5, 30, tzinfo=UTC)

    assert [moments.time_in_words(at, meeting) for at in (earlier, earlier + HOUR, earlier + 2 * HOUR)] == [
        "1:30 a.m. EDT",
        "1:30 a.m. EST",
        "2:30 a.m.",
    ]
    assert moments.range_in_words(earlier, earlier + HOUR, meeting) == "1:30 a.m. EDT–1:30 a.m. EST"


def test_days_are_named_in_the_language_of_the_reader():
    meeting = make_two_days()

    with translation.override("fr"):
        assert moments.clock_in_words(meeting.starts_at, meeting).startswith(
            "mardi 6 septembre, 10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00"
        )


def test_sittings_are_named_by_day_and_part():
    assert [str(each) for each in make_two_days().hours] == [
        "1st sitting, Tuesday morning",
        "2nd sitting, Tuesday afternoon",
        "3rd sitting, Wednesday morning",
        "4th sitting, Wednesday afternoon",
    ]


def names(meeting):
    return [str(each) for each in meeting.hours]


def test_a_meeting_of_one_day_needs_no_number_for_its_two_sittings():
    one = [("morning", FIRST + 10 * HOUR, FIRST + 13 * HOUR), ("afternoon", FIRST + 15 * HOUR, FIRST + 18 * HOUR)]

    assert names(make_sittings(*one)) == ["morning", "afternoon"]


def test_three_sittings_of_one_day_are_numbered():
    hours = [("morning", 10), ("afternoon", 15), ("evening", 19)]
    meeting = make_sittings(*[(part, FIRST + hour * HOUR, FIRST + (hour + 3) * HOUR) for part, hour in hours])

    assert names(meeting) == ["1st sitting, morning", "2nd sitting, afternoon", "3rd sitting, evening"]


def test_where_a_weekday_comes_twice_its_date_stands_beside_it():
    week = timedelta(weeks=1)
    meeting = make_sittings(*[("morning", FIRST + n * week + 10 * HOUR, FIRST + n * week + 13 * HOUR) for n in (0, 1)])

    assert names(meeting) == [
        "1st sitting, Tuesday, 6 September, morning",
        "2nd sitting, Tuesday, 13 September, morning",
    ]


def test_a_sitting_over_midnight_is_of_the_day_on_which_it_starts():
    assert names(make_night()) == ["Tuesday evening"]


def test_what_has_no_time_stays_with_what_comes_before_it_on_its_day():
    meeting = make_two_days()
    times = [None, local(FIRST + 10 * HOUR), None, local(SECOND + 10 * HOUR), None]
    lines = [SimpleNamespace(starts_at=at) for at in times]

    days = moments.by_day(lines, meeting)

    assert [(day, len(found)) for day, found in days] == [
        ("Tuesday, 6 September 2016", 3),
        ("Wednesday, 7 September 2016", 2),
    ]


def test_the_meeting_page_has_the_hours_under_their_days(client):
    make_two_days()

    words = words_of(client.get(PAGE))

    assert "Date Tuesday, 6 September – Wednesday, 7 September 2016" in words
    assert (
        "Hours (New York time) Tuesday, 6 September 2016 "
        "10:00 a.m.–1:00 p.m. 1st sitting, Tuesday morning 3:00 p.m.–6:00 p.m. 2nd sitting, Tuesday afternoon "
        "Wednesday, 7 September 2016 "
        "10:00 a.m.–1:00 p.m. 3rd sitting, Wednesday morning 3:00 p.m.–6:00 p.m. 4th sitting, Wednesday afternoon"
    ) in words


def test_the_meeting_page_names_the_day_on_which_a_night_ends(client):
    make_night()

    assert "Tuesday, 6 September 2016 8:00 p.m. – Wednesday, 7 September, 2:00 a.m." in words_of(client.get(PAGE))


def test_the_front_page_names_the_first_day_and_the_last(client):
    make_two_days()

    assert "Tuesday, 6 September – Wednesday, 7 September 2016" in words_of(client.get("/"))


@pytest.fixture
def of_two_days():
    """The meeting of two days with its programme, of which the closing is on the second."""
    meeting = make_two_days()
    make_programme(
        meeting,
        ("floor", "The floor opens", FIRST + 10 * HOUR),
        ("suspension", "Adjourned", FIRST + 18 * HOUR),
        ("heading", "Second day", None),
        ("resumption", "Resumed", SECOND + 10 * HOUR),
        ("closing", "Closing remarks", SECOND + 17 * HOUR),
    )
    return meeting


def test_the_programme_has_each_line_under_its_day(client, of_two_days):
    words = words_of(client.get(f"{PAGE}programme/")).split("All times are New York time.")[1]

    assert words.strip() == (
        "Tuesday, 6 September 2016 10:00 a.m. The floor opens 6:00 p.m. Adjourned Second day "
        "Wednesday, 7 September 2016 10:00 a.m. Resumed 5:00 p.m. Closing remarks"
    )


def test_a_line_after_midnight_stands_under_the_new_day(client):
    meeting = make_night()
    make_programme(meeting, ("floor", "Floor", FIRST + 20 * HOUR), ("closing", "Closing remarks", SECOND + HOUR))

    assert "Wednesday, 7 September 2016 1:00 a.m. Closing remarks" in words_of(client.get(f"{PAGE}programme/"))


def test_the_calendar_names_the_day_of_each_sitting_and_of_each_line(client, of_two_days):
    events = Calendar.from_ical(client.get(f"{PAGE}programme.ics").content).walk("VEVENT")

    assert [str(event["summary"]).partition(": ")[2] for event in events] == [
        "1st sitting, Tuesday morning",
        "2nd sitting, Tuesday afternoon",
        "3rd sitting, Wednesday morning",
        "4th sitting, Wednesday afternoon",
    ]
    assert str(events[3]["description"]) == "Wednesday, 7 September, 5:00 p.m.: Closing remarks"


def test_programs_read_each_moment_with_its_date(client, of_two_days):
    programme = client.get(f"{PAGE}programme.json").json()

    assert [each["starts_at"][:13] for each in programme["sittings"]] == [
        "2016-09-06T10",
        "2016-09-06T15",
        "2016-09-07T10",
        "2016-09-07T15",
    ]
    assert programme["slots"][-1]["starts_at"] == "2016-09-07T17:00:00-04:00"


def test_what_is_new_in_a_programme_names_the_days(of_two_days):
    old = versions.draft_of(of_two_days)
    slot = of_two_days.slots.get(kind="closing")
    slot.starts_at -= timedelta(days=1)
    slot.save()

    assert versions.difference(old, versions.draft_of(of_two_days), of_two_days) == [
        "Closing remarks: now Tuesday, 6 September, 5:00 p.m., no longer Wednesday, 7 September, 5:00 p.m. "
        "(New York time)."
    ]
    slot.delete()
    assert versions.difference(old, versions.draft_of(of_two_days), of_two_days) == [
        "Left out: Wednesday, 7 September, 5:00 p.m.: Closing remarks."
    ]
