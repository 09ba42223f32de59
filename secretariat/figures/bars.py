"""The geometry of a bar in a row of a table; `templates/admin/figures/_bar.html` draws it."""

from dataclasses import dataclass

from spelling.across import Across

WIDTH = 1000
ACROSS = Across(WIDTH)


@dataclass(frozen=True)
class Piece:
    """A part of a bar, in units of its view box, and how it is drawn: “frame”, “whole” or “part”."""

    kind: str
    x: int
    width: int


def from_the_start(lengths: dict[str, int], longest: int) -> list[Piece]:
    """Bars over each other that begin at the beginning of a line, a kind for each of the `lengths`."""
    return [
        Piece(kind, ACROSS.at(0, _scaled(length, longest)), _scaled(length, longest))
        for kind, length in lengths.items()
        if length
    ]


def in_the_middle(length: int, longest: int) -> list[Piece]:
    """One bar in the middle of the line, as those of a funnel are."""
    width = _scaled(length, longest)
    return [Piece("whole", (WIDTH - width) // 2, width)] if length else []


def _scaled(length, longest):
    return round(length * WIDTH / longest) if longest else 0
