"""When a list is heard: its sittings, and in them the time that the programme leaves to it.  R-43 R-62 R-64"""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any, NamedTuple, cast

from django.core.cache import caches

from dialogue.freshness import FACTS, SECOND
from dialogue.models import Meeting, ProgrammeSlot, room_of, sitting_then, texts
from speakers.forecast import plan
from speakers.forecast.turns import Stretch, floor_time
from speakers.models import SpeakersList
from speakers.order import precedence

# What takes time from the list once the floor is open: the programme's own speakers.
RESERVED = {
    ProgrammeSlot.Kind.OPENING,
    ProgrammeSlot.Kind.INTRODUCTION,
    ProgrammeSlot.Kind.PANEL,
    ProgrammeSlot.Kind.CLOSING,
}


class TimedSlot(NamedTuple):
    """A slot of the programme, as far as the forecast needs it."""

    starts_at: datetime | None
    kind: str
    list_slug: str = ""
    ends_at: datetime | None = None
    place: Any = ""


def timed_slots(meeting: Meeting) -> list[TimedSlot]:
    """The slots of the programme of `meeting` as plain values, which each process reads at most once a second."""
    read = lambda: [TimedSlot(*row) for row in meeting.slots.values_list(*TimedSlot._fields)]  # noqa: E731
    return cast(list[TimedSlot], caches[FACTS].get_or_set(f"timed-slots/{meeting.pk}", read, SECOND))


def time_of(
    speakers_list: SpeakersList, slots: list[Any], at: datetime, *, from_at: datetime | None = None
) -> list[Stretch]:
    """The floor time of `speakers_list`, as it is known at the moment `at`, from `from_at` on.  R-43

    If that is not given, from the moment `at` or the opening of the floor, whichever is later.
    """
    opens_at, hours = floor_opens_at(speakers_list, slots, at), hours_of(speakers_list, slots, at)
    taken = reserved(here(speakers_list, slots, at), hours, opens_at)
    return floor_time(hours, taken, from_at=from_at or max(at, opens_at))


def floor_opens_at(speakers_list: SpeakersList, slots: list[Any], at: datetime | None = None) -> datetime:
    """When `speakers_list` begins: for the main list as its meeting says; or the programme, or else its hours.  R-43

    Another that the room hears has begun at the moment `at`, if that is given.  R-62
    """
    meeting = speakers_list.meeting
    if at and speakers_list.slug and speakers_list.is_heard:
        return at
    if meeting.floor_opens_at and not speakers_list.slug:
        return meeting.floor_opens_at
    told = [at for slug, at in _openings(slots) if slug == speakers_list.slug]
    first = speakers_list.hours[0] if speakers_list.hours and speakers_list.heard_in else meeting
    return min(told, default=first.starts_at)


def _openings(slots):
    """Each list that a line of the programme begins, and when: without a time of its own, after the line before it.

    That is a line at the same place.
    """
    passed: dict[str, datetime | None] = {}
    for slot in slots:
        place = texts.known_by(slot.place)
        before = passed.get(place)
        if slot.kind == ProgrammeSlot.Kind.FLOOR and (slot.starts_at or before):
            yield slot.list_slug, slot.starts_at or before
        passed[place] = slot.ends_at or slot.starts_at or before


def sittings_of(speakers_list: SpeakersList, at: datetime, places: Sequence[precedence.Place] = ()) -> list[Any]:
    """The sittings in which `speakers_list` is heard: its own and, if the room hears it, the one held at `at`.  R-62

    And, of the `places` on it if they are given, those in which an entry was called.
    """
    around, own, is_now = speakers_list.hours_around, speakers_list.hours, speakers_list.is_heard
    moments = [place.inscription.called_at for place in places]
    called = {sitting_then(around, each, own) for each in moments if each}
    now = sitting_then(around, at, own) if is_now else None
    return [each for each in around if each in own or each in called or (each == now and each.is_held_at(at))]


def sittings_to_come(speakers_list: SpeakersList, slots: list[Any], at: datetime) -> list[Any]:
    """The sittings not over at the moment `at` in which `speakers_list` is heard and has time, in order.  R-62 R-64"""
    held = [each for each in sittings_of(speakers_list, at) if each.ends_at > at]
    times = plan.times_of(held, hours_of(speakers_list, slots, at))
    return [each for each, time in zip(held, times, strict=True) if time]


