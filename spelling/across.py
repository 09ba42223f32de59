"""Positions along a picture, which runs in the reading direction of the active language; no letter is mirrored."""

from dataclasses import dataclass

from django.utils.translation import get_language_bidi


@dataclass(frozen=True)
class Across:
    """A picture of that `width`, in units of its view box."""

    width: int

    def at(self, along: float, length: float = 0) -> int:
        """The left edge of what begins `along` units after the beginning of a line, and has that `length`."""
        return round(self.width - along - length if get_language_bidi() else along)
