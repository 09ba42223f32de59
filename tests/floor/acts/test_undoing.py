"""Undoing step by step: each says what it takes back, a stale one is refused, what the rules forbid too.  R-33 R-34"""

import pytest

from floor import standings
from floor.acts import absence, calling, pausing, suspending, undoing
from floor.acts.acting import FloorRefused
from floor.models import Interruption, Turn
from journal.models import Entry
from speakers.models import DelegationPlace
from tests.at_once import together
from tests.factories import STAFF, make_delegation
from tests.floor.room import after, conclude, current, entry, last_called, make_room, press, speak, waiting

pytestmark = pytest.mark.django_db
ORDER = Interruption.Ground.POINT_OF_ORDER


def step(meeting):
    """What undoing takes back next, in words."""
    found = undoing.next_step(standings.read(meeting))
    return found and found.words


def test_undo_goes_back_from_step_to_step_to_the_beginning_and_each_says_what_it_takes_back():
    meeting = make_room()
    speak(meeting, 0, 100)
    press(meeting, calling.call, after(110))
    press(meeting, absence.note_absence, after(120))
    press(meeting, calling.call, after(130))
    press(meeting, calling.begin, after(140))
    press(meeting, pausing.pause, after(150))
    press(meeting, pausing.go_on, after(160))

    said = []
    while step(meeting):
        said.append(step(meeting))
        press(meeting, undoing.undo, after(170))

    assert said == [
        "Undo: the clock is paused again",
        "Undo: the clock was not paused",
        "Undo the start of the clock",
        "Undo the call of Ccc",
        "Undo the absence of Bbb",
        "Undo the call of Bbb",
        "Undo: Aaa waits again",
    ]
    assert waiting(meeting) == ["AAA", "BBB", "CCC"]
    assert set(Turn.objects.values_list("state", "absences", "called_at")) == {("waiting", 0, None)}
    with pytest.raises(FloorRefused, match="nothing to undo"):
        press(meeting, undoing.undo, after(180))


def test_a_second_call_after_an_absence_is_undone_before_what_lies_between():
    meeting = make_room("AAA", "BBB")
    press(meeting, calling.call, after(0))
    press(meeting, absence.note_absence, after(10))
    speak(meeting, 20, 100)
    press(meeting, calling.call, after(110))
    assert current(meeting).name == "Aaa"

    said = []
    while step(meeting):
        said.append(step(meeting))
        press(meeting, undoing.undo, after(120))

    assert said == ["Undo the call of Aaa", "Undo: Bbb waits again", "Undo the absence of Aaa", "Undo the call of Aaa"]
    assert waiting(meeting) == ["AAA", "BBB"]


def test_a_pause_undone_costs_the_speaker_no_time_and_leaves_no_interruption():
    meeting = make_room()
    press(meeting, calling.call, after(0))
    press(meeting, calling.begin, after(0))
    press(meeting, pausing.pause, after(30), ground=ORDER, raised_by=make_delegation("BBB"))

    press(meeting, undoing.undo, after(90))

    turn = current(meeting)
    assert (turn.state, turn.paused_at, turn.paused_for.total_seconds()) == ("speaking", None, 0)
    assert not Interruption.objects.exists()


def test_a_resumption_undone_pauses_the_clock_from_where_it_was_paused():
    meeting = make_room()
    press(meeting, calling.call, after(0))
    press(meeting, calling.begin, after(0))
    press(meeting, pausing.pause, after(30))
    press(meeting, pausing.go_on, after(50))

    press(meeting, undoing.undo, after(60))

    turn = current(meeting)
    assert (turn.paused_at, turn.paused_for.total_seconds()) == (after(30), 0)
    assert Interruption.objects.get().ended_at is None


def test_of_two_officers_who_undo_the_same_step_at_once_one_is_refused_and_one_step_is_undone():
    meeting = make_room()
    speak(meeting, 0, 100)
    press(meeting, calling.call, after(110))
    press(meeting, calling.begin, after(120))
    seen = undoing.next_step(standings.read(meeting)).key

    press(meeting, undoing.undo, after(130), seen=seen)
    with pytest.raises(FloorRefused, match="no longer the one on your page"):
        press(meeting, undoing.undo, after(131), seen=seen)

    assert current(meeting).state == "called"


def test_without_what_was_seen_the_second_officer_would_undo_another_step():
    meeting = make_room()
    press(meeting, calling.call, after(110))
    press(meeting, calling.begin, after(120))
    pointer = last_called(meeting)

    for _officer in range(2):
        undoing.undo(meeting, expected_current=pointer, by=STAFF, at=after(130))

    assert current(meeting) is None


@pytest.mark.django_db(transaction=True)
def test_two_officers_undo_the_same_step_in_the_same_moment_and_it_is_undone_once():
    meeting = make_room()
    press(meeting, calling.call, after(110))
    press(meeting, calling.begin, after(120))
    seen, pointer = undoing.next_step(standings.read(meeting)).key, last_called(meeting)

    def undo():
        undoing.undo(meeting, expected_current=pointer, seen=seen, by=STAFF, at=after(130))

    ends = together(undo, undo)

    assert sorted(end == "done" for end in ends) == [False, True]
    assert current(meeting).state == "called"


def test_what_the_rules_forbid_is_refused_with_the_reason():
    meeting = make_room()
    press(meeting, calling.call, after(0))
    press(meeting, calling.begin, after(0))
    suspending.suspend(meeting, by=STAFF, at=after(30))
    with pytest.raises(FloorRefused, match=r"suspended\. Resume it first"):
        press(meeting, undoing.undo, after(40))

    suspending.resume(meeting, by=STAFF, at=after(600))
    with pytest.raises(FloorRefused, match="stopped by a suspension of the sitting"):
        press(meeting, undoing.undo, after(610))
    press(meeting, pausing.go_on, after(620))
    press(meeting, calling.end, after(700))

    conclude(meeting, after(800))
    with pytest.raises(FloorRefused, match="Undo the conclusion first"):
        press(meeting, undoing.undo, after(810))


def test_every_step_undone_is_in_the_journal():
    meeting = make_room()
    press(meeting, calling.call, after(0))
    press(meeting, calling.begin, after(0))
    press(meeting, pausing.pause, after(30))
    press(meeting, pausing.go_on, after(40))
    for second in range(4):
        press(meeting, undoing.undo, after(50 + second))

    acts = Entry.objects.about(f"turn/{entry(meeting, 'AAA').public_id}").values_list("act", flat=True)
    assert list(acts)[-4:] == ["resumption taken back", "pause taken back", "begin taken back", "taken back"]


def test_a_resumption_without_its_pause_takes_back_the_start():
    meeting = make_room()
    press(meeting, calling.call, after(0))
    press(meeting, calling.begin, after(10))
    press(meeting, pausing.pause, after(20))
    press(meeting, pausing.go_on, after(30))
    Interruption.objects.all().delete()

    press(meeting, undoing.undo, after(40))

    assert Turn.objects.get(called_at__isnull=False).began_at is None


def test_a_point_of_order_is_raised_by_a_delegation_that_holds_a_place():
    meeting = make_room()
    press(meeting, calling.call, after(0))
    press(meeting, calling.begin, after(10))
    stranger = make_delegation("NOP", "Nowhere")
    DelegationPlace.objects.filter(delegation=stranger).delete()

    with pytest.raises(FloorRefused, match="holds no place"):
        press(meeting, pausing.pause, after(20), ground=ORDER, raised_by=stranger)
