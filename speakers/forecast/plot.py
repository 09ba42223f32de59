"""The forecast as a plot: how many have spoken by each hour, against the sittings. Geometry only.  R-44"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from math import ceil
from typing import Any, cast

from django.utils import timezone

from dialogue import moments
from dialogue.models import Meeting, Sitting
from speakers.forecast import plan
from speakers.forecast.list_forecast import ListForecast, on_the_clock, rounded
from speakers.forecast.turns import EARLY, LATE, Stretch
from spelling.across import Across

WIDTH, HEIGHT = 1440, 560
BEGINNING, END, TOP, BOTTOM = 96, 30, 64, 72
# Between a number of statements and its line.
BESIDE = 14
ACROSS = Across(WIDTH)
# The width of a break between sittings, however long it lasts, and up to how many sittings; more share what these take.
BREAK, WIDELY = 56, 4
HOUR = timedelta(hours=1)
# The least room, in units of the view box, for a character of the name of a sitting, and between two hours.
CHARACTER, TICK = 15, 130
# A day above the sittings of a meeting of several days: “Wed 6 Jul”.
SHORT_DAY = "DAY_OF_PICTURE_FORMAT"
# A curve has fewer than twice as many points.
POINTS = 40
Point = tuple[int, int]
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)


@dataclass(frozen=True)
class Axis:
    """The hours in the reading direction: the `spans` drawn to scale, and the breaks between them."""

    spans: list[Stretch]

    @cached_property
    def gap(self) -> float:
        """The width of a break."""
        return BREAK * min(1, WIDELY / len(self.spans))

    @cached_property
    def scale(self) -> float:
        """Pixels of one hour."""
        drawn = sum((span.length for span in self.spans), timedelta(0))
        return (WIDTH - BEGINNING - END - self.gap * (len(self.spans) - 1)) / (drawn / HOUR)

    def x(self, at: datetime) -> int:
        """The position of the moment `at` on the picture, from the left."""
        return ACROSS.at(self.along(at))

    def along(self, at: datetime) -> int:
        """How far the moment `at` is from the beginning; one in a break is placed at the break's beginning."""
        along = float(BEGINNING)
        for span in self.spans:
            if at <= span.ends_at or span is self.spans[-1]:
                break
            along += self.scale * (span.length / HOUR) + self.gap
        return round(along + self.scale * (max(at - span.starts_at, timedelta(0)) / HOUR))


@dataclass(frozen=True)
class Plot:
    """What `templates/speakers/_plot.html` draws, in units of its view box; `rows` holds its content as a table."""

    sittings: list[dict]
    stretches: list[dict]
    hours: list[dict]
    counts: list[dict]
    likely: str
    beyond: str
    corridor: str
    rows: list[dict]
    width: int = WIDTH
    height: int = HEIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    tall: int = HEIGHT - BOTTOM - TOP


def plot_of(ahead: ListForecast) -> Plot | None:
    """The `Plot` of a `ListForecast`; None if there is no floor time or the list is empty."""
    forecast, meeting = ahead.forecast, ahead.meeting
    if not ahead.stretches or not forecast.count:
        return None
    axis = Axis(_spans(ahead))

    def y(number):
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * number / forecast.count)

    def curve(share, numbers):
        return bent([(axis.x(cast(datetime, forecast.spoken_by(number, share))), y(number)) for number in numbers])

    fit = min(forecast.capacity, forecast.count)
    everyone = drawn(0, forecast.count)
    return Plot(
        sittings=bands(axis, ahead.sittings, meeting),
        stretches=[box(axis, stretch) for stretch in ahead.stretches],
        hours=hours(axis, meeting),
        counts=counts(forecast.count, y),
        likely=written(curve(1.0, drawn(0, fit))),
        beyond=written(curve(1.0, drawn(fit, forecast.count))) if forecast.too_many else "",
        corridor=written(curve(EARLY, everyone) + curve(LATE, reversed(everyone))),
        rows=rows(ahead),
    )


