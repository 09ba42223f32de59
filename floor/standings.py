"""Reading the floor of a meeting in few queries: who has it, who is waiting, in which order.  R-32 R-38"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404

import clock
from dialogue import programmes
from dialogue.models import Meeting
from floor.clock.timing import Limits
from floor.models import Room, Turn
from journal.models import Head
from speakers.models import SpeakersList
from speakers.order import precedence


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

    `version` is the number of acts in the meeting's journal: it rises with each, whichever app records it.
    """

    meeting: Meeting
    room: Room
    version: int
    listed: list[Standing]
    inserted: list[Standing]
    replies: list[Standing]
    sittings: list = field(default_factory=list)

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
    return _floor(list(_rows(SpeakersList.objects.filter(meeting=meeting.pk), meeting.slug)), meeting)


def read_published(slug: str) -> tuple[Floor, datetime]:
    """The `Floor` of the published meeting at `slug`, and its moment now: four queries for a whole page.  R-03

    A page that knows only its address needs no further query for the meeting or for the clock. Raises `Http404`.
    """
    rows, at = clock.read_with(_rows(SpeakersList.objects.of_published().filter(meeting__slug=slug), slug))
    if not rows:
        raise Http404
    floor = _floor(rows, rows[0].meeting)
    return floor, floor.meeting.moment(at)


def _rows(lists, slug):
    """The main list of the meeting at `slug` among `lists`, with its meeting, its room, its version and its sittings.

    The version is read before anything that may change, so that it is never newer than what is shown with it.
    """
    acts = Head.objects.filter(stream=Meeting(slug=slug).journal_stream).values("sequence")
    main = lists.filter(slug="").select_related("meeting__room").defer("meeting__invitation", "meeting__purpose")
    return programmes.with_sittings(main.annotate(version=Coalesce(Subquery(acts), Value(0))), "meeting__")


def _floor(rows, meeting):
    speakers_list = meeting.speakers_list = rows[0]
    room = getattr(speakers_list.meeting, "room", None) or Room()
    room.meeting = speakers_list.meeting = meeting
    limits = Limits.of(meeting, room)
    standing = speakers_list.inscriptions.standing().with_place(on=meeting.starts_on)
    entries = standing.select_related("delegation", "level", "turn", "pinned_before__delegation")
    others = [
        Standing(turn, None, limits.for_turn(turn, None))
        for turn in meeting.turns.off_the_list().select_related("delegation")
    ]
    return Floor(
        meeting=meeting,
        room=room,
        version=rows[0].version,
        listed=[
            _listed(place, meeting, limits)
            for place in precedence.places(entries, precedence.Rules.of(meeting.speakers_list))
        ],
        inserted=[each for each in others if each.turn.kind == Turn.Kind.INSERTED],
        replies=[each for each in others if each.turn.kind == Turn.Kind.REPLY],
        sittings=programmes.sittings_in(rows, meeting),
    )


def _listed(place, meeting, limits):
    """The `Standing` of an entry of the list; an entry not yet acted on has a turn that is not stored."""
    entry = place.inscription
    entry.speakers_list = meeting.speakers_list
    turn = getattr(entry, "turn", None) or Turn(meeting=meeting, inscription=entry)
    turn.inscription = entry
    return Standing(turn, place, limits.for_turn(turn, place.band))
