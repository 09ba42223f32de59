"""The forecast of a real meeting's list: its sittings, programme and entries, and the wording for both sides.  R-43"""

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

import clock
from acts.locking import locked
from dialogue.models import Meeting, ProgrammeSlot
from outbox.models import Message
from speakers.entries import calling
from speakers.forecast import advice, list_forecast
from speakers.forecast.plot import POINTS, bent, plot_of
from speakers.order import precedence
from tests.days import make_two_days
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting, written

pytestmark = pytest.mark.django_db


def at(hour, minute=0):
    """A moment of 6 September 2016 in New York."""
    return datetime(2016, 9, 6, hour + 4, minute, tzinfo=UTC)


@pytest.fixture
def meeting():
    """The dialogue as its note has it: floor from 11:00, closing remarks at 17:50."""
    meeting = make_meeting(floor_opens_at=at(11))
    lines = [("opening", 10, 0), ("panel", 10, 30), ("floor", None, None), ("suspension", 13, 0), ("resumption", 15, 0)]
    for position, (kind, hour, minute) in enumerate([*lines, ("closing", 17, 50), ("conclusion", 18, 0)]):
        starts_at = at(hour, minute) if hour else None
        ProgrammeSlot.objects.create(meeting=meeting, position=position, kind=kind, title=kind, starts_at=starts_at)
    return meeting


def fill(meeting, count):
    return [make_inscription(meeting, make_delegation(f"S{number:02d}")) for number in range(count)]


def ahead_of(meeting, moment=OPEN):
    return list_forecast.forecast_list(
        meeting.speakers_list, precedence.speaking_order(meeting.speakers_list), at=moment
    )


def test_the_programme_of_the_note_leaves_290_minutes(meeting):
    ahead = ahead_of(meeting)

    assert ahead.forecast.available == timedelta(minutes=290)
    assert [(each.starts_at, each.ends_at) for each in ahead.stretches] == [(at(11), at(13)), (at(15), at(17, 50))]
    assert ahead.forecast.capacity == 69


def test_where_no_opening_of_the_floor_is_known_the_whole_meeting_is_counted():
    meeting = make_meeting()

    assert ahead_of(meeting).forecast.available == timedelta(hours=6)


def test_a_floor_slot_with_a_time_opens_the_floor():
    meeting = make_meeting()
    ProgrammeSlot.objects.create(meeting=meeting, position=1, kind="floor", title="Floor", starts_at=at(11, 30))

    assert ahead_of(meeting).stretches[0].starts_at == at(11, 30)


@pytest.mark.parametrize("ends_at", [None, at(10, 30)])
def test_a_floor_slot_without_a_time_opens_the_floor_after_the_line_before_it(ends_at):
    """Without an end that line takes no time of its own, and those before it keep theirs."""
    meeting = make_meeting()
    lines = [("opening", at(10), None), ("panel", at(10, 20), ends_at), ("floor", None, None)]
    for position, (kind, starts_at, end) in enumerate(lines):
        facts = {"position": position, "kind": kind, "title": kind}
        ProgrammeSlot.objects.create(meeting=meeting, starts_at=starts_at, ends_at=end, **facts)

    stretches = [(each.starts_at, each.ends_at) for each in ahead_of(meeting).stretches]

    assert stretches == [(ends_at or at(10, 20), at(13)), (at(15), at(18))]


def test_once_the_floor_is_open_the_walk_begins_now_with_those_not_yet_called(meeting):
    first, second = fill(meeting, 2)
    with locked(meeting.speakers_list) as speakers_list:
        calling.call(first, speakers_list, by=STAFF, at=at(11))

    ahead = ahead_of(meeting, at(11, 20))

    assert ahead.turn_in_words(first) == ""
    assert ahead.turn_of(second).at == at(11, 20)


