"""Calling and concluding before their time: the officer confirms in words what will happen.  R-69"""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from dialogue.models import Meeting, Sitting
from floor.acts import calling, suspending
from floor.acts.acting import FloorRefused
from floor.models import Room, Turn
from journal.models import Entry
from outbox.models import Message
from speakers.entries import withdrawing
from speakers.models import Revision, SpeakersList
from tests.factories import DEADLINE, OPEN, STAFF, make_delegation, make_inscription, make_panel
from tests.floor.room import after, current, entry, make_room, press, speak, state_of

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
# 6 September 2016 in New York: the sittings begin at 10:00 a.m. and 3:00 p.m. and end at 1:00 p.m. and 6:00 p.m.
MORNING, NOON = datetime(2016, 9, 6, 14, 0, tzinfo=UTC), datetime(2016, 9, 6, 17, 0, tzinfo=UTC)
AFTERNOON, END = datetime(2016, 9, 6, 19, 0, tzinfo=UTC), datetime(2016, 9, 6, 22, 0, tzinfo=UTC)
EARLY = "It is early: the sitting starts on Tuesday, 6 September 2016, 10:00 a.m. (New York time)."
STILL_OPEN = "Inscription is still open, until Thursday, 1 September 2016, 1:00 p.m. (New York time)."


@pytest.fixture
def meeting():
    return make_room("AAA", "BBB", "CCC")


def asked(meeting, rule, at, **typed):
    """The words that have to be confirmed before the act `rule` is done; nothing has changed."""
    before = Entry.objects.count(), Message.objects.count()
    act = partial(rule, meeting, by=STAFF) if rule is suspending.conclude else partial(press, meeting, rule)
    with pytest.raises(FloorRefused) as refusal:
        act(at=at, **typed)
    assert refusal.value.asks_twice
    assert (Entry.objects.count(), Message.objects.count()) == before
    return [str(refusal.value), *refusal.value.details]


@pytest.mark.parametrize("at", [MORNING - 15 * MINUTE, MORNING, NOON - MINUTE, NOON + 29 * MINUTE, END + 5 * MINUTE])
def test_a_speaker_is_called_at_once_during_a_sitting_and_for_a_while_around_it(meeting, at):
    press(meeting, calling.call, at)

    assert current(meeting).of.code == "AAA"


@pytest.mark.parametrize("at", [DEADLINE, MORNING - 15 * MINUTE - timedelta(seconds=1), NOON + 31 * MINUTE])
def test_before_its_time_a_call_is_done_once_its_words_are_confirmed(meeting, at):
    words = asked(meeting, calling.call, at)

    press(meeting, calling.call, at, seen=" ".join(words))

    assert current(meeting).of.code == "AAA"


def test_the_words_of_a_call_say_the_sitting_the_open_list_who_is_called_and_who_is_mailed(meeting):
    words = asked(meeting, calling.call, OPEN)

    assert words == [
        EARLY,
        STILL_OPEN,
        "Aaa is called to the rostrum.",
        "2 delegations are mailed that their turn is near.",
    ]
    press(meeting, calling.call, OPEN, seen=" ".join(words))
    assert Message.objects.filter(kind="floor.alert").count() == 2


def test_on_the_evening_before_the_second_day_a_call_is_asked_about(meeting):
    next_day = MORNING + timedelta(days=1)
    Meeting.objects.update(ends_at=next_day + timedelta(hours=3))
    Sitting.objects.create(meeting=meeting, part="morning", starts_at=next_day, ends_at=next_day + timedelta(hours=3))
    speak(meeting, 0, 180)

    words = asked(meeting, calling.call, END + timedelta(hours=2))

    assert words[0] == "It is early: the sitting starts on Wednesday, 7 September 2016, 10:00 a.m. (New York time)."


def test_words_that_are_no_longer_true_are_asked_about_again(meeting):
    words = " ".join(asked(meeting, calling.call, DEADLINE))
    withdrawing.withdraw(entry(meeting, "AAA"), by=STAFF, at=DEADLINE)

    again = asked(meeting, calling.call, DEADLINE, seen=words)

    assert again[1:] == ["Bbb is called to the rostrum.", "1 delegation is mailed that its turn is near."]


def test_a_confirmation_holds_while_speakers_are_called_one_after_another(meeting):
    press(meeting, calling.call, DEADLINE, seen=" ".join(asked(meeting, calling.call, DEADLINE)))
    press(meeting, calling.begin, DEADLINE + MINUTE)

    press(meeting, calling.advance, DEADLINE + 4 * MINUTE)
    press(meeting, calling.begin, DEADLINE + 5 * MINUTE)

    words = asked(meeting, calling.advance, DEADLINE + 65 * MINUTE)
    assert current(meeting).of.code == "BBB"
    press(meeting, calling.advance, DEADLINE + 65 * MINUTE, seen=" ".join(words))
    assert current(meeting).of.code == "CCC"


