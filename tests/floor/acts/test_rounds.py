"""Rounds: after every so many speakers the members of the panel reply, each with a clock.  R-70"""

from datetime import timedelta

import pytest

from dialogue.models import ProgrammePerson, ProgrammeSlot
from floor import standings
from floor.acts import asking, calling, inserting, opening, rounds
from floor.acts.acting import FloorRefused
from floor.forecast import live_forecast
from floor.models import Turn
from floor.record import record, statistics
from floor.script import script
from speakers.models import Delegation
from tests.factories import STAFF, make_delegation, make_meeting
from tests.floor.room import OPENS, after, current, make_room, press, speak, waiting

pytestmark = pytest.mark.django_db


def make_panel_slot(meeting, *persons, position=1, **facts):
    """A slot of the programme with a moderator and these `persons`."""
    slot = ProgrammeSlot.objects.create(meeting=meeting, position=position, kind="panel", title={"en": "The panel"})
    ProgrammePerson.objects.create(slot=slot, name="Mr. Ivan Šimonović", is_moderator=True)
    for number, name in enumerate(persons or ("Mr. Adama Dieng", "Dr. Jennifer Welsh"), start=1):
        facts = {"role": {"en": "Special Adviser"}} | facts
        ProgrammePerson.objects.create(slot=slot, name=name, position=number, **facts)
    return slot


def make_room_with_rounds(*codes, speakers=2):
    """A room whose panel replies after every two speakers."""
    meeting = make_room(*(codes or ("AAA", "BBB", "CCC", "DDD")))
    slot = make_panel_slot(meeting)
    rounds.set_rounds(meeting, speakers_per_round=speakers, panel_slot=slot, by=STAFF, at=OPENS)
    return meeting


def is_due(meeting):
    return rounds.is_due(standings.read(meeting))


def reply(meeting, at=OPENS):
    return rounds.give_panel_the_floor(meeting, by=STAFF, at=at)


def test_after_so_many_speakers_it_is_the_panels_turn_and_its_members_come_next_in_the_order_of_the_programme():
    meeting = make_room_with_rounds()
    speak(meeting, 0, 10)
    assert not is_due(meeting)
    speak(meeting, 20, 30)
    assert is_due(meeting)

    reply(meeting, after(35))

    assert not is_due(meeting)
    assert waiting(meeting) == ["Mr. Adama Dieng", "Dr. Jennifer Welsh", "CCC", "DDD"]


def test_each_member_has_a_clock_and_the_next_round_counts_from_then_on():
    meeting = make_room_with_rounds()
    speak(meeting, 0, 10)
    speak(meeting, 20, 30)
    reply(meeting, after(35))

    press(meeting, calling.call, after(40))
    press(meeting, calling.begin, after(41))
    assert (current(meeting).name, current(meeting).limit) == ("Mr. Adama Dieng", timedelta(minutes=3))
    press(meeting, calling.advance, after(60))
    press(meeting, calling.begin, after(61))
    press(meeting, calling.advance, after(80))
    assert current(meeting).of.code == "CCC"

    press(meeting, calling.begin, after(81))
    press(meeting, calling.end, after(90))
    assert rounds.heard_in_this_round(standings.read(meeting)) == 1
    speak(meeting, 100, 110)
    assert is_due(meeting)


def test_a_statement_from_the_open_floor_counts_towards_the_round():
    meeting = make_room_with_rounds("AAA")
    opening.open_floor(meeting, by=STAFF, at=OPENS)
    asking.ask(meeting, make_delegation("XXX"), by=STAFF, at=OPENS)
    speak(meeting, 0, 10)

    speak(meeting, 20, 30)

    assert is_due(meeting)


def test_the_officer_lets_the_panel_reply_at_any_time_but_not_twice_at_once():
    meeting = make_room_with_rounds()

    reply(meeting)

    with pytest.raises(FloorRefused, match="replying already"):
        reply(meeting)


def test_one_member_or_the_whole_round_is_taken_out_and_then_it_is_due_again():
    meeting = make_room_with_rounds()
    speak(meeting, 0, 10)
    speak(meeting, 20, 30)
    first, second = reply(meeting, after(35))

    inserting.remove(meeting, first.identity, by=STAFF, at=after(36))
    assert waiting(meeting)[0] == "Dr. Jennifer Welsh"
    inserting.remove(meeting, second.identity, by=STAFF, at=after(37))

    assert is_due(meeting)
    assert record.of(meeting, at=after(40))["not_delivered"] == []