def drawn(first: int, last: int) -> list[int]:
    """The numbers of speakers from `first` to `last` at which a curve has a point: all, or fewer of many."""
    return [*range(first, last, max(1, (last - first) // POINTS)), last]


def bent(points: list[Point]) -> list[Point]:
    """The `points` at which a curve bends, with its ends: those on a straight line between others are left out."""
    kept, first = points[:1], 0
    for last in range(2, len(points)):
        if not _is_straight(points[first : last + 1]):
            first = last - 1
            kept.append(points[first])
    return [*kept, *points[1:][-1:]]


def _is_straight(points):
    """Whether each of `points` is at most a unit above or below the line from the first to the last."""
    (left, begin), (right, end) = points[0], points[-1]
    wide, tall = right - left, end - begin
    return all(abs(wide * (y - begin) - tall * (x - left)) <= abs(wide) for x, y in points)


def written(points: list[Point]) -> str:
    """The `points` as the attribute of a line or an area."""
    return " ".join(f"{x},{y}" for x, y in points)


def rows(ahead: ListForecast) -> list[dict[str, Any]]:
    """The plot as a table: each stretch of floor time, its sitting and minutes, and how many statements begin in it."""
    turns = ahead.forecast.turns
    return [
        {
            "sitting": _named(plan.sitting_at(ahead.sittings, stretch.starts_at)) if ahead.is_planned else "",
            "from": on_the_clock(stretch.starts_at, ahead.meeting),
            "to": moments.clock_in_words(rounded(stretch.ends_at, ahead.meeting), ahead.meeting, stretch.starts_at),
            "minutes": int(stretch.length / timedelta(minutes=1)),
            "count": sum(1 for turn in turns if turn.fits and stretch.starts_at <= turn.at < stretch.ends_at),
        }
        for stretch in ahead.stretches
    ]


def _spans(ahead):
    """What is drawn to scale: each sitting, the last one extended as long as the list may last."""
    hours = ahead.sittings or ahead.stretches
    *earlier, last = [Stretch(each.starts_at, each.ends_at) for each in hours]
    return [*earlier, Stretch(last.starts_at, max(last.ends_at, ahead.forecast.worst_end))]


def box(axis: Axis, stretch: Sitting | Stretch) -> dict[str, int]:
    """The position of a `stretch` of time on the `axis`: its left edge, its width, and where it begins for a reader."""
    along, end = axis.along(stretch.starts_at), axis.along(stretch.ends_at)
    return {"x": ACROSS.at(along, end - along), "width": end - along, "begins_at": ACROSS.at(along)}


def bands(axis: Axis, sittings: list[Sitting], meeting: Meeting) -> list[dict[str, Any]]:
    """The `sittings` as boxes: each with its `name`, what of it has room, and before the first of a day that `day`.

    R-64. Where not even the number has room, the hours below say which sitting it is.
    """
    drawn = []
    for day, held in moments.by_day(sittings, meeting):
        for number, sitting in enumerate(held):
            place = box(axis, sitting)
            short = "" if number or not day else moments.shown(sitting.starts_at, meeting.zone, SHORT_DAY)
            names = {"name": _named(sitting), "label": _label(sitting, meeting, place["width"])}
            drawn.append(place | names | {"day": short, "is_of_a_day": bool(day)})
    return drawn


def _named(sitting):
    name = str(sitting)
    return name[:1].upper() + name[1:]


def _label(sitting, meeting, width):
    """The name of `sitting`, or as much of it as has room in that `width`: its number, or nothing."""
    number = moments.sitting_in_short(sitting, meeting.hours, meeting)
    if not number and not meeting.has_several_days:
        return _named(sitting)
    part = number or sitting.get_part_display().capitalize()
    names = [_named(sitting), part, part.split(" ")[0]]
    return next((each for each in names if len(each) * CHARACTER <= width), "")


def hours(axis: Axis, meeting: Meeting) -> list[dict[str, Any]]:
    """A tick at whole hours, in the meeting's zone, as close as there is room; those at the ends anchored inwards."""
    ticks: list[dict[str, Any]] = []
    begun = -TICK
    between = HOUR * ceil(TICK / axis.scale)
    for span in axis.spans:
        local = timezone.localtime(span.starts_at, meeting.zone)
        at = span.starts_at - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        own: list[dict[str, Any]] = []
        while at <= span.ends_at:
            if at >= span.starts_at:
                own.append({"along": axis.along(at), "label": moments.hour_in_words(at, meeting), "anchor": "middle"})
            at += between
        if own:
            own[0]["anchor"] = "start"
        if len(own) > 1 and (between == HOUR or axis.along(span.ends_at) - own[-1]["along"] < TICK / 3):
            own[-1]["anchor"] = "end"
        if own and own[0]["along"] - begun >= TICK:
            ticks, begun = ticks + own, own[0]["along"]
    return [tick | {"x": ACROSS.at(tick["along"])} for tick in ticks]


def counts(highest: int, y: Callable[[int], int]) -> list[dict[str, int]]:
    """Horizontal lines at round numbers up to `highest`, and where the number of each stands; `y` is its height."""
    ends = {"x1": ACROSS.at(BEGINNING), "x2": ACROSS.at(WIDTH - END), "beside": ACROSS.at(BEGINNING - BESIDE)}
    return [ends | {"y": y(number), "label": number} for number in range(0, highest + 1, step(highest))]


def step(highest: int) -> int:
    """The interval between horizontal lines, chosen so that there are at most six."""
    return next((step for step in STEPS if highest / step <= 6), STEPS[-1])
