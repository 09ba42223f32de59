"""The room of a meeting of several days: wherever an hour is shown, its day is named.  R-64"""

from datetime import timedelta

import pytest

import clock
from dialogue.models import Meeting
from floor import standings, state
from floor.acts import calling
from floor.forecast import live_advice, live_forecast, own_turns
from floor.record import record, tables
from speakers.forecast import list_forecast
from speakers.models import SpeakersList
from speakers.order import precedence
from tests.days import (
    FIRST,
    HOUR,
    SECOND,
    fill,
    local,
    make_night,
    make_two_days,
    words_of,
)
from tests.factories import make_delegation, make_inscription, make_panel
from tests.floor.room import press

pytestmark = pytest.mark.django_db
PAGE = "/meetings/dialogue/"


def test_the_screens_say_on_which_day_the_sitting_ends_and_the_console_says_its_day():
    meeting = make_two_days()
    fill(meeting, 3)

    held = state.state_of(meeting, local(FIRST + 20 * HOUR))["sitting"]

    assert (held["part"], held["ends_in_words"]) == (
        "3rd sitting, Wednesday morning",
        "Wednesday, 7 September, 1:00 p.m.",
    )


def test_the_console_says_until_when_with_the_day_once(officer):
    meeting = make_two_days()
    fill(meeting, 9)

    with clock.stopped(local(FIRST + 10 * HOUR)):
        words = words_of(officer.get(f"{PAGE}floor/"))

    assert "Sitting 1st sitting, Tuesday morning, until 1:00 p.m." in words
    assert "Wednesday, 7 September, about 10:" in words


def test_the_console_of_a_night_names_the_day_on_which_it_ends(officer):
    fill(make_night(), 1)

    with clock.stopped(local(FIRST + 23 * HOUR)):
        words = words_of(officer.get(f"{PAGE}floor/"))

    assert "Tuesday evening, until Wednesday, 7 September, 2:00 a.m." in words


def test_the_progress_has_its_sittings_by_day(officer):
    fill(make_two_days(), 9)

    with clock.stopped(local(SECOND + 9 * HOUR)):
        words = words_of(officer.get(f"{PAGE}floor/forecast/"))

    assert "As at Wednesday, 7 September, 9:00 a.m., New York time." in words
    assert "3rd sitting, Wednesday morning 1:00 p.m." in words


def test_shortly_before_a_sitting_ends_the_advice_names_its_day():
    meeting = make_two_days()
    fill(meeting, 3)
    at = local(SECOND + 13 * HOUR) - timedelta(minutes=3)
    floor = standings.read(meeting)

    lines = live_advice.of(floor, live_forecast.of(floor, at), at).lines

    assert lines[0].startswith("The sitting ends at Wednesday, 7 September, 1:00 p.m.:")


def test_the_record_names_the_day_of_each_statement_and_its_sitting():
    meeting = make_night()
    fill(meeting, 1)
    begin = local(SECOND) - timedelta(minutes=5)
    press(meeting, calling.call, begin)
    press(meeting, calling.begin, begin)
    press(meeting, calling.end, begin + timedelta(minutes=10))

    row = tables.statements(record.of(meeting, at=begin + HOUR), meeting).rows[0]

    assert row["sitting"] == "Tuesday evening"
    assert row["began"] == "Tuesday, 6 September, 11:55:00 p.m."
    assert row["ended"] == "Wednesday, 7 September, 12:05:00 a.m."


def test_a_list_that_the_room_does_not_hear_waits_for_the_opening_of_its_floor():
    meeting = make_two_days()
    own = [each.pk for each in meeting.hours]
    SpeakersList.objects.update(heard_in=own[2:])
    Meeting.objects.update(floor_opens_at=local(SECOND + 11 * HOUR), hears="round-table")
    panel = make_panel(meeting, "round-table", heard_in=own[:2])
    entry = make_inscription(meeting, make_delegation("AAA"))
    make_inscription(panel.meeting_at_hand, make_delegation("BBB"))
    morning = local(FIRST + 10 * HOUR)
    press(meeting, calling.call, morning)

    heard = standings.read(meeting)
    [own_turn] = own_turns.of_every_list(heard, standings.beside(heard), {entry.public_id}, morning)
    main = SpeakersList.objects.get(slug="")
    ahead = list_forecast.forecast_list(main, precedence.speaking_order(main), at=morning)

    assert own_turn.about == ahead.turn_in_words(entry)
    assert own_turn.about.startswith("Wednesday, 7 September, about 11:00 a.m.")