def hours_of(speakers_list: SpeakersList, slots: list[Any], at: datetime) -> list[Stretch]:
    """When `speakers_list` is heard, as far as it is known: its sittings, or the meeting if that has none.  R-62

    If lines of the programme name lists, each has the time from its line to the next such line. The list that the room
    hears at the moment `at` has the time from then on. None is known of a list beside the main one before its terms or
    the programme say when it is heard.
    """
    slug, meeting, named = speakers_list.slug, speakers_list.meeting, [slot for slot in slots if _hears(slot)]
    if slug and not (speakers_list.heard_in or speakers_list.is_heard or slug in {each.list_slug for each in named}):
        return []
    sittings = sittings_of(speakers_list, at)
    rooms = {each.room for each in sittings}
    if len(rooms) < 2 and not any(str(each.place) for each in meeting.hours):
        return _in_a_room(sittings or [meeting], named, speakers_list, at)
    there = {room: [each for each in named if _room_heard(each, meeting.hours) == room] for room in rooms}
    held = {room: [each for each in sittings if each.room == room] for room in rooms}
    parts = [part for room in rooms for part in _in_a_room(held[room], there[room], speakers_list, at)]
    return sorted(parts, key=lambda part: part.starts_at)


def _in_a_room(sittings, named, speakers_list, at):
    """When the list is heard in these `sittings`, all in one room, in which the lines `named` name lists."""
    hours = [Stretch(each.starts_at, each.ends_at) for each in sittings]
    if {each.list_slug for each in named} <= {""}:
        return hours
    lines = sorted((each.starts_at, each.list_slug) for each in named)
    others = _of_others(lines, speakers_list.slug, heard_from=at if speakers_list.is_heard else None)
    return floor_time(hours, others, from_at=hours[0].starts_at)


def _room_heard(slot, sittings):
    """In which room a line names a list: its own or, if no sitting is held there, the only one that there is then."""
    room, there = room_of(slot, sittings), {each.room for each in sittings if each.is_held_at(slot.starts_at)}
    return room if room in there or len(there) != 1 else there.pop()


def _of_others(named, slug, *, heard_from):
    """The time that the programme gives to lists beside `slug`, which the room hears from `heard_from`, if it does."""
    first = datetime.min.replace(tzinfo=UTC)
    turns = sorted([(first, ""), *named, *([(heard_from, slug)] if heard_from else [])])
    ends = [*(starts_at for starts_at, _name in turns[1:]), datetime.max.replace(tzinfo=UTC)]
    return [Stretch(starts_at, end) for (starts_at, name), end in zip(turns, ends, strict=True) if name != slug]


def _hears(slot):
    """Does the room begin to hear a list with this line of the programme?"""
    return slot.kind == ProgrammeSlot.Kind.FLOOR and slot.starts_at is not None


def here(speakers_list: SpeakersList, slots: list[Any], at: datetime) -> list[Any]:
    """The `slots` in the sittings in which `speakers_list` is heard at the moment `at`, in their rooms.  R-31 R-62

    What is held elsewhere, or is no part of a sitting, takes no time from the list.
    """
    timed = [slot for slot in slots if slot.starts_at and slot.kind != ProgrammeSlot.Kind.EVENT]
    every = speakers_list.meeting.hours
    if not any(str(each.place) for each in every):
        return [slot for slot in timed if not str(slot.place)]
    rooms = [(each, each.room) for each in sittings_of(speakers_list, at)]
    return [
        slot
        for slot in timed
        if any(each.is_held_at(slot.starts_at) and room == room_of(slot, every) for each, room in rooms)
    ]


def reserved(slots: list[Any], hours: list[Stretch], opens_at: datetime) -> list[Stretch]:
    """What the programme keeps for its speakers after `opens_at`: a slot lasts to its end, the next or its sitting's.

    The `slots` have a time, and are held where the list is heard (see `here`).
    """
    timed = sorted(slots, key=lambda slot: slot.starts_at)
    taken = []
    for slot, following in zip_longest(timed, timed[1:]):
        sitting = next((each for each in hours if each.starts_at <= slot.starts_at < each.ends_at), None)
        if sitting and slot.kind in RESERVED and slot.starts_at > opens_at:
            next_at = slot.ends_at or (following.starts_at if following else sitting.ends_at)
            taken.append(Stretch(slot.starts_at, min(next_at, sitting.ends_at)))
    return taken
