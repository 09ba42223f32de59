"""What the public pages of the room cost: at most four queries to read it, including the clock’s own.  R-03 R-29"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from dialogue.models import Meeting
from floor import standings
from floor.acts import calling, inserting
from tests.factories import STAFF, make_delegation, make_focal_point
from tests.floor.room import OPENS, after, make_room, press, speak
from tests.floor.views.test_public import signed_in

pytestmark = pytest.mark.django_db
SIZES = [1, 3, 12]


def make_busy_room(size):
    """A room in which `size` have spoken and `size` wait, besides two outside the list; one speaks."""
    meeting = make_room(*[f"D{number:02d}" for number in range(2 * size + 1)])
    for number in range(size):
        speak(meeting, 10 * number, 10 * number + 5)
    for name in ["Rapporteur", "Secretary-General"]:
        inserting.insert(meeting, name=name, before=None, by=STAFF, at=after(900))
    press(meeting, calling.call, after(910))
    press(meeting, calling.begin, after(910))
    return meeting


def statements(page, client):
    """The SQL that a GET of the `page` executes, with a running clock."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/meetings/dialogue/{page}").status_code == 200
    return [each["sql"] for each in captured]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", ["display/", "now/", "now.json"])
def test_each_visit_takes_three_queries_however_many_are_on_the_list(page, size):
    make_busy_room(size)

    assert len(statements(page, Client())) == 3


@pytest.mark.parametrize("size", SIZES)
def test_a_signed_in_delegation_takes_three_more_queries_for_its_own_turns(size):
    make_busy_room(size)
    make_focal_point(make_delegation("D02"))

    assert len(statements("now/", signed_in("D02"))) == 6 + (size >= 12)


def test_the_time_comes_with_the_meeting_and_is_that_of_the_one_clock():
    make_room()

    before = clock.now()
    _floor, at = standings.read_published("dialogue")
    assert before <= at <= clock.now()
    with clock.stopped(OPENS):
        assert standings.read_published("dialogue")[1] == OPENS


def test_a_rehearsal_is_read_at_its_own_shifted_moment():
    make_room(is_rehearsal=True, clock_shift=timedelta(days=2))

    with clock.stopped(OPENS):
        assert standings.read_published("dialogue")[1] == OPENS + timedelta(days=2)


def test_a_meeting_without_sittings_or_a_room_is_read_all_the_same():
    meeting = make_room()
    meeting.sittings.all().delete()

    floor = standings.read(Meeting.objects.get())

    assert (floor.sittings, floor.room.pk, len(floor.waiting)) == ([], None, 3)