def test_each_capacity_has_its_own_limit(meeting):
    meeting.speakers_list.group_limit, meeting.speakers_list.civil_society_limit = (
        timedelta(minutes=5),
        timedelta(minutes=2),
    )
    meeting.speakers_list.save()
    make_inscription(meeting, make_delegation("EGY"), capacity="group", group_name="Group of Friends")
    make_inscription(meeting, make_delegation("KEN"))
    make_inscription(meeting, make_delegation("NGO", band="civil_society", category="organization"))

    limits = [entry.limit for entry in ahead_of(meeting).forecast.entries]

    assert limits == [timedelta(minutes=5), timedelta(minutes=3), timedelta(minutes=2)]


def test_a_turn_is_shown_with_its_range_in_the_zone_of_the_meeting(meeting):
    entries = fill(meeting, 73)
    ahead = ahead_of(meeting)

    assert ahead.turn_in_words(entries[0]) == "about 11:00 a.m."
    assert ahead.turn_in_words(entries[37]) == "about 3:35 p.m. (3:20–4:00 p.m.)"
    assert ahead.turn_in_words(entries[72]) == "at the end, time permitting"


def test_a_turn_on_a_later_day_is_shown_with_the_day(meeting):
    meeting.sittings.filter(part="afternoon").update(
        starts_at=at(10) + timedelta(days=1), ends_at=at(13) + timedelta(days=1)
    )
    entries = fill(meeting, 40)

    words = ahead_of(meeting).turn_in_words(entries[35])

    assert words == "Wednesday, 7 September 2016, about 10:25 a.m. (10:10–10:50 a.m.)"


def test_the_advice_to_staff_gives_the_figures_of_the_rule(meeting):
    fill(meeting, 73)

    assert advice.sentences(ahead_of(meeting)) == [
        "The time allows 69 of 73 statements: 4 are too many.",
        "All can speak with this limit: 170 seconds. Suggested limit: 165 seconds.",
        "The list is likely to end at about 6:05 p.m., at the latest at 6:55 p.m.; "
        "after 5:50 p.m. it has no time left.",
    ]


def test_the_advice_while_all_fit_and_when_the_time_is_over(meeting):
    assert advice.sentences(ahead_of(meeting)) == ["The time allows 69 statements."]
    fill(meeting, 2)

    assert (
        advice.sentences(ahead_of(meeting))[0] == "The time allows 69 statements: there is time for all 2 on the list."
    )
    assert advice.sentences(ahead_of(meeting, at(18))) == ["No time is left for the list of speakers."]


def test_the_plot_says_the_same_as_its_table(meeting):
    fill(meeting, 73)

    plot = plot_of(ahead_of(meeting))

    assert [(row["from"], row["to"], row["minutes"], row["count"]) for row in plot.rows] == [
        ("11:00 a.m.", "1:00 p.m.", 120, 28),
        ("3:00 p.m.", "5:50 p.m.", 170, 41),
    ]
    assert len(plot.likely.split()) < 8
    assert len(plot.beyond.split()) == 2
    assert [hour["label"] for hour in plot.hours] == [
        *("10 a.m.", "11 a.m.", "12 p.m.", "1 p.m."),
        *("3 p.m.", "4 p.m.", "5 p.m.", "6 p.m."),
    ]


def test_of_a_long_list_the_curves_have_few_points_and_the_same_ends(meeting):
    fill(meeting, 69 + 131)

    plot = plot_of(ahead_of(meeting))

    likely, beyond, corridor = (curve.split() for curve in [plot.likely, plot.beyond, plot.corridor])
    assert len(corridor) < 4 * POINTS
    assert (likely[0], likely[-1]) == (corridor[0], beyond[0])
    assert beyond[-1].endswith(f",{plot.top}")
    assert [point for point in corridor if point.endswith(f",{plot.top}")] != []


def test_a_curve_keeps_the_points_at_which_it_bends():
    road = [(0, 0), (1, 2), (2, 4), (3, 6), (60, 6), (61, 8), (62, 10)]

    assert bent(road) == [(0, 0), (3, 6), (60, 6), (62, 10)]
    assert bent(road[::-1]) == [(62, 10), (60, 6), (3, 6), (0, 0)]
    assert [bent(road[:few]) for few in range(3)] == [[], [(0, 0)], [(0, 0), (1, 2)]]


