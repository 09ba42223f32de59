"""What the room has shown is what every page tells: a mission's home, the public list, the receipt.  R-42 R-43"""

from datetime import timedelta

import pytest

import clock
from floor import standings
from floor.acts import calling, undoing
from floor.forecast import live_forecast
from speakers.forecast import list_forecast
from speakers.forecast.turns import STATEMENTS_TO_LEARN_FROM
from speakers.models import SpeakersList
from tests.factories import make_focal_point, signed_in
from tests.floor.room import after, entry, make_room, press, speak

pytestmark = pytest.mark.django_db
CODES = [f"D{number:02d}" for number in range(1, 41)]
MINUTE = 60


def debate(count, *, minutes):
    """A meeting at which `count` delegations have spoken, each for so many `minutes`."""
    meeting = make_room(*CODES)
    for number in range(count):
        speak(meeting, number * minutes * MINUTE, (number + 1) * minutes * MINUTE)
    return meeting


def pace(meeting):
    return SpeakersList.objects.get(meeting=meeting).pace


def turn_of_the_last(meeting, at):
    floor = standings.read(meeting)
    last = floor.find(entry(meeting, CODES[-1]).public_id).turn
    return live_forecast.about(floor, live_forecast.of(floor, at), last)


def pages(meeting, code):
    """What the home, the receipt and the public list say to the delegation of `code`."""
    own = entry(meeting, code)
    make_focal_point(own.delegation)
    client = signed_in(f"{code.lower()}@missions.example")
    addresses = ["/mission/", own.get_absolute_url(), f"/meetings/{meeting.slug}/speakers/"]
    return [client.get(address).content.decode() for address in addresses]


@pytest.mark.parametrize("minutes", [3, 6], ids=["quick", "slow"])
def test_home_receipt_and_list_tell_the_turn_by_the_pace_of_the_room(minutes):
    meeting = debate(STATEMENTS_TO_LEARN_FROM, minutes=minutes)
    at = after(STATEMENTS_TO_LEARN_FROM * minutes * MINUTE)
    told = turn_of_the_last(meeting, at)

    with clock.stopped(at):
        found = pages(meeting, CODES[-1])

    assert all(told in page for page in found[:2])
    assert told.removeprefix("about ").partition(" (")[0] in found[2]


def test_without_the_pace_the_page_would_tell_another_turn():
    meeting = debate(STATEMENTS_TO_LEARN_FROM, minutes=3)
    told = turn_of_the_last(meeting, after(24 * MINUTE))
    SpeakersList.objects.all().update(pace=None)
    with clock.stopped(after(24 * MINUTE)):
        guessed = pages(meeting, CODES[-1])[0]

    assert told not in guessed


def test_the_list_knows_no_pace_before_the_eighth_statement_and_none_once_that_is_undone():
    meeting = debate(STATEMENTS_TO_LEARN_FROM - 1, minutes=3)
    assert pace(meeting) is None

    end = STATEMENTS_TO_LEARN_FROM * 3 * MINUTE
    speak(meeting, end - 3 * MINUTE, end)
    assert pace(meeting) == pytest.approx(1.0)

    press(meeting, undoing.undo, after(end))
    assert pace(meeting) is None


def test_the_statement_under_way_delays_the_next_by_what_is_left_of_it():
    meeting = debate(STATEMENTS_TO_LEARN_FROM, minutes=3)
    begun = STATEMENTS_TO_LEARN_FROM * 3 * MINUTE
    press(meeting, calling.call, after(begun))
    speakers_list = meeting.speakers_list
    speakers_list.refresh_from_db()
    _places, ahead = list_forecast.places_and_forecast(speakers_list, at=after(begun + MINUTE))

    assert ahead.forecast.turns[0].at == after(begun) + timedelta(minutes=3)
