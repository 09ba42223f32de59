"""All that a person has at the coming meetings, put together from four readings.  R-12 R-22 R-43 R-59 R-62"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from i18nfield.strings import LazyI18nString

import clock
from dialogue.models import Meeting, Sitting
from languages.collation import sort_key
from speakers.entries import late_requests
from speakers.forecast import day_bar
from speakers.forecast.day_bar import DayBar
from speakers.forecast.hours import TimedSlot
from speakers.forecast.list_forecast import ListForecast, forecast_list, turn_in_words
from speakers.list_state import ListState
from speakers.mission import own_entries, own_rows
from speakers.mission.own_entries import OwnEntry
from speakers.mission.own_rows import OwnRow
from speakers.models import SpeakersList
from speakers.models.filing import Capacity
from speakers.models.interest import State
from speakers.models.swap import LIFETIME
from speakers.order import precedence
from speakers.order.precedence import Rules

# What of a meeting is long and not shown here.
LONG = ("invitation", "letter_addressees", "theme")


@dataclass(frozen=True)
class Place:
    """An `entry` of the person: the number of its place, if any, how many come before it, when its turn is likely.

    `turn` says when in words, and `speaks_at` is that moment or, of a turn not foreseen, the start of the meeting.
    `swaps` are those that it has proposed or was asked for.
    """

    entry: OwnEntry
    number: int | None
    before: int
    turn: str
    speaks_at: datetime
    bar: DayBar | None
    swaps: list[OwnRow]


@dataclass(frozen=True)
class OwnList:
    """A list of a meeting as a delegation sees it: its state, what is its own on it, and what can be filed.

    `may_inscribe` says whether its terms leave room for one more entry of the delegations (R-12). Of the `total` that
    stand, `called` is the number of the place that the room has come to, if any.
    """

    state: ListState
    takes_late_requests: bool
    may_inscribe: bool
    places: list[Place]
    total: int
    called: int | None
    rows: dict[str, list[OwnRow]]

    @property
    def speakers_list(self) -> SpeakersList:
        return self.state.speakers_list

    @property
    def held(self) -> OwnEntry | None:
        """The first of its entries that has not ended."""
        return next((place.entry for place in self.places if place.entry.is_active), None)

    @property
    def late(self) -> list[OwnRow]:
        return self.rows.get(own_rows.LATE, [])

    @property
    def interests(self) -> list[OwnRow]:
        return self.rows.get(own_rows.INTEREST, [])

    @property
    def joinings(self) -> list[OwnRow]:
        return self.rows.get(own_rows.JOINING, [])


@dataclass(frozen=True)
class OwnMeeting:
    """A meeting with its lists, the main one first."""

    meeting: Meeting
    lists: list[OwnList]


@dataclass(frozen=True)
class Mission:
    """What the person who reads mail at `address` has at the `meetings`, the nearest first, at the real moment `at`.

    `points` are the persons on record for the delegations that the address acts for.
    """

    address: str
    at: datetime
    meetings: list[OwnMeeting]
    points: list[OwnRow] = field(default_factory=list)

    @cached_property
    def colleagues(self) -> dict[str, list[OwnRow]]:
        """The persons on record, by the name of their delegation."""
        found: dict[str, list[OwnRow]] = {}
        for row in sorted(self.points, key=lambda each: (sort_key(each.name), sort_key(each.state))):
            found.setdefault(row.name, []).append(row)
        return found

    @property
    def delegations(self) -> list[str]:
        """The names of these delegations."""
        return list(self.colleagues)


def of(address: str, *, slug: str = "") -> Mission:
    """The `Mission` of `address`: of all published meetings that are not over, or of the one at `slug` in any case.

    Three statements, however many meetings, lists and entries there are; the clock is read with the first.
    """
    lists, at = _lists(slug)
    meetings = {each.meeting_id: each.meeting for each in lists}
    rows = own_rows.read(lists, list(meetings), address)
    entries = own_entries.read(lists, address) if lists else {}
    points = rows.get(own_rows.POINT, [])
    codes = {row.code: row.of for row in points}
    for key, meeting in meetings.items():
        meeting.hours = _sittings(rows.get(own_rows.SITTING, []), meeting, key)
    put = _Putting(rows, entries, codes, at)
    found = [OwnMeeting(each, put.lists_of(each, lists)) for each in meetings.values()]
    return Mission(address, at, found, points)


def _lists(slug):
    """The lists of the published meetings, in the order of these, each meeting one object; and the real moment."""
    found = SpeakersList.objects.of_published().filter(meeting__slug=slug) if slug else own_entries.not_over()
    rows = found.defer(None).defer("names", "groups", *(f"meeting__{each}" for each in LONG))
    lists, at = clock.read_with(rows.order_by("meeting__starts_at", "meeting_id", "slug"))
    meetings: dict[int, Meeting] = {}
    for each in lists:
        each.meeting = meetings.setdefault(each.meeting_id, each.meeting)
        each.is_one_of_several = sum(other.meeting_id == each.meeting_id for other in lists) > 1
        if not each.slug:
            each.meeting.speakers_list = each
    return lists, at


def _sittings(rows, meeting, key):
    held = sorted((row for row in rows if row.of == key), key=lambda row: (row.at, row.number))
    return [
        Sitting(
            pk=row.number,
            meeting=meeting,
            part=row.state,
            starts_at=row.at,
            ends_at=row.until,
            place=LazyI18nString(row.name),
        )
        for row in held
    ]


@dataclass(frozen=True)
class _Putting:
    """Puts the lists together from the `rows` and `entries` that were read; `codes` are those of the delegations."""

    rows: dict[str, list[OwnRow]]
    entries: dict[int, list[OwnEntry]]
    codes: dict[str, int]
    at: datetime

    def lists_of(self, meeting: Meeting, lists: list[SpeakersList]) -> list[OwnList]:
        """Those of the `lists` that are of `meeting`, each with what is the person's own."""
        of_it = [each for each in lists if each.meeting is meeting]
        return [self._list(each, of_it) for each in of_it]

    def _list(self, speakers_list, beside):
        at = speakers_list.meeting.moment(self.at)
        entries = self.entries.get(speakers_list.pk, [])
        standing = [each for each in entries if each.is_standing]
        places = precedence.places(standing, Rules.of(speakers_list)) if standing else []
        called = [each for each in places if each.inscription.called_at]
        last = max(called, key=lambda each: each.inscription.called_at, default=None)
        return OwnList(
            state=ListState.of(speakers_list, at),
            takes_late_requests=not late_requests.why_not_late(speakers_list, at),
            may_inscribe=self._may_inscribe(speakers_list, entries, beside),
            places=self._places(speakers_list, entries, places, at),
            total=len(places),
            called=last.number if last and speakers_list.is_heard else None,
            rows={kind: self._of(kind, [speakers_list]) for kind in own_rows.FILED},
        )

    def _places(self, speakers_list, entries, places, at):
        own = sorted((each for each in entries if each.is_own), key=lambda each: each.receipt_no)
        if not own:
            return []
        ahead = forecast_list(speakers_list, places, at=at, slots=self._slots(speakers_list))
        return [self._place(each, places, ahead, at) for each in own]

    def _place(self, entry, places, ahead: ListForecast, at):
        number = next((each.number for each in places if each.inscription is entry), None)
        waiting = [each for each in places if not each.inscription.is_called]
        turn = ahead.turn_of(entry) if entry.waits else None
        return Place(
            entry=entry,
            number=number,
            before=sum(each.number < (number or 0) for each in waiting),
            turn=turn_in_words(turn, ahead.meeting) if turn else "",
            speaks_at=turn.at if turn else ahead.meeting.starts_at,
            bar=day_bar.of_turn(turn, ahead, at),
            swaps=[
                row
                for kind in (own_rows.SWAP_TO, own_rows.SWAP_BY)
                for row in self.rows.get(kind, [])
                if row.public_id == entry.public_id and row.at and at < row.at + LIFETIME
            ],
        )

    def _slots(self, speakers_list):
        of_it = (row for row in self.rows.get(own_rows.SLOT, []) if row.of == speakers_list.meeting_id)
        return [TimedSlot(row.at, row.state, row.code, row.until, LazyI18nString(row.name)) for row in of_it]

    def _of(self, kind, lists):
        keys = {each.pk for each in lists}
        return sorted((row for row in self.rows.get(kind, []) if row.of in keys), key=_by_moment)

    def _may_inscribe(self, speakers_list, entries, beside):
        """May one of the delegations add to what it holds: in national capacity, or for a group?  R-12 R-13

        Where seats are given by selection, it may unless the only one awaits the selection; the page of the form says
        what one that was told of no seat does first. Where the terms do not
        know a delegation, the form decides.
        """
        if self.codes and not any(_is_admitted(speakers_list, code) for code in self.codes):
            return False
        if speakers_list.is_by_selection:
            interests = self._of(own_rows.INTEREST, beside)
            return not (len(self.codes) == 1 and any(row.state == State.EXPRESSED for row in interests))
        national = {
            each.delegation_code
            for each in entries
            if each.is_own and each.is_active and each.capacity == Capacity.NATIONAL
        }
        if not (national and self.codes) or not self.codes.keys() <= national:
            return True
        return any(_speaks_for_groups(speakers_list, code) for code in self.codes)


def _by_moment(row: OwnRow) -> Any:
    return row.at


def _is_admitted(speakers_list: SpeakersList, code: str) -> bool:
    """Is the list open to the delegation of `code`, by the terms of the list, or do these not know it?  R-62"""
    places = speakers_list.places or {}
    return code not in places or bool(places[code] and speakers_list.admits(places[code]["category"]))


def _speaks_for_groups(speakers_list: SpeakersList, code: str) -> bool:
    """May the delegation of `code` speak for a group, by the terms of the list, or do these not know it?  R-13"""
    places = speakers_list.places or {}
    return code not in places or bool(places[code] and places[code].get("speaks_for_groups"))
