"""The meetings in the room, on the staff site."""

import pytest

from floor.acts import calling
from secretariat import attention
from tests.factories import make_meeting
from tests.floor.room import OPENS, make_room, press

pytestmark = pytest.mark.django_db
ROOMS = "/secretariat/floor/room/"


@pytest.mark.parametrize(("group", "sees_console"), [("Conference officer", True), ("List officer", False)])
def test_a_meeting_in_the_room_links_to_the_pages_that_the_user_may_open(sign_in, group, sees_console):
    press(make_room(), calling.call)

    page = sign_in(group).get(ROOMS).content.decode()

    assert 'href="/meetings/dialogue/floor/record/"' in page
    assert ('href="/meetings/dialogue/floor/"' in page) == sees_console


def test_the_front_page_leads_to_the_room_of_each_meeting_to_come():
    make_room()

    lines = [line.address for block in attention.survey(OPENS) for line in block.lines]

    assert "/meetings/dialogue/floor/" in lines


def test_nothing_of_a_room_is_changed_or_deleted_there(officer):
    meeting = make_room()
    press(meeting, calling.call)

    page = f"{ROOMS}{meeting.room.pk}/"

    assert officer.get(f"{page}change/").status_code == 200
    assert officer.post(f"{page}change/", {"message": "x"}).status_code == 403
    assert officer.get(f"{page}delete/").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_rooms_costs_the_same_whatever_its_length(officer, number, django_assert_max_num_queries):
    for each in range(number):
        make_meeting(f"meeting-{each}")
        press(make_room(slug=f"room-{each}"), calling.call)

    with django_assert_max_num_queries(8):
        officer.get(ROOMS)