def test_who_comes_by_video_message_or_moderates_is_no_member():
    meeting = make_room()
    slot = make_panel_slot(meeting, "H.E. Mr. Ban Ki-moon", by_video=True)
    rounds.set_rounds(meeting, speakers_per_round=None, panel_slot=slot, by=STAFF, at=OPENS)

    with pytest.raises(FloorRefused, match="members of the panel"):
        reply(meeting)


def test_without_a_panel_or_with_that_of_another_meeting_there_are_no_rounds():
    meeting = make_room()
    other = make_panel_slot(make_meeting("other"))

    with pytest.raises(FloorRefused, match="Choose the panel"):
        rounds.set_rounds(meeting, speakers_per_round=3, panel_slot=None, by=STAFF, at=OPENS)
    with pytest.raises(FloorRefused, match="this meeting"):
        rounds.set_rounds(meeting, speakers_per_round=3, panel_slot=other, by=STAFF, at=OPENS)
    with pytest.raises(FloorRefused, match="members of the panel"):
        reply(meeting)
    assert not is_due(meeting)


def test_setting_the_same_rounds_again_changes_nothing():
    meeting = make_room_with_rounds()
    version = standings.read(meeting).version

    slot = meeting.slots.get()
    rounds.set_rounds(meeting, speakers_per_round=2, panel_slot=slot, by=STAFF, at=after(5))

    assert standings.read(meeting).version == version


@pytest.fixture
def heard():
    """A meeting at which two of the list, one of the open floor and two of the panel have spoken."""
    meeting = make_room_with_rounds("AAA", "BBB")
    Delegation.objects.update(regional_group="african")
    opening.open_floor(meeting, by=STAFF, at=OPENS)
    asking.ask(meeting, make_delegation("XXX"), by=STAFF, at=OPENS)
    speak(meeting, 0, 60)
    speak(meeting, 70, 130)
    reply(meeting, after(135))
    speak(meeting, 140, 240)
    speak(meeting, 250, 350)
    speak(meeting, 360, 400)
    return meeting


def test_the_record_and_the_statistics_tell_the_list_the_open_floor_and_the_panel_apart(heard):
    found = record.of(heard, at=after(500))

    assert [each["kind"] for each in found["statements"]] == ["listed", "listed", "panel", "panel", "open_floor"]
    shares = {each.label: (each.count, each.seconds) for each in statistics.by_part(found)}
    assert shares == {"established list": (2, 120), "open floor": (1, 40), "panel": (2, 200)}
    assert sum(each.count for each in statistics.by_region(found)) == 3


def test_the_pace_is_learnt_from_delegations_and_the_time_of_the_panel_is_not_counted_as_theirs(heard):
    taken = [each.took.total_seconds() for each in live_forecast.delivered(standings.read(heard))]

    assert taken == [70, 70, 40]


def test_the_forecast_counts_who_asked_and_the_panel_with_limits_of_their_own():
    meeting = make_room_with_rounds("AAA")
    opening.open_floor(meeting, by=STAFF, at=OPENS)
    asking.ask(meeting, make_delegation("XXX"), by=STAFF, at=OPENS)
    reply(meeting)
    floor = standings.read(meeting)

    made = live_forecast.of(floor, OPENS).forecast

    assert made.count == 4
    assert [each.limit for each in floor.waiting] == [timedelta(minutes=number) for number in (3, 3, 3, 2)]


def test_the_script_invites_the_panel_to_reply():
    meeting = make_room_with_rounds("AAA")
    reply(meeting)

    first = script.lines(standings.read(meeting))[0]

    assert first.announcement == "I now invite Mr. Adama Dieng, Special Adviser to reply."


def test_a_member_named_at_length_is_stored_with_as_much_of_the_title_as_fits():
    meeting = make_room()
    slot = make_panel_slot(meeting, "Dr. Edward Luck", role={"en": "Adviser " * 40})
    rounds.set_rounds(meeting, speakers_per_round=1, panel_slot=slot, by=STAFF, at=OPENS)

    (turn,) = reply(meeting)

    assert len(Turn.objects.get(pk=turn.pk).speaker_title) <= 200
