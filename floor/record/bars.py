"""The geometry of the bar charts of the statistics; `templates/floor/_bars.html` and `_lengths.html` draw them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from floor.clock.clock_face import minutes_and_seconds
from floor.record.statistics import Share
from spelling.across import Across

# The width of the chart; for each bar, the height of its row, of the label above it, and the space for the value.
WIDTH, ROW, LABEL, VALUES = 1200, 100, 44, 150
TALL, MARGIN, HEAD = 420, 70, 30
# Between a bar or a line and its number.
BESIDE = 14
ACROSS = Across(WIDTH)
# Seconds between two grid lines; the first step that needs at most six lines is used.
STEPS = (30, 60, 120, 180, 300, 600, 1200)


@dataclass(frozen=True)
class Bars:
    """Horizontal bars, one for each share: the total speaking time, and how much of it was overtime."""

    rows: list[dict]
    height: int
    width: int = WIDTH


def of_shares(shares: list[Share]) -> Bars | None:
    """The `Bars` of `shares` (see `statistics`); None if there are none."""
    longest = max((share.seconds for share in shares), default=0)
    if not longest:
        return None
    scale = (WIDTH - VALUES) / longest
    rows = [_row(share, number * ROW + LABEL, scale) for number, share in enumerate(shares)]
    return Bars(rows, height=ROW * len(shares))


def _row(share, y, scale):
    whole, over = round(share.seconds * scale), round(share.overtime_seconds * scale)
    return {
        "label": share.label,
        "label_x": ACROSS.at(0),
        "y": y,
        "x": ACROSS.at(0, whole),
        "width": whole,
        "over": over,
        "over_x": ACROSS.at(whole - over, over),
        "value": in_minutes(share.seconds),
        "value_x": ACROSS.at(whole + BESIDE),
    }


@dataclass(frozen=True)
class Lengths:
    """Vertical bars in speaking order: how long each statement was, and the limit that applied to it."""

    bars: list[dict]
    lines: list[dict]
    width: int = WIDTH
    height: int = TALL + MARGIN
    bottom: int = TALL

    @property
    def first(self) -> int:
        """Where the first statement begins, and the lines."""
        return ACROSS.at(MARGIN)

    @property
    def last(self) -> int:
        """Where the last statement ends."""
        return ACROSS.at(WIDTH)

    @property
    def beside(self) -> int:
        """Where the number of a line stands."""
        return ACROSS.at(MARGIN - BESIDE)


def of_lengths(record: dict[str, Any]) -> Lengths | None:
    """The `Lengths` of the statements of a `record` that are over; None if there are none."""
    made = [each for each in record["statements"] if each["is_over"]]
    if not made:
        return None
    longest = max(max(each["spoke_seconds"], each["limit_seconds"]) for each in made)
    scale, wide = (TALL - HEAD) / longest, (WIDTH - MARGIN) / len(made)

    def y(seconds):
        return round(TALL - seconds * scale)

    thick = max(1, round(wide * 0.7))
    bars = [
        {
            "name": each["name"],
            "spoke": minutes_and_seconds(timedelta(seconds=each["spoke_seconds"])),
            "x": ACROSS.at(round(MARGIN + (number + 0.15) * wide), thick),
            "width": thick,
            "top": y(each["spoke_seconds"] - each["overtime_seconds"]),
            "height": TALL - y(each["spoke_seconds"] - each["overtime_seconds"]),
            "over_top": y(each["spoke_seconds"]),
            "over_height": y(each["spoke_seconds"] - each["overtime_seconds"]) - y(each["spoke_seconds"]),
            "limit": y(each["limit_seconds"]),
            "limit_from": ACROSS.at(MARGIN + number * wide),
            "limit_to": ACROSS.at(MARGIN + (number + 1) * wide),
        }
        for number, each in enumerate(made)
    ]
    step = next((each for each in STEPS if longest / each <= 6), STEPS[-1])
    lines = [{"y": y(at), "label": minutes_and_seconds(timedelta(seconds=at))} for at in range(0, longest + 1, step)]
    return Lengths(bars, lines)


def in_minutes(seconds: int) -> str:
    """A number of `seconds` as “1:02:05” or “12:30”, with hours only if there are any."""
    hours, rest = divmod(seconds, 3600)
    if not hours:
        return minutes_and_seconds(timedelta(seconds=seconds))
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
