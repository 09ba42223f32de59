"""What the page of the live list shows beside its document: likely turns, rows that can be found, and a strip.  R-43

Nothing of it is frozen: a revision holds the document alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dialogue import moments
from dialogue.models import Meeting
from speakers.forecast import list_forecast
from speakers.forecast.list_forecast import ListForecast
from speakers.models import Band
from speakers.order import precedence


def rows_of(
    document: dict[str, Any], places: list[precedence.Place], ahead: ListForecast
) -> tuple[list[dict[str, Any]], bool]:
    """The rows of the `document` with these `places`, each with its `anchor` and its `turn`; and is any turn known?"""
    turns = {turn.key: turn for turn in ahead.forecast.turns} if ahead.stretches else {}
    rows = [
        row
        | {
            "anchor": place.inscription.anchor,
            "turn": _turn(place.inscription, turns, ahead.meeting),
        }
        for row, place in zip(document["speakers"], places, strict=True)
    ]
    return rows, any(row["turn"] for row in rows)


def _turn(entry, turns, meeting):
    """When `entry` was called, or is likely to have its turn; empty if that is not known."""
    if entry.called_at:
        return _("called, %(time)s") % {"time": moments.clock_in_words(entry.called_at, meeting)}
    if (turn := turns.get(entry.pk)) is None:
        return ""
    return list_forecast.turn_in_short(turn, meeting) if turn.fits else _("time permitting")


@dataclass(frozen=True)
class Run:
    """Entries of one band that stand next to each other, by their places."""

    name: str | Promise
    first: int
    last: int

    @property
    def begins_at(self) -> int:
        return self.first - 1

    @property
    def length(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True)
class Line:
    """What comes between two places: a break, the next sitting, or the end of the time; `after` so many places."""

    after: int
    words: str


@dataclass(frozen=True)
class Strip:
    """All entries of a list in a row: its runs of bands, and the lines between its sittings."""

    length: int
    runs: list[Run]
    lines: list[Line]


def strip_of(document: dict[str, Any], meeting: Meeting) -> Strip | None:
    """The `Strip` of the `document` of a list of `meeting`; None if the list is empty."""
    rows, labels = document["speakers"], dict(Band.choices)
    runs = []
    for band, found in groupby(rows, key=lambda row: row["band"]):
        numbers = [row["place"] for row in found]
        runs.append(Run(labels.get(band, band), numbers[0], numbers[-1]))
    return Strip(len(rows), runs, _lines(document.get("sittings", []), rows, meeting)) if rows else None


def _lines(sittings: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]], meeting: Meeting) -> list[Line]:
    """A line after all who speak before each break, and one before those for whom there may be no time."""
    if not sittings:
        return []
    held = [sum(row["sitting"] == each["name"] for row in rows) for each in sittings]
    ends = [sum(held[: number + 1]) for number in range(len(held))]
    lines = [
        Line(after, _break(one, other, meeting))
        for one, other, after in zip(sittings, sittings[1:], ends, strict=False)
        if 0 < after < ends[-1]
    ]
    if 0 < ends[-1] < len(rows):
        lines.append(Line(ends[-1], _("the end of the time that is foreseen")))
    return lines


def _break(one, other, meeting):
    first, last = datetime.fromisoformat(one["ends_at"]), datetime.fromisoformat(other["starts_at"])
    return _("break, %(hours)s") % {"hours": moments.span_in_words(first, last, meeting)}
