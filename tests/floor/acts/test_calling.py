"""From waiting to delivered, and what two officers may do to each other: nothing.  R-32 R-33 R-34 R-38"""

import pytest
from django.db import IntegrityError, transaction

from floor.acts import absence, calling, inserting, undoing
from floor.acts.acting import FloorRefused
from floor.models import Turn
from journal import chain
from journal.models import Entry
from speakers.entries import withdrawing
from tests.factories import STAFF
from tests.floor.room import OPENS, after, current, entry, last_called, make_room, press, speak, state_of, waiting

pytestmark = pytest.mark.django_db


def test_an_entry_waits_is_called_speaks_and_is_delivered():
    meeting = make_room()

    states = [state_of(meeting, "AAA")]
    for rule in [calling.call, calling.begin, calling.end]:
        press(meeting, rule)
        states.append(state_of(meeting, "AAA"))

    assert states == ["waiting", "called", "speaking", "delivered"]
    assert waiting(meeting) == ["BBB", "CCC"]


def test_advancing_ends_the_statement_and_calls_the_next_in_one_act():
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin)

    press(meeting, calling.advance, after(180))

    assert (state_of(meeting, "AAA"), state_of(meeting, "BBB")) == ("delivered", "called")


def test_the_second_of_two_presses_is_refused_and_no_one_is_skipped():
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin)
    seen = last_called(meeting)
    calling.advance(meeting, expected_current=seen, by=STAFF, at=after(180))

    with pytest.raises(FloorRefused, match="Bbb has been called"):
        calling.advance(meeting, expected_current=seen, by=STAFF, at=after(180))

    assert current(meeting).of.code == "BBB"
    assert waiting(meeting) == ["CCC"]


def test_an_officer_who_saw_a_call_that_never_was_is_refused():
    meeting = make_room()

    with pytest.raises(FloorRefused, match="No speaker has been called yet"):
        calling.call(meeting, expected_current="somebody", by=STAFF, at=OPENS)


def test_two_officers_cannot_call_the_first_speaker_twice():
    meeting = make_room()
    calling.call(meeting, expected_current="", by=STAFF, at=OPENS)

    with pytest.raises(FloorRefused, match="Aaa has been called"):
        calling.call(meeting, expected_current="", by=STAFF, at=OPENS)


def test_a_speaker_who_was_called_and_has_not_begun_is_not_passed_over():
    meeting = make_room()
    press(meeting, calling.call)

    with pytest.raises(FloorRefused, match="Aaa has the floor"):
        press(meeting, calling.advance)

    assert waiting(meeting) == ["BBB", "CCC"]


def test_the_officer_may_call_out_of_turn_and_the_journal_says_so():
    meeting = make_room()

    press(meeting, calling.call, identity=entry(meeting, "CCC").public_id)

    assert current(meeting).of.code == "CCC"
    assert waiting(meeting) == ["AAA", "BBB"]
    assert "called out of turn" in acts(meeting)


def test_an_absent_entry_waits_again_at_the_end_of_its_class_once_and_then_is_not_delivered():
    meeting = make_room()
    press(meeting, calling.call)

    press(meeting, absence.note_absence)
    assert waiting(meeting) == ["BBB", "CCC", "AAA"]
    for begin in (0, 200):
        speak(meeting, begin, begin + 180)
    press(meeting, calling.call)
    press(meeting, absence.note_absence)

    assert waiting(meeting) == []
    assert state_of(meeting, "AAA") == "not_delivered"


def test_a_withdrawn_entry_is_not_called():
    meeting = make_room()
    withdrawing.withdraw(entry(meeting, "AAA"), by=STAFF, at=OPENS)

    press(meeting, calling.call)

    assert current(meeting).of.code == "BBB"


def test_undo_returns_the_last_delivered_entry_to_its_old_place():
    meeting = make_room()
    speak(meeting, 0, 180)
    speak(meeting, 190, 370)

    press(meeting, undoing.undo)

    assert waiting(meeting) == ["BBB", "CCC"]
    assert state_of(meeting, "AAA") == "delivered"
    assert acts(meeting)[-1] == "taken back"


