"""Reading the floor of a meeting in few queries: who has it, who is waiting, in which order.  R-32 R-38"""

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import Http404

import clock
from dialogue import programmes
from dialogue.models import Meeting
from floor.clock.timing import Limits
from floor.models import Room, Turn
from floor.sharing import Shared
from journal.models import Head
from speakers.order import precedence

# Seconds for which a floor is kept if nothing changes: what no journal tells is seen after them.
KEPT_FOR = 5.0
_floors = Shared(seconds=KEPT_FOR)


@dataclass(slots=True)
class Standing:
    """A turn with its `place` on the list (None outside the list) and the limit that applies to it."""

    turn: Turn
    place: precedence.Place | None
    limit: timedelta

    @property
    def number(self) -> int | None:
        """The place on the list, counted from 1; None outside the list."""
        return self.place.number if self.place else None


@dataclass(slots=True)
class Floor:
    """The floor of one meeting as it was when it was read.

    `version` is the number of acts in the meeting's journal: it rises with each, whichever app records it. One that was
    read for everyone has a `key`, which names all that it follows from, and keeps what is worked out from it.
    """

    meeting: Meeting
    room: Room
    version: int
    listed: list[Standing]
    inserted: list[Standing]
    replies: list[Standing]
    sittings: list = field(default_factory=list)
    key: str = ""
    kept: Shared | None = None

    def shared(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What `make()` works out from this floor: once for all who ask under `key`, if it was read for everyone."""
        return self.kept.get(key, make) if self.kept else make()

    @property
    def everyone(self) -> list[Standing]:
        return [*self.listed, *self.inserted, *self.replies]

    @property
    def current(self) -> Standing | None:
        """The turn that has the floor, called or speaking; None while no one has it."""
        return next((standing for standing in self.everyone if standing.turn.has_the_floor), None)

    @property
    def waiting(self) -> list[Standing]:
        """The waiting turns in the order in which they will be called: the list with insertions, then the replies."""
        waiting = [standing for standing in self.listed if standing.turn.is_waiting]
        for inserted in reversed([standing for standing in self.inserted if standing.turn.is_waiting]):
            waiting.insert(_position(inserted, waiting), inserted)
        if self.room.allows_replies:
            waiting += [standing for standing in self.replies if standing.turn.is_waiting]
        return waiting

    def find(self, identity: str | UUID) -> Standing | None:
        """The standing whose turn has this `identity` (see `Turn.identity`); or None."""
        return next((each for each in self.everyone if each.turn.identity == str(identity)), None)

    def count(self, *states: Any) -> int:
        """How many turns, on the list and outside it, are in one of `states`."""
        return sum(standing.turn.state in states for standing in self.everyone)


def _position(inserted, waiting):
    """The index at which a turn `inserted` outside the list joins `waiting`: before its anchor, or first."""
    anchors = [each.turn.inscription and each.turn.inscription.pk for each in waiting]
    anchor = inserted.turn.stands_before_id
    return anchors.index(anchor) if anchor is not None and anchor in anchors else 0


def read(meeting: Meeting) -> Floor:
    """The `Floor` of `meeting`, in four queries whatever the number of entries; writes nothing.

    A meeting that has not come to the room yet is read as one in which every entry is waiting.
    """
    return _floor(meeting, list(_rows(Meeting.objects.filter(pk=meeting.pk), meeting.slug)))


def read_published(slug: str) -> tuple[Floor, datetime]:
    """The `Floor` of the published meeting at `slug`, and its moment now, for pages that change nothing.  R-03

    One query says whether anything has changed; if so, three more read the floor, once for all who ask. Raises
    `Http404`.
    """
    return _shared(Meeting.objects.published().filter(slug=slug), slug)


def read_shared(meeting: Meeting) -> tuple[Floor, datetime]:
    """The `Floor` of `meeting` and its moment now, as `read_published` reads it, for pages of staff."""
    return _shared(Meeting.objects.filter(pk=meeting.pk), meeting.slug)


def _shared(meetings, slug):
    rows, at = clock.read_with(_rows(meetings, slug).annotate(beside=_acts_beside_meetings()))
    if not rows:
        raise Http404
    key = _key(rows)

    def read():
        floor = _floor(rows[0], rows)
        floor.key, floor.kept = key, Shared(seconds=KEPT_FOR)
        return floor

    return _floors.get(key, read), rows[0].moment(at)


def _key(rows):
    """All that the rows of a meeting say, but for the moment at which they were read."""
    facts = [(name, value) for name, value in vars(rows[0]).items() if name not in {"_state", "read_at"}]
    room = [value for name, value in vars(getattr(rows[0], "room", None) or Room()).items() if name != "_state"]
    sittings = [(row.sitting_part, row.from_at, row.to_at) for row in rows]
    return hashlib.sha256(repr((facts, room, sittings)).encode()).hexdigest()


def _acts_beside_meetings():
    """How many acts were recorded on what no meeting owns, such as the names of delegations."""
    others = Head.objects.exclude(stream__startswith=Meeting(slug="").journal_stream)
    return Subquery(
        others.annotate(all=Value(1)).order_by().values("all").annotate(acts=Sum("sequence")).values("acts")
    )


def forget() -> None:
    """Forget every floor that was read for everyone, as a process that has just begun."""
    _floors.forget()


def _rows(meetings, slug):
    """The one meeting of the QuerySet `meetings`, at `slug`, with its room, its version and its sittings.

    The version is read before anything that may change, so that it is never newer than what is shown with it.
    """
    acts = Head.objects.filter(stream=Meeting(slug=slug).journal_stream).values("sequence")
    found = meetings.select_related("room").defer("invitation", "purpose")
    return programmes.with_sittings(found.annotate(version=Coalesce(Subquery(acts), Value(0))))


def _floor(meeting, rows):
    room = getattr(rows[0], "room", None) or Room()
    room.meeting = meeting
    limits = Limits.of(meeting, room)
    standing = meeting.inscriptions.standing().with_place(on=meeting.starts_on)
    entries = standing.select_related("delegation", "level", "turn", "pinned_before__delegation")
    others = [
        Standing(turn, None, limits.for_turn(turn, None))
        for turn in meeting.turns.off_the_list().select_related("delegation")
    ]
    return Floor(
        meeting=meeting,
        room=room,
        version=rows[0].version,
        listed=[_listed(place, meeting, limits) for place in precedence.places(entries, precedence.Rules.of(meeting))],
        inserted=[each for each in others if each.turn.kind == Turn.Kind.INSERTED],
        replies=[each for each in others if each.turn.kind == Turn.Kind.REPLY],
        sittings=programmes.sittings_in(rows),
    )


def _listed(place, meeting, limits):
    """The `Standing` of an entry of the list; an entry not yet acted on has a turn that is not stored."""
    entry = place.inscription
    entry.meeting = meeting
    turn = getattr(entry, "turn", None) or Turn(meeting=meeting, inscription=entry)
    turn.inscription = entry
    return Standing(turn, place, limits.for_turn(turn, place.band))
