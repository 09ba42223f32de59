"""What the room does not let an officer do: the words say why, and nothing is changed.  R-32 R-33 R-37 R-38 R-39"""

from contextlib import contextmanager

import pytest

from floor.acts import absence, calling, inserting, limiting, noting, pausing, suspending, undoing
from floor.acts.acting import FloorRefused
from journal.models import Entry
from tests.factories import STAFF
from tests.floor.room import OPENS, conclude, entry, make_room, press, speak, waiting

pytestmark = pytest.mark.django_db
NOW = {"by": STAFF, "at": OPENS}


@pytest.fixture
def meeting():
    return make_room("AAA", "BBB")


@contextmanager
def refused(words, field=None):
    """What is done in the block is refused in these `words`, at this `field`, and the journal is as it was."""
    before = Entry.objects.count()
    with pytest.raises(FloorRefused, match=words) as refusal:
        yield
    assert refusal.value.field == field
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (absence.note_absence, "no speaker at the rostrum who has yet to begin"),
        (calling.begin, "no speaker at the rostrum who has yet to begin"),
        (calling.end, "No one is speaking"),
        (pausing.pause, "No one is speaking"),
        (pausing.go_on, "The clock is not paused"),
        (undoing.reopen, "No statement has just ended"),
    ],
)
def test_what_needs_a_speaker_at_the_rostrum_is_refused_before_the_first_call(meeting, rule, words):
    with refused(words):
        press(meeting, rule)


def test_no_one_is_called_once_all_have_spoken(meeting):
    speak(meeting, 0, 180)
    speak(meeting, 200, 380)

    with refused("No one is waiting to be called"):
        press(meeting, calling.call)


def test_who_has_spoken_is_not_called_again_in_place_of_the_next(meeting):
    spoke = speak(meeting, 0, 180)

    with refused("not waiting to be called"):
        press(meeting, calling.call, identity=spoke.identity)

    assert waiting(meeting) == ["BBB"]


def test_a_clock_that_stands_is_not_stopped_again(meeting):
    press(meeting, calling.call)
    press(meeting, calling.begin)
    press(meeting, pausing.pause)

    with refused("already paused"):
        press(meeting, pausing.pause)


@pytest.mark.parametrize("rule", [calling.call, calling.advance])
def test_no_one_is_called_while_the_sitting_is_suspended(meeting, rule):
    suspending.suspend(meeting, **NOW)

    with refused("The sitting is suspended"):
        press(meeting, rule)


def test_a_sitting_is_resumed_only_if_it_is_suspended(meeting):
    with refused("The sitting is not suspended"):
        suspending.resume(meeting, **NOW)


def test_a_meeting_is_not_concluded_while_a_speaker_is_at_the_rostrum(meeting):
    press(meeting, calling.call)

    with refused("Aaa has the floor"):
        suspending.conclude(meeting, **NOW)


@pytest.mark.parametrize("rule", [suspending.suspend, suspending.conclude])
def test_a_meeting_that_is_concluded_is_neither_suspended_nor_concluded_again(meeting, rule):
    conclude(meeting)

    with refused("The meeting is concluded"):
        rule(meeting, **NOW)


def test_a_conclusion_is_taken_back_only_if_there_was_one(meeting):
    with refused("The meeting is not concluded"):
        suspending.take_back_conclusion(meeting, **NOW)


def test_a_person_off_the_list_has_a_name_and_a_place_before_an_entry_that_waits(meeting):
    called = press(meeting, calling.call)

    with refused("Enter the name", "name"):
        inserting.insert(meeting, name="  ", **NOW)
    for before in (called.identity, "no such entry"):
        with refused("not waiting to be called", "before"):
            inserting.insert(meeting, name="The Secretary-General", before=before, **NOW)


def test_an_entry_of_the_list_is_not_taken_out_as_a_person_off_it(meeting):
    with refused("not waiting to be called"):
        inserting.remove(meeting, str(entry(meeting, "AAA").public_id), **NOW)


def test_what_staff_keep_is_about_an_entry_of_this_meeting_and_in_words(meeting):
    with refused("This entry is not on the list"):
        noting.note_turn(meeting, "no such entry", "Late", **NOW)
    with refused("Enter what was said", "words"):
        noting.said_about_time(meeting, " \n", **NOW)


def test_limits_that_are_as_they_were_are_no_act(meeting):
    before = Entry.objects.count()

    limiting.change_limits(meeting, national_limit=meeting.speakers_list.national_limit, **NOW)

    assert Entry.objects.count() == before
