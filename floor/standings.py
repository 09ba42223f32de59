"""Reading the floor of a meeting in few queries: who has it, who is waiting, in which order.  R-32 R-38"""

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import Http404

import clock
from acts.sharing import Shared
from dialogue import programmes
from dialogue.models import MEETINGS, Meeting
from floor import calling_order
from floor.clock import interruptions
from floor.clock.timing import Limits
from floor.models import Interruption, Room, Turn
from journal.models import Head
from journal.position import acts_so_far
from speakers.models import SpeakersList
from speakers.models.joining import fetch_joined
from speakers.order import precedence

# Seconds for which a floor is kept if nothing changes: what no journal tells is seen after them.
KEPT_FOR = 5.0
_floors = Shared(seconds=KEPT_FOR)
# Of the lists of a meeting, the one that the room hears.
HEARD = {"slug": F("meeting__hears")}


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

    `version` is the number of acts in the meeting's journal, with those on its other lists: it rises with each,
    whichever app records it. `listed` are the entries of the list that the room hears; `planned` are they in the order
    in which they are called, if that is not the order of the list (R-64). `is_one_of_several` says whether its meeting
    has other lists (R-62), `interruption` why a clock is paused. One that was read for everyone keeps what is worked
    out from it.
    """

    meeting: Meeting
    room: Room
    version: int
    listed: list[Standing]
    inserted: list[Standing]
    replies: list[Standing]
    asked: list[Standing] = field(default_factory=list)
    panel: list[Standing] = field(default_factory=list)
    sittings: list = field(default_factory=list)
    planned: list[Standing] | None = None
    kept: Shared | None = None
    is_one_of_several: bool = False
    interruption: Interruption | None = None

    def shared(self, key: Hashable, make: Callable[[], Any], *, at: datetime | None = None) -> Any:
        """What `make()` works out from this floor: once for all who ask under `key`, if it was read for everyone.

        What depends on the moment `at` is worked out once a second.
        """
        return self.kept.get(key, make, stamp=at and at.replace(microsecond=0)) if self.kept else make()

    @property
    def everyone(self) -> list[Standing]:
        return [*self.listed, *self.inserted, *self.replies, *self.asked, *self.panel]

    @property
    def current(self) -> Standing | None:
        """The turn that has the floor, called or speaking; None while no one has it."""
        return next((standing for standing in self.everyone if standing.turn.has_the_floor), None)

    @property
    def waiting(self) -> list[Standing]:
        """The waiting turns in the order in which they will be called.

        What the moderator has taken next and the panel; the list with insertions; the open floor; the replies.
        """
        listed = self.listed if self.planned is None else self.planned
        waiting = [standing for standing in listed if standing.turn.is_waiting]
        inserted = [standing for standing in self.inserted if standing.turn.is_waiting]
        waiting = [*self.taken, *_with_inserted(waiting, inserted), *self.queue]
        if self.room.allows_replies:
            waiting += [standing for standing in self.replies if standing.turn.is_waiting]
        return waiting

    @property
    def queue(self) -> list[Standing]:
        """Who asked for the floor and waits for it after the list, in the order in which the requests arrived.  R-70"""
        waiting = [each for each in self.asked if each.turn.is_waiting and each.turn.taken_at is None]
        return sorted(waiting, key=lambda each: (each.turn.asked_at, each.turn.pk))

    @property
    def taken(self) -> list[Standing]:
        """Requests that the moderator takes next, and members of the panel who are to reply, as they came.  R-70"""
        waiting = [each for each in [*self.asked, *self.panel] if each.turn.is_waiting and each.turn.taken_at]
        return sorted(waiting, key=lambda each: (each.turn.taken_at, each.turn.pk))

    def find(self, identity: str | UUID) -> Standing | None:
        """The standing whose turn has this `identity` (see `Turn.identity`); or None."""
        return next((each for each in self.everyone if each.turn.identity == str(identity)), None)

    def count(self, *states: Any) -> int:
        """How many turns, on the list and outside it, are in one of `states`."""
        return sum(standing.turn.state in states for standing in self.everyone)


def _with_inserted(waiting, inserted):
    """The `waiting` entries with turns `inserted` outside the list, each before its anchor, or first; as they came."""
    keys = {each.turn.inscription_id for each in waiting}
    before = defaultdict(list)
    for each in inserted:
        anchor = each.turn.stands_before_id
        before[anchor if anchor in keys else None].append(each)
    return [*before[None], *(turn for each in waiting for turn in (*before[each.turn.inscription_id], each))]


def read(meeting: Meeting) -> Floor:
    """The `Floor` of `meeting`, with the list that the room hears, in three queries for any number of entries.  R-62

    Writes nothing. A meeting that has not come to the room yet is read as one in which every entry is waiting.
    """
    rows, at = clock.read_with(_rows(heard(meeting), meeting.slug))
    return _floor(rows, meeting, at=at)


def heard(meeting: Meeting) -> Any:
    """The list of `meeting` that the room hears, as a QuerySet of one row.  R-62"""
    return SpeakersList.objects.filter(meeting=meeting.pk, **HEARD)


def read_list(speakers_list: SpeakersList) -> Floor:
    """The `Floor` of the meeting of `speakers_list` as if the room heard that list, as `read` reads it.  R-62"""
    own = SpeakersList.objects.filter(pk=speakers_list.pk)
    rows, at = clock.read_with(_rows(own, speakers_list.meeting.slug))
    return _floor(rows, rows[0].meeting, at=at)


def beside(floor: Floor) -> list[Floor]:
    """The floors of the other lists of the meeting of `floor`, each as if the room heard it; none if it has one list.

    Turns outside the list belong to the meeting, and are in each. Three queries for each list, and one.  R-62
    """
    if not floor.is_one_of_several:
        return []
    others = SpeakersList.objects.filter(meeting=floor.meeting.pk).exclude(pk=floor.meeting.speakers_list.pk)
    return [read_list(each) for each in others.order_by("pk")]


def of_every_list(floor: Floor) -> Floor:
    """The `floor` with the entries of every list of its meeting, those of the list that the room hears first.  R-62"""
    others = [standing for each in beside(floor) for standing in each.listed]
    if not others:
        return floor
    planned = floor.planned and [*floor.planned, *others]
    return replace(floor, listed=[*floor.listed, *others], planned=planned)


def read_published(slug: str) -> tuple[Floor, datetime]:
    """The `Floor` of the published meeting at `slug`, and its moment now, for pages that change nothing.  R-03

    One query says whether the journal has moved on; only then is the floor read again, in three, once for all who ask.
    Raises `Http404`.
    """
    floor, at = read_shared(slug)
    if not floor.meeting.is_published:
        raise Http404
    return floor, at


def read_shared(slug: str) -> tuple[Floor, datetime]:
    """The `Floor` of any meeting, as `read_published` reads it, for pages of staff. Raises `Http404`."""
    if slug in _floors:
        position, at = acts_so_far(f"{MEETINGS}{slug}", among=MEETINGS)
        floor = _floors.get(slug, lambda: _for_everyone(*_rows_or_404(slug)), stamp=position)
    else:
        rows, at = _rows_or_404(slug)
        position = (rows[0].version, rows[0].beside or 0)
        floor = _floors.get(slug, lambda: _for_everyone(rows, at), stamp=position)
    return floor, floor.meeting.moment(at)


def _of_meeting(slug):
    """The condition of the chains of the meeting at `slug`: its own, and one for each list beside the main one."""
    own = Meeting(slug=slug).journal_stream
    return Q(stream=own) | Q(stream__startswith=f"{own}/")


def _rows_or_404(slug):
    """The rows of the meeting at `slug` with what `acts_so_far` says, and the time (one query)."""
    others = Head.objects.exclude(stream__startswith=MEETINGS).annotate(every=Value(1)).order_by().values("every")
    beside = Subquery(others.annotate(acts=Sum("sequence")).values("acts"))
    heard = SpeakersList.objects.filter(meeting__slug=slug, **HEARD)
    rows, at = clock.read_with(_rows(heard, slug).annotate(beside=beside))
    if not rows:
        raise Http404
    return rows, at


def _for_everyone(rows, at):
    floor = _floor(rows, rows[0].meeting, at=at)
    floor.kept = Shared(seconds=KEPT_FOR)
    return floor


def forget() -> None:
    """Forget every floor that was read for everyone, as a process that has just begun."""
    _floors.forget()


def _rows(lists, slug):
    """The one list among `lists`, of the meeting at `slug`, with its meeting, room, version and sittings.

    The version is read before anything that may change, so that it is never newer than what is shown with it.
    """
    heads = Head.objects.filter(_of_meeting(slug)).annotate(every=Value(1)).order_by().values("every")
    acts = heads.annotate(acts=Sum("sequence")).values("acts")
    others = SpeakersList.objects.filter(meeting=OuterRef("meeting")).exclude(pk=OuterRef("pk"))
    one = lists.select_related("meeting__room").defer("meeting__invitation")
    one = one.annotate(is_one_of_several=Exists(others))
    return programmes.with_sittings(one.annotate(version=Coalesce(Subquery(acts), Value(0))), "meeting__")


def _floor(rows, meeting, *, at):
    speakers_list = meeting.speakers_list = rows[0]
    room = getattr(speakers_list.meeting, "room", None) or Room()
    meeting.hears = speakers_list.meeting.hears
    room.meeting = speakers_list.meeting = meeting
    meeting.hours = programmes.sittings_in(rows, meeting)
    limits = Limits.of(meeting, room)
    standing = speakers_list.inscriptions.standing()
    entries = list(standing.select_related("delegation", "level", "turn"))
    fetch_joined(entries)
    off_the_list = meeting.turns.off_the_list().with_names(meeting)
    others = [Standing(turn, None, limits.for_turn(turn)) for turn in off_the_list]
    places = precedence.places(entries, precedence.Rules.of(speakers_list))
    floor = Floor(
        meeting=meeting,
        room=room,
        version=rows[0].version,
        listed=[_listed(each, meeting, limits) for each in places],
        inserted=[each for each in others if each.turn.kind == Turn.Kind.INSERTED],
        replies=[each for each in others if each.turn.kind == Turn.Kind.REPLY],
        asked=[each for each in others if each.turn.kind == Turn.Kind.OPEN_FLOOR],
        panel=[each for each in others if each.turn.kind == Turn.Kind.PANEL],
        sittings=speakers_list.hours_around,
        is_one_of_several=rows[0].is_one_of_several,
    )
    floor.planned = calling_order.of(floor, meeting.moment(at))
    if current := floor.current:
        floor.interruption = interruptions.under_way(current.turn, meeting)
    return floor


def _listed(place, meeting, limits):
    """The `Standing` of an entry of the list; an entry not yet acted on has a turn that is not stored."""
    entry = place.inscription
    entry.speakers_list = meeting.speakers_list
    turn = getattr(entry, "turn", None) or Turn(meeting=meeting, inscription=entry)
    turn.inscription = entry
    return Standing(turn, place, limits.for_turn(turn))