def test_before_the_last_sitting_a_conclusion_says_who_is_mailed(meeting):
    words = asked(meeting, suspending.conclude, NOON)

    assert words == [
        "It is early: the sitting starts on Tuesday, 6 September 2016, 3:00 p.m. (New York time).",
        "3 entries of the list are recorded as not reached, and their delegations are mailed.",
    ]
    suspending.conclude(meeting, by=STAFF, at=NOON, seen=" ".join(words))
    assert state_of(meeting, "AAA") == Turn.State.NOT_REACHED
    assert Message.objects.filter(kind="floor.in_lieu").count() == 3


def test_one_more_entry_is_asked_about_again_before_it_is_not_reached(meeting):
    words = " ".join(asked(meeting, suspending.conclude, NOON))
    speak(meeting, 0, 100)

    again = asked(meeting, suspending.conclude, NOON, seen=words)

    assert again[-1] == "2 entries of the list are recorded as not reached, and their delegations are mailed."


def test_concluding_closes_a_list_that_is_open_and_says_so_before(meeting):
    words = asked(meeting, suspending.conclude, OPEN)
    assert words[1:] == [
        STILL_OPEN,
        "3 entries of the list are recorded as not reached, and their delegations are mailed.",
        "The list closes, is established, and every inscribed delegation is mailed its place.",
    ]

    suspending.conclude(meeting, by=STAFF, at=OPEN, seen=" ".join(words))

    meeting.speakers_list.refresh_from_db()
    assert not meeting.speakers_list.accepts_inscriptions(OPEN)
    assert Revision.objects.get().kind == Revision.Kind.ESTABLISHED
    assert Message.objects.filter(kind="speakers.established").count() == 3


def test_during_the_last_sitting_the_meeting_is_concluded_at_once(meeting):
    suspending.conclude(meeting, by=STAFF, at=AFTERNOON - 15 * MINUTE)

    assert Room.objects.get().concluded_at


def test_a_rehearsal_is_asked_as_on_the_day():
    meeting = make_room("AAA", "BBB", is_rehearsal=True)

    assert asked(meeting, calling.call, DEADLINE)[0] == EARLY
    press(meeting, calling.call, after(0))
    assert current(meeting).of.code == "AAA"


def test_a_meeting_without_sittings_is_asked_by_its_own_hours(meeting):
    Sitting.objects.all().delete()

    assert asked(meeting, calling.call, DEADLINE)[0] == EARLY
    press(meeting, calling.call, after(0))
    assert current(meeting).of.code == "AAA"


@pytest.fixture
def two_lists(meeting):
    """The main list is closed; a panel has an entry, and its list is open until the Chair closes it."""
    panel = make_panel(meeting, closes_when_announced=True)
    make_inscription(panel.meeting_at_hand, make_delegation("PPP"))
    return meeting


CHAIR = "when the Chair announces it, about Friday, 2 September 2016, 1:00 p.m. (New York time)"
CLOSES = "The list closes, is established, and every inscribed delegation is mailed its place."


def test_a_conclusion_asks_about_a_list_beside_the_heard_one_that_is_open(two_lists):
    words = asked(two_lists, suspending.conclude, AFTERNOON + MINUTE)

    assert words == [
        f"Inscription on “Panel” is still open, until {CHAIR}.",
        "4 entries of the list are recorded as not reached, and their delegations are mailed.",
        CLOSES,
    ]
    suspending.conclude(two_lists, by=STAFF, at=AFTERNOON + MINUTE, seen=" ".join(words))
    assert SpeakersList.objects.get(slug="panel").closed_at == AFTERNOON + MINUTE


def test_of_several_open_lists_a_conclusion_names_each(two_lists):
    SpeakersList.objects.filter(slug="").update(closes_when_announced=True)

    words = asked(two_lists, suspending.conclude, AFTERNOON)

    assert [each.partition(" is still open")[0] for each in words[:2]] == [
        "Inscription on “Main list”",
        "Inscription on “Panel”",
    ]
    assert words[-1] == CLOSES


def test_once_every_list_is_closed_a_conclusion_in_the_last_sitting_asks_nothing(two_lists):
    SpeakersList.objects.filter(slug="panel").update(closed_at=NOON)

    suspending.conclude(two_lists, by=STAFF, at=AFTERNOON)

    assert Room.objects.get().concluded_at == AFTERNOON


def test_a_call_asks_of_the_heard_list_alone(two_lists):
    press(two_lists, calling.call, MORNING)

    assert current(two_lists).of.code == "AAA"
