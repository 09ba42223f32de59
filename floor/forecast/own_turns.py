"""A delegation's own turns, as its telephone shows them in the room: place, how many before it, when.  R-41 R-43"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from floor.forecast import live_forecast
from floor.models import Turn


@dataclass(frozen=True, slots=True)
class OwnTurn:
    """One entry of the delegation: its `turn` and `place`; while it waits, how many come `before` it, and when."""

    turn: Turn
    place: int | None
    before: int | None
    about: str

    @property
    def is_next(self) -> bool:
        return self.before == 0


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


def _places(floor):
    """Every turn of `floor` by its identity, each with how many come before it while it waits."""
    waiting = {standing.turn.identity: before for before, standing in enumerate(floor.waiting)}
    return {each.turn.identity: (each, waiting.get(each.turn.identity)) for each in floor.everyone}
