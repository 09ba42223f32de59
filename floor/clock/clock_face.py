"""Durations and colours as a clock shows them."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from floor.clock.timing import AMBER, GREEN, RED


def minutes_and_seconds(duration: timedelta) -> str:
    """A `duration` as “2:05”; overtime, which is negative, as “+0:12”. A second that has begun counts in full."""
    seconds = duration.total_seconds()
    whole = int(-seconds) if seconds < 0 else int(-(-seconds // 1))
    return f"{'+' if seconds < 0 else ''}{whole // 60}:{whole % 60:02d}"


def in_words(colour: str) -> str:
    """What a `colour` of the clock means, for readers who cannot see the colour."""
    return {GREEN: _("time left"), AMBER: _("30 seconds or less"), RED: _("overtime")}[colour]


def of_current(current: dict[str, Any] | None) -> dict[str, Any] | None:
    """What a page shows of the clock of `current` (see `floor.state.speaking`), or None if no one has the floor."""
    if current is None:
        return None
    return current | {
        "face": minutes_and_seconds(timedelta(seconds=current["left_seconds"])),
        "limit": minutes_and_seconds(timedelta(seconds=current["limit_seconds"])),
        "words": in_words(current["colour"]),
    }


def all_words() -> dict[str, str]:
    """What each colour means, for the page's script, which keeps the clock running."""
    return {colour: in_words(colour) for colour in (GREEN, AMBER, RED)}
