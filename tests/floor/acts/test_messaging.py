"""A message on the screens has an end: at a time, with the sitting, or when it is taken down."""

from datetime import time, timedelta

import pytest
from django.test import Client

import clock
from floor import standings, state
from floor.acts import messaging
from floor.acts.acting import FloorRefused
from floor.models import Room
from journal.models import Entry
from tests.factories import STAFF
from tests.floor.room import OPENS, after, conclude, make_room

pytestmark = pytest.mark.django_db


def shown(meeting, at):
    return state.state_of(meeting, at)["message"]


def page():
    return Client().get("/meetings/dialogue/display/").content.decode()


def test_a_message_ends_at_its_time_of_day_by_itself():
    meeting = make_room()
    messaging.show(meeting, "Coffee in the lounge", until=time(11, 20), by=STAFF, at=OPENS)

    assert shown(meeting, after(20 * 60 - 1)) == "Coffee in the lounge"
    assert shown(meeting, after(20 * 60)) == ""
    with clock.stopped(after(20 * 60 - 1)):
        assert "Coffee in the lounge" in page()
    with clock.stopped(after(20 * 60)):
        assert "Coffee in the lounge" not in page()


def test_without_a_time_it_ends_with_the_sitting():
    meeting = make_room()
    messaging.show(meeting, "Please keep to three minutes", by=STAFF, at=OPENS)
    (morning, *_later) = standings.read(meeting).sittings

    assert Room.objects.get().message_until == morning.ends_at
    assert shown(meeting, morning.ends_at - timedelta(seconds=1))
    assert not shown(meeting, morning.ends_at)


def test_after_the_last_sitting_it_stands_until_it_is_taken_down():
    meeting = make_room()
    end = standings.read(meeting).sittings[-1].ends_at
    messaging.show(meeting, "Thank you", by=STAFF, at=end)

    assert shown(meeting, end + timedelta(hours=5)) == "Thank you"
    messaging.take_down(meeting, by=STAFF, at=end + timedelta(hours=6))
    assert not shown(meeting, end + timedelta(hours=6))


def test_taking_down_what_is_not_there_changes_nothing_and_journals_nothing():
    meeting = make_room()
    messaging.show(meeting, "Lunch", by=STAFF, at=OPENS)

    for _officer in range(2):
        messaging.take_down(meeting, by=STAFF, at=after(10))

    assert Entry.objects.filter(act="message taken away").count() == 1


def test_it_ends_with_the_meeting():
    meeting = make_room()
    messaging.show(meeting, "Please keep to three minutes", by=STAFF, at=OPENS)

    conclude(meeting, after(60))

    assert not shown(meeting, after(61))


def test_a_time_that_has_passed_is_refused_at_its_field_and_one_after_midnight_is_not():
    meeting = make_room()
    with pytest.raises(FloorRefused, match="This time has passed") as refused:
        messaging.show(meeting, "Lunch", until=time(10, 59), by=STAFF, at=OPENS)
    assert (refused.value.field, Room.objects.filter(message="Lunch").exists()) == ("until", False)

    late = after(12 * 3600 + 50 * 60)
    messaging.show(meeting, "We go on until one", until=time(1), by=STAFF, at=late)
    assert Room.objects.get().message_until == late + timedelta(minutes=70)
