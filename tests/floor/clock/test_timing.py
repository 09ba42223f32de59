"""The clock of a statement and its colours; points of order.  R-35 R-36 R-39"""

from datetime import timedelta

import pytest

from floor.acts import calling, pausing
from floor.acts.acting import FloorRefused
from floor.clock import timing
from floor.clock.timing import elapsed
from floor.models import Interruption, Room, Turn
from floor.state import state_of
from speakers.models import Inscription, Level, SpeakersList
from tests.factories import make_delegation
from tests.floor.room import OPENS, after, make_room, press

SECOND = timedelta(seconds=1)
ORDER = Interruption.Ground.POINT_OF_ORDER


def speaking(**facts):
    return Turn(**{"state": "speaking", "began_at": OPENS} | facts)


def test_elapsed_time_is_end_or_now_minus_start_and_pauses():
    assert elapsed(Turn(), after(50)) == timedelta(0)
    assert elapsed(speaking(), after(50)) == 50 * SECOND
    assert elapsed(speaking(paused_for=20 * SECOND), after(50)) == 30 * SECOND
    assert elapsed(speaking(paused_for=20 * SECOND, paused_at=after(40)), after(50)) == 20 * SECOND
    assert elapsed(speaking(state="delivered", ended_at=after(45)), after(50)) == 45 * SECOND


@pytest.mark.parametrize(
    ("left", "colour"), [(180, "green"), (31, "green"), (30, "amber"), (1, "amber"), (0, "red"), (-90, "red")]
)
def test_green_turns_to_amber_at_thirty_seconds_and_to_red_at_zero(left, colour):
    assert timing.colour(left * SECOND) == colour


@pytest.mark.parametrize(
    ("band", "own", "seconds"),
    [("member_states", None, 180), ("groups", None, 240), ("civil_society", None, 120), ("groups", 300, 300)],
)
def test_the_limit_is_that_of_the_capacity_unless_the_entry_has_its_own(band, own, seconds):
    of_list = SpeakersList(group_limit=240 * SECOND, civil_society_limit=120 * SECOND)
    capacity = "group" if band == "groups" else "national"
    entry = Inscription(capacity=capacity, place_band=band, level=Level(code="PR"))
    limits = timing.Limits(of_list, 600 * SECOND, 300 * SECOND, 120 * SECOND, 180 * SECOND)

    assert limits.for_turn(Turn(inscription=entry, own_limit=own and own * SECOND)) == seconds * SECOND


def test_a_speaker_outside_the_list_has_the_limit_of_a_member_state():
    row = {"band": "member_states", "level": "", "seconds": 150}
    limits = timing.Limits(SpeakersList(limits=[row]), 600 * SECOND, 300 * SECOND, 120 * SECOND, 180 * SECOND)

    assert limits.for_turn(Turn(kind=Turn.Kind.INSERTED)) == 150 * SECOND


@pytest.mark.django_db
def test_overtime_keeps_counting_and_nothing_is_cut():
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin)

    current = state_of(meeting, after(250))["current"]

    assert (current["left_seconds"], current["colour"], current["state"]) == (-70, "red", "speaking")


@pytest.mark.django_db
def test_a_changed_limit_applies_to_later_speakers():
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin)
    meeting.speakers_list.national_limit = 120 * SECOND
    meeting.speakers_list.save()

    limits = [state_of(meeting, after(10))["current"]["limit_seconds"]]
    press(meeting, calling.advance, after(100))
    limits.append(state_of(meeting, after(100))["current"]["limit_seconds"])

    assert limits == [180, 120]


@pytest.mark.django_db
def test_a_point_of_order_pauses_the_clock_and_is_logged():
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin)

    press(meeting, pausing.pause, after(60), ground=ORDER, raised_by=make_delegation("BBB"))
    press(meeting, pausing.go_on, after(150))

    [logged] = Interruption.objects.all()
    assert (logged.ground, logged.raised_by, logged.ended_at - logged.began_at) == (ORDER, "Bbb", 90 * SECOND)
    assert state_of(meeting, after(150))["current"]["elapsed_seconds"] == 60


@pytest.mark.django_db
def test_a_point_of_order_is_refused_if_the_switch_is_off():
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin)
    Room.objects.update(allows_points_of_order=False)

    with pytest.raises(FloorRefused, match="switched off"):
        press(meeting, pausing.pause, ground=ORDER)
