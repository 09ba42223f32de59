"""Durations as a clock shows them."""

from datetime import timedelta


def minutes_and_seconds(duration: timedelta) -> str:
    """A `duration` as “2:05”; overtime, which is negative, as “+0:12”. A second that has begun counts in full."""
    seconds = duration.total_seconds()
    whole = int(-seconds) if seconds < 0 else int(-(-seconds // 1))
    return f"{'+' if seconds < 0 else ''}{whole // 60}:{whole % 60:02d}"
