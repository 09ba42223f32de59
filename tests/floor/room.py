"""A meeting in the room, for tests: its hours, its officers, and short ways to press the buttons."""

from datetime import UTC, datetime, timedelta

from dialogue.models import Meeting
from floor import standings
from floor.acts import calling, suspending
from floor.acts.acting import FloorRefused
from floor.models import Room
from tests.factories import STAFF, make_delegation, make_inscription, make_meeting

# Tuesday, 6 September 2016, 11:00 a.m. in New York: the floor opens.
OPENS = datetime(2016, 9, 6, 15, 0, tzinfo=UTC)


def after(seconds):
    """The moment `seconds` after the floor opened."""
    return OPENS + timedelta(seconds=seconds)


def make_room(*codes, **changes):
    """A meeting with an entry of each of the delegations `codes`, by default AAA, BBB, CCC."""
    meeting = make_meeting(**changes)
    for code in codes or ("AAA", "BBB", "CCC"):
        make_inscription(meeting, make_delegation(code))
    return meeting


def entry(meeting, code):
    """The entry of the delegation `code`."""
    return meeting.speakers_list.inscriptions.get(delegation__code=code)


def last_called(meeting):
    """The identity of the turn last called, as officers see it; if there is none, the list that is heard."""
    room = Room.objects.with_pointer().filter(meeting=meeting).first()
    hears = Meeting.objects.values_list("hears", flat=True).get(pk=meeting.pk)
    return room.pointer.identity if room and room.pointer else hears


def press(meeting, rule, at=OPENS, **typed):
    """Do the act `rule` as an officer whose page is up to date."""
    return rule(meeting, expected_current=last_called(meeting), by=STAFF, at=at, **typed)


def speak(meeting, begin, end):
    """Call the next speaker; the statement lasts from `begin` to `end` seconds after the floor opened."""
    press(meeting, calling.call, after(begin))
    press(meeting, calling.begin, after(begin))
    return press(meeting, calling.end, after(end))


def waiting(meeting):
    """The codes, or names, of those waiting, in order."""
    return [each.turn.of.code if each.turn.of else each.turn.name for each in standings.read(meeting).waiting]


def current(meeting):
    """The turn that has the floor, or None."""
    standing = standings.read(meeting).current
    return standing.turn if standing else None


def state_of(meeting, code):
    """What became of the entry of the delegation `code`."""
    return next(each.turn.state for each in standings.read(meeting).everyone if each.turn.of.code == code)


def conclude(meeting, at=OPENS):
    """Conclude the meeting, and confirm it if it is not yet time."""
    try:
        suspending.conclude(meeting, by=STAFF, at=at)
    except FloorRefused as refusal:
        words = [str(refusal), *refusal.details]
        suspending.conclude(meeting, by=STAFF, at=at, seen=" ".join(words))
