"""The progress of the meeting as a picture: planned, done, and likely from now on.  R-42 R-43 R-44"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dialogue import moments
from floor.models import Turn
from speakers.forecast import hours, list_forecast, plot, turns
from speakers.forecast.turns import Stretch, Waiting
from speakers.limits import of_a_further

TOP, BOTTOM = plot.TOP, plot.HEIGHT - plot.BOTTOM


@dataclass(frozen=True)
class LivePlot:
    """What `templates/floor/_progress.html` draws, in units of its view box; `rows` hold the same as a table."""

    sittings: list[dict]
    hours: list[dict]
    counts: list[dict]
    planned: str
    done: str
    likely: str
    rows: list[dict]
    width: int = plot.WIDTH
    height: int = plot.HEIGHT
    top: int = TOP
    bottom: int = BOTTOM
    tall: int = BOTTOM - TOP


def of(floor: Any, foreseen: list_forecast.ListForecast, at: datetime) -> LivePlot | None:
    """The `LivePlot` of `floor` at `at`, with `foreseen` from `live_forecast.of`; None without a list or time."""
    stretches = _planned_stretches(floor)
    if not floor.listed or not stretches:
        return None
    entries = [Waiting(each.turn.identity, each.limit) for each in floor.listed]
    planned = turns.forecast(entries, stretches, limit=of_a_further(floor.meeting.speakers_list))
    curves = {"planned": _of_forecast(planned, 0), "done": _done(floor, at, stretches[0].starts_at)}
    curves["likely"] = _of_forecast(foreseen.forecast, len(curves["done"]) - 2) if foreseen.stretches else []
    return _drawn(floor, curves)


def _planned_stretches(floor):
    """The floor time that the programme allows, from the opening of the floor."""
    meeting, slots = floor.meeting, list(floor.meeting.slots.all())
    opens_at = hours.floor_opens_at(meeting.speakers_list, slots)
    return hours.time_of(meeting.speakers_list, slots, opens_at) if floor.sittings else []


def _of_forecast(made, spoken):
    """The points (moment, how many have spoken) of a forecast that begins when `spoken` have spoken."""
    return [(made.spoken_by(number), spoken + number) for number in range(made.count + 1)]


def _done(floor, at, opened_at):
    """The points of what was done, from the opening of the floor until the moment `at`."""
    ends = sorted(each.turn.ended_at for each in floor.everyone if each.turn.state == Turn.State.DELIVERED)
    points = [(end, number) for number, end in enumerate(ends, start=1)]
    return [(opened_at, 0), *points, (max(at, opened_at), len(ends))]


def _drawn(floor, curves):
    last = max(at for points in curves.values() for at, _number in points)
    spans = [Stretch(each.starts_at, each.ends_at) for each in floor.sittings]
    axis = plot.Axis([*spans[:-1], Stretch(spans[-1].starts_at, max(spans[-1].ends_at, last))])
    highest = max(number for points in curves.values() for _at, number in points) or 1

    def y(number):
        return round(BOTTOM - (BOTTOM - TOP) * number / highest)

    drawn: dict[str, Any] = {
        name: " ".join(f"{axis.x(at)},{y(number)}" for at, number in curve) for name, curve in curves.items()
    }
    return LivePlot(
        sittings=plot.bands(axis, floor.sittings, floor.meeting),
        hours=plot.hours(axis, floor.meeting),
        counts=plot.counts(highest, y),
        rows=_rows(floor, curves),
        planned=drawn["planned"],
        done=drawn["done"],
        likely=drawn["likely"],
    )


def _rows(floor, curves):
    """The curves as a table: how many were planned, done, and likely by the end of each sitting."""
    return [
        {"at": moments.clock_in_words(each.ends_at, floor.meeting, each.starts_at), "sitting": str(each)}
        | {name: _reached(points, each.ends_at) for name, points in curves.items()}
        for each in floor.sittings
    ]


def _reached(points, at):
    """How many a curve has reached by the moment `at`; None if it begins later."""
    return max((number for moment, number in points if moment <= at), default=None)
