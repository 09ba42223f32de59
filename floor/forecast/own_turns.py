"""A delegation's own turns, as its telephone shows them in the room: place, how many before it, when.  R-41 R-43"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from floor.forecast import live_forecast
from floor.models import Turn
from speakers.models import Delegation
from speakers.models.delegation import is_civil_society


@dataclass(frozen=True, slots=True)
class OwnTurn:
    """One entry of the delegation: its `turn` and `place`; while it waits, how many come `before` it, and when.

    `of_list` names its list, where the meeting has several; `is_heard` says whether the room hears that list.  R-62
    """

    turn: Turn
    place: int | None
    before: int | None
    about: str
    of_list: str = ""
    is_heard: bool = True

    @property
    def is_next(self) -> bool:
        return self.before == 0


def of_every_list(floor: Any, beside: list[Any], entries: Collection[UUID], at: datetime) -> list[OwnTurn]:
    """The `OwnTurn` of each of `entries` on the list of `floor`, which the room hears, and `beside` it.  R-62"""
    if not beside:
        return of(floor, entries, at)
    return [
        replace(own, of_list=each.meeting.speakers_list.name, is_heard=each is floor)
        for each in (floor, *beside)
        for own in of(each, entries, at)
    ]


def of(floor: Any, entries: Iterable[UUID], at: datetime) -> list[OwnTurn]:
    """The `OwnTurn` of each of `entries` (their public ids) on the list of `floor`, in speaking order."""
    places = floor.shared("places", lambda: _places(floor))
    found = [places[identity] for entry in entries if (identity := str(entry)) in places]
    if not found:
        return []
    foreseen = live_forecast.of(floor, at)
    return [
        OwnTurn(
            turn=standing.turn,
            place=standing.number,
            before=before,
            about=live_forecast.about(floor, foreseen, standing.turn),
        )
        for standing, before in sorted(found, key=lambda each: each[0].number or 0)
    ]


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """What a delegation of the reader's may do on the open floor.  R-70

    `turn` is its request that waits or has been called, if there is one; while it waits for its turn in the queue,
    `before` delegations asked before it; once the moderator has taken it, so many speakers come before it. `ahead` are
    all who speak before it, those of the list too.
    """

    delegation: Delegation
    turn: Turn | None
    before: int | None
    about: str
    ahead: int | None = None


def requests_of(floor: Any, delegations: Iterable[Delegation], at: datetime) -> list[OwnRequest]:
    """The `OwnRequest` of each of `delegations`, except those of civil society, which the officer enters.  R-15 R-70"""
    return [_request_of(floor, each, at) for each in delegations if not is_civil_society(each.code)]


def _request_of(floor, delegation, at):
    asked = [each for each in floor.asked if each.turn.delegation_id == delegation.pk]
    found = next((each for each in asked if each.turn.is_waiting or each.turn.has_the_floor), None)
    if found is None:
        return OwnRequest(delegation, None, None, "")
    queue = floor.waiting if found.turn.taken_at else floor.queue
    before = queue.index(found) if found.turn.is_waiting else None
    ahead = floor.waiting.index(found) if found.turn.is_waiting else None
    about = live_forecast.about(floor, live_forecast.of(floor, at), found.turn)
    return OwnRequest(delegation, found.turn, before, about, ahead)


def _places(floor):
    """Every turn of `floor` by its identity, each with how many come before it while it waits."""
    waiting = {standing.turn.identity: before for before, standing in enumerate(floor.waiting)}
    return {each.turn.identity: (each, waiting.get(each.turn.identity)) for each in floor.everyone}
