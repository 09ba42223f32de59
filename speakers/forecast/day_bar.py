"""A turn on its likely day, as a bar: the sittings, the turn from early to late, now. Geometry only.  R-43

Whatever it shows stands in words beside it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dialogue import moments
from speakers.forecast import plan
from speakers.forecast.list_forecast import ListForecast, turn_in_words
from speakers.forecast.turns import Turn
from spelling.across import Across

WIDTH, HEIGHT = 1000, 116
# The least width at which a turn is seen, in the units of the view box.
LEAST = 14


@dataclass(frozen=True)
class DayBar:
    """What `templates/speakers/_day_bar.html` draws; `words` says the same, and `day` is named at several days (R-64).

    `sittings` and `turn` are boxes of `x` and `width`, `likely` and `now` positions; `now` is None on another day. Time
    runs in the reading direction; each sitting is named where it `begins_at`.
    """

    sittings: list[dict[str, Any]]
    turn: dict[str, int]
    likely: int
    now: int | None
    day: str
    words: str
    width: int = WIDTH
    height: int = HEIGHT


def of_turn(turn: Turn | None, ahead: ListForecast, at: datetime) -> DayBar | None:
    """The `DayBar` of `turn` in the forecast `ahead`, at the meeting's moment `at`; None if none is foreseen."""
    meeting = ahead.meeting
    sittings = _of_its_day(turn, ahead.sittings or meeting.hours, meeting) if turn and turn.fits else []
    if not (turn and sittings):
        return None
    first, last = sittings[0].starts_at, max(each.ends_at for each in sittings)

    def x(moment):
        return round(WIDTH * (min(max(moment, first), last) - first) / (last - first))

    across = Across(WIDTH)
    return DayBar(
        sittings=[_sitting(each, x, meeting, across) for each in sittings],
        turn=_box(x(turn.earliest), x(turn.latest), across),
        likely=across.at(x(turn.at)),
        now=across.at(x(at)) if first <= at <= last else None,
        day=moments.day_in_words(turn.at, meeting) if meeting.has_several_days else "",
        words=_words(turn, plan.sitting_at(sittings, turn.at), meeting),
    )


def _of_its_day(turn, sittings, meeting):
    """Those of the `sittings` that begin on the day of the one in which the `turn` is likely to come."""
    day = _day(plan.sitting_at(sittings, turn.at) or meeting, meeting)
    return [each for each in sittings if _day(each, meeting) == day]


def _day(sitting, meeting):
    return timezone.localtime(sitting.starts_at, meeting.zone).date()


def _sitting(sitting, x, meeting, across):
    name = moments.part_in_words(sitting)
    start, width = x(sitting.starts_at), x(sitting.ends_at) - x(sitting.starts_at)
    hours = moments.range_in_words(sitting.starts_at, sitting.ends_at, meeting)
    box = {"x": across.at(start, width), "width": width, "begins_at": across.at(start)}
    return box | {"name": name[:1].upper() + name[1:], "hours": hours}


def _box(x, end, across):
    """From `x` to `end`, wide enough to be seen and within the bar."""
    width = max(end - x, LEAST)
    return {"x": across.at(max(0, min(x, WIDTH - width)), width), "width": width}


def _words(turn, sitting, meeting):
    facts = {
        "turn": turn_in_words(turn, meeting),
        "sitting": moments.part_in_words(sitting),
        "hours": moments.hours_in_words(sitting.starts_at, sitting.ends_at, meeting),
    }
    return _("Likely turn: %(turn)s (%(sitting)s, %(hours)s).") % facts
