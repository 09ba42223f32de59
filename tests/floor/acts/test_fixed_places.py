"""Who may reply, ask for the floor and raise a point of order is fixed when the list opens.  R-18 R-61"""

from datetime import date

import pytest

import clock
from dialogue.models import Meeting
from floor.acts import asking, calling, opening, pausing, replying, switching
from floor.acts.acting import FloorRefused
from floor.models import Interruption, Turn
from speakers.delegations import naming
from speakers.models import Delegation, DelegationPlace
from tests.factories import STAFF, make_delegation, make_inscription, make_panel
from tests.floor.room import OPENS, after, make_room, press

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2017, 1, 1)


def reply(meeting, delegation):
    return replying.ask_to_reply(meeting, delegation, by=STAFF, at=after(30))


def ask(meeting, delegation):
    return asking.ask(meeting, delegation, by=STAFF, at=after(30))


def raise_point_of_order(meeting, delegation):
    return press(meeting, pausing.pause, after(30), ground=Interruption.Ground.POINT_OF_ORDER, raised_by=delegation)


ACTS = [reply, ask, raise_point_of_order]


@pytest.fixture
def meeting():
    """AAA speaks, and each act is possible; FFF holds a place, and GGG none before the next year."""
    make_delegation("FFF")
    make_delegation("GGG", from_on=NEXT_YEAR)
    meeting = make_room()
    switching.switch(meeting, allows_points_of_order=True, allows_replies=True, by=STAFF, at=OPENS)
    opening.open_floor(meeting, by=STAFF, at=OPENS)
    press(meeting, calling.call)
    press(meeting, calling.begin)
    return meeting


def named(code):
    return Delegation.objects.get(code=code)


@pytest.mark.parametrize("act", ACTS)
def test_a_place_that_ends_after_the_list_has_opened_takes_nothing_away(meeting, act):
    DelegationPlace.objects.filter(delegation__code="FFF").update(from_on=NEXT_YEAR)

    assert act(meeting, named("FFF")).meeting == meeting
    assert "Fff" in naming.suggestions(Meeting.objects.get())


@pytest.mark.parametrize("act", ACTS)
def test_a_place_that_is_given_after_the_list_has_opened_gives_nothing(meeting, act):
    DelegationPlace.objects.filter(delegation__code="GGG").update(from_on=None)

    with pytest.raises(FloorRefused):
        act(meeting, named("GGG"))
    assert "Ggg" not in naming.suggestions(Meeting.objects.get())


@pytest.mark.parametrize("act", ACTS)
def test_nor_does_another_date_of_the_meeting(meeting, act):
    Meeting.objects.update(starts_at=meeting.starts_at.replace(year=2017), ends_at=meeting.ends_at.replace(year=2017))

    with pytest.raises(FloorRefused):
        act(Meeting.objects.get(), named("GGG"))


@pytest.mark.parametrize("act", ACTS)
def test_a_delegation_that_is_newer_than_the_list_has_the_place_of_the_date(meeting, act):
    assert act(meeting, make_delegation("NEW")).meeting == meeting
    assert "New" in naming.suggestions(Meeting.objects.get())


def test_a_state_that_becomes_an_organization_after_the_opening_keeps_its_right_of_reply(meeting):
    DelegationPlace.objects.filter(delegation__code="FFF").update(category="organization", band="observers")

    assert reply(meeting, named("FFF")).kind == Turn.Kind.REPLY


def test_it_is_the_list_that_the_room_hears_which_has_fixed_it(meeting):
    DelegationPlace.objects.filter(delegation__code="GGG").update(from_on=None)
    make_inscription(make_panel(meeting).meeting_at_hand, make_delegation("HHH"))
    assert "Ggg" not in naming.suggestions(Meeting.objects.get())

    Meeting.objects.update(hears="panel")

    assert "Ggg" in naming.suggestions(Meeting.objects.get())
    assert reply(Meeting.objects.get(), named("GGG")).reply_no == 1


def test_the_console_takes_the_reply_of_a_state_whose_place_has_ended_since(meeting, officer):
    DelegationPlace.objects.filter(delegation__code="FFF").update(from_on=NEXT_YEAR)

    with clock.stopped(after(30)):
        answer = officer.post("/meetings/dialogue/floor/reply/", {"delegation": "Fff"})

    assert answer.status_code == 302
    assert Turn.objects.get(kind=Turn.Kind.REPLY).delegation.code == "FFF"
