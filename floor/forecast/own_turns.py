"""A delegation's own turns, as its telephone shows them in the room: place, how many before it, when.  R-41 R-43"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from floor.forecast import live_forecast
from floor.models import Turn
from speakers.models import Inscription


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


def of(floor: Any, entries: list[Inscription], at: datetime) -> list[OwnTurn]:
    """The `OwnTurn` of each of `entries` that is on the list of `floor`, in speaking order (one query, if any)."""
    found = [standing for entry in entries if (standing := floor.find(entry.public_id))]
    if not found:
        return []
    foreseen = live_forecast.of(floor, at)
    waiting = [standing.turn.identity for standing in floor.waiting]
    return [
        OwnTurn(
            turn=standing.turn,
            place=standing.number,
            before=waiting.index(standing.turn.identity) if standing.turn.identity in waiting else None,
            about=live_forecast.about(floor, foreseen, standing.turn),
        )
        for standing in sorted(found, key=lambda each: each.number or 0)
    ]
