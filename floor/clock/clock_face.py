"""Durations and colours as they are read from a clock."""

from datetime import timedelta

from django.utils.translation import gettext as _

from floor.clock.timing import AMBER, GREEN, RED


def minutes_and_seconds(duration):
    """A `duration` as “2:05”; overtime, which is negative, as “+0:12”. A second that has begun is shown."""
    seconds = duration.total_seconds()
    whole = int(-seconds) if seconds < 0 else int(-(-seconds // 1))
    return f"{'+' if seconds < 0 else ''}{whole // 60}:{whole % 60:02d}"


def in_words(colour):
    """What a `colour` of the clock says, for whoever does not see colours."""
    return {GREEN: _("time left"), AMBER: _("less than 30 seconds"), RED: _("overtime")}[colour]


def of_current(current):
    """What a page shows of the clock of `current` (see `floor.state.speaking`), or None where nobody has the floor."""
    if current is None:
        return None
    return current | {
        "face": minutes_and_seconds(timedelta(seconds=current["left_seconds"])),
        "limit": minutes_and_seconds(timedelta(seconds=current["limit_seconds"])),
        "words": in_words(current["colour"]),
    }


def all_words():
    """What each colour says, for the script that goes on."""
    return {colour: in_words(colour) for colour in (GREEN, AMBER, RED)}