def test_undo_reverses_a_start_and_then_a_call():
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin)

    press(meeting, undoing.undo)
    assert current(meeting).is_called
    press(meeting, undoing.undo)

    assert current(meeting) is None
    assert waiting(meeting) == ["AAA", "BBB", "CCC"]


def test_a_statement_that_was_ended_too_early_goes_on_as_though_it_had_not_been():
    meeting = make_room()
    speak(meeting, 0, 100)

    press(meeting, undoing.reopen, after(105))
    press(meeting, calling.end, after(170))

    turn = Turn.objects.get(state="delivered")
    assert turn.ended_at - turn.began_at == after(170) - OPENS


def test_a_speaker_outside_the_list_comes_next_or_before_an_entry_and_has_no_receipt():
    meeting = make_room()

    inserting.insert(meeting, name="Rapporteur", before=entry(meeting, "CCC").public_id, by=STAFF, at=OPENS)
    inserting.insert(meeting, name="Secretary-General", by=STAFF, at=OPENS)

    assert waiting(meeting) == ["Secretary-General", "AAA", "BBB", "Rapporteur", "CCC"]
    assert meeting.speakers_list.inscriptions.count() == 3


def test_speakers_inserted_at_one_place_come_in_the_order_in_which_they_were_inserted():
    meeting = make_room()

    for name in ("First rapporteur", "Second rapporteur"):
        inserting.insert(meeting, name=name, before=entry(meeting, "CCC").public_id, by=STAFF, at=OPENS)
    for name in ("Secretary-General", "President"):
        inserting.insert(meeting, name=name, by=STAFF, at=OPENS)

    assert waiting(meeting) == [
        *("Secretary-General", "President", "AAA", "BBB"),
        *("First rapporteur", "Second rapporteur", "CCC"),
    ]


def test_the_database_itself_lets_one_entry_of_a_meeting_speak():
    meeting = make_room()
    speaking = {
        "meeting": meeting,
        "state": "speaking",
        "began_at": OPENS,
        "limit": meeting.speakers_list.national_limit,
    }
    Turn.objects.create(inscription=entry(meeting, "AAA"), **speaking)

    with pytest.raises(IntegrityError, match=r"one_entry|floor_turn\.meeting_id"), transaction.atomic():
        Turn.objects.create(inscription=entry(meeting, "BBB"), **speaking)


def test_every_act_is_an_entry_on_the_chain_of_the_meeting():
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, absence.note_absence)
    speak(meeting, 10, 190)
    press(meeting, undoing.undo)

    wanted = ["called", "absent", "called", "began", "ended", "taken back"]
    assert acts(meeting, "turn/") == wanted
    assert chain.problems(meeting.journal_stream) == []


def acts(meeting, about=""):
    """What was recorded, in order."""
    entries = Entry.objects.of_stream(meeting.journal_stream).filter(subject__startswith=about)
    return [recorded.act for recorded in entries]


def test_an_undone_absence_leaves_the_entry_called_and_its_place_as_it_was():
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, absence.note_absence)

    press(meeting, undoing.undo)
    assert (current(meeting).of.code, current(meeting).absences) == ("AAA", 0)
    press(meeting, undoing.undo)

    assert waiting(meeting) == ["AAA", "BBB", "CCC"]


def test_a_second_absence_undone_leaves_the_entry_called():
    meeting = make_room("AAA")
    for _time in range(2):
        press(meeting, calling.call)
        press(meeting, absence.note_absence)

    press(meeting, undoing.undo)

    assert (current(meeting).state, current(meeting).absences) == ("called", 1)


def test_nothing_is_undone_before_anything_was_done():
    meeting = make_room()

    with pytest.raises(FloorRefused, match="nothing to undo"):
        press(meeting, undoing.undo)