def test_what_a_curve_leaves_out_is_no_more_than_a_unit_beside_it():
    circle = [(number, round(math.sqrt(200**2 - number**2))) for number in range(201)]

    kept = bent(circle)

    assert len(kept) < len(circle) / 3
    for (left, begin), (right, end) in pairwise(kept):
        between = [(x, y) for x, y in circle if left <= x <= right]
        assert all(abs(begin + (end - begin) * (x - left) / (right - left) - y) <= 1 for x, y in between)


def test_in_arabic_the_hours_of_the_plot_run_from_right_to_left(meeting):
    fill(meeting, 73)
    plain = plot_of(ahead_of(meeting))

    with translation.override("ar"):
        mirrored = plot_of(ahead_of(meeting))

    assert [each["x"] for each in mirrored.hours] == [plain.width - each["x"] for each in plain.hours]
    assert [each["begins_at"] for each in mirrored.stretches] == [
        plain.width - each["begins_at"] for each in plain.stretches
    ]
    assert [each["x"] for each in mirrored.stretches] == [
        plain.width - each["x"] - each["width"] for each in plain.stretches
    ]
    assert mirrored.counts[0]["x1"] > mirrored.counts[0]["x2"]
    assert mirrored.counts[0]["beside"] > mirrored.counts[0]["x1"]
    assert _across(mirrored.likely) == [plain.width - x for x in _across(plain.likely)]


def _across(points):
    return [int(point.split(",")[0]) for point in points.split()]


def test_nothing_is_drawn_of_an_empty_list_or_without_time(meeting):
    assert plot_of(ahead_of(meeting)) is None
    fill(meeting, 1)

    assert plot_of(ahead_of(meeting, at(18))) is None


def test_the_acknowledgement_gives_the_likely_turn_and_that_of_an_unverified_entry_does_not(meeting):
    fill(meeting, 5)
    make_inscription(meeting, make_delegation("KEN"))
    make_inscription(meeting, make_delegation("FRA"), is_verified=False)

    with clock.stopped(OPEN):
        told = {mail.to[0]: written(mail).body for mail in Message.objects.filter(kind="speakers.acknowledgement")}

    assert (
        "Likely time of the turn: about 11:20 a.m. (11:20–11:25 a.m.) (New York time)." in told["ken@missions.example"]
    )
    assert "Likely time" not in told["fra@missions.example"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_forecast_costs_three_statements_at_any_length(meeting, count):
    entry = fill(meeting, count)[0]
    entry.speakers_list = Meeting.objects.get(pk=meeting.pk).speakers_list

    with CaptureQueriesContext(connection) as statements:
        list_forecast.place_and_forecast(entry, at=OPEN)

    assert len(statements) == 3


def test_the_advice_where_a_limit_would_be_very_short_or_none_would_do(meeting):
    fill(meeting, 3)

    short = advice.sentences(ahead_of(meeting, at(17, 50) - timedelta(seconds=40)))
    none = advice.sentences(ahead_of(meeting, at(17, 50) - timedelta(seconds=2)))

    assert short[1] == "All can speak only with this limit: 9 seconds."
    assert none[1] == "No time limit would let all speak: ask for more time, or for written statements."


def test_the_range_of_a_turn_begins_no_earlier_than_its_sitting():
    """The fifth of statements that fill a sitting by fours: a tenth less would bring it into the sitting before."""
    meeting = make_two_days()
    fill(meeting, 5)
    places = precedence.speaking_order(meeting.speakers_list)
    ahead = list_forecast.forecast_list(meeting.speakers_list, places, at=OPEN)
    fifth = ahead.turn_of(places[4].inscription)

    assert fifth.earliest == meeting.hours[1].starts_at <= fifth.at < fifth.latest
    assert ahead.forecast.begun[4] * 0.9 < ahead.sittings[0].ends_at - ahead.sittings[0].starts_at
