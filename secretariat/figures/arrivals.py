"""When the entries of a list arrived: by day, by hour in its last day, by minute in its last hour.  R-02 R-03 R-27"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue import moments
from dialogue.models import Meeting
from spelling.across import Across

WIDTH, TALL, HEAD, FOOT = 400, 150, 26, 26
ACROSS = Across(WIDTH)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
# Between the last bar and the mark of the end.
GAP = 3
DAY_NAME = "DAY_OF_PICTURE_FORMAT"


@dataclass(frozen=True)
class Panel:
    """The counts of one range of time, which `templates/admin/figures/_arrivals.html` draws.

    `spans` are its pieces, each from a moment to the next; `counts` how many arrived in each. `end_mark` names what
    comes at its end, if anything does.
    """

    heading: str
    meeting: Meeting
    spans: list[tuple[datetime, datetime]]
    counts: list[int]
    is_by_day: bool = False
    end_mark: str = ""
    width: int = WIDTH
    height: int = HEAD + TALL + FOOT
    head: int = HEAD
    bottom: int = HEAD + TALL

    @property
    def total(self) -> int:
        return sum(self.counts)

    @cached_property
    def highest(self) -> int:
        return max(self.counts, default=0)

    @property
    def bars(self) -> list[dict[str, int]]:
        """A bar for each span in which something arrived."""
        wide = WIDTH / len(self.spans)
        found = []
        for at, count in enumerate(self.counts):
            begin, end = round(wide * at), max(round(wide * (at + 1)) - 1, round(wide * at) + 1)
            tall = round(TALL * count / self.highest) if count else 0
            bar = {"x": ACROSS.at(begin, end - begin), "width": end - begin, "y": HEAD + TALL - tall, "height": tall}
            found += [bar] if count else []
        return found

    @property
    def edges(self) -> list[dict[str, Any]]:
        """Where the range begins and ends, in words, at the beginning and the end of the line."""
        first, last = self.spans[0][0], self.spans[-1][1]
        words = [self._edge(first), self._edge(last - MINUTE if self.is_by_day else last)]
        places = [(ACROSS.at(0), "start"), (ACROSS.at(WIDTH), "end")]
        return [{"x": x, "anchor": side, "words": each} for (x, side), each in zip(places, words, strict=True)]

    @property
    def end(self) -> int:
        """Where the mark stands on the picture, right after the range."""
        return ACROSS.at(WIDTH + GAP)

    def _edge(self, at):
        style = moments.shown(at, self.meeting.zone, DAY_NAME)
        return style if self.is_by_day else moments.in_short(at, self.meeting)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The table: each span in which something arrived, from when to when, and how many."""
        return [
            {"words": self._row(first, last), "count": count}
            for (first, last), count in zip(self.spans, self.counts, strict=True)
            if count
        ]

    def _row(self, first, last):
        if self.is_by_day:
            return moments.shown(first, self.meeting.zone, DAY_NAME)
        return moments.span_in_words(first, last, self.meeting)


@dataclass(frozen=True)
class Arrivals:
    """The arrivals on one list: its `panels` in order of time, and in sentences what stands apart from them."""

    name: str
    panels: list[Panel]
    end_in_words: str
    notes: list[str]

    @property
    def total(self) -> int:
        """How many the panels show."""
        return sum(panel.total for panel in self.panels)


def of_list(
    speakers_list: Any, arrived: list[datetime], *, late_requests: int, late_entries: int, at: datetime
) -> Arrivals:
    """The `Arrivals` on `speakers_list` at its meeting's moment `at`.

    `arrived` are the moments of all entries that are not late, whatever became of them; late ones are only counted. On
    a list that the Chair closes, which has no moment of its own until then, time runs to the closing or to now (R-63).
    """
    end, mark, words = _end(speakers_list, at)
    early = sorted(each for each in arrived if each < end)
    begin = min([speakers_list.opens_at, *early[:1]])
    panels = _panels(speakers_list.meeting, early, [begin, end, at], mark) if early else []
    return Arrivals(speakers_list.name, panels, words, _notes(len(arrived) - len(early), late_requests, late_entries))


def _end(speakers_list, at):
    """The moment to which time is counted, what it is in a word, and in a sentence."""
    closed_at, latest = speakers_list.closed_at, speakers_list.closes_at_latest
    if speakers_list.closes_when_announced and closed_at is None and at < latest:
        end, mark = at, _("now")
        words = _("Up to now, %(moment)s: the list closes when the Chair announces it.")
    elif (end := speakers_list.inscription_ends_at) == speakers_list.closes_at:
        mark, words = _("deadline"), _("Up to the deadline, %(moment)s.")
    else:
        mark, words = _("closing"), _("Up to the closing, %(moment)s.")
    return end, mark, words % {"moment": moments.in_words(end, speakers_list.meeting)}


def _panels(meeting, early, moments_of, mark):
    """A `Panel` for each range that has begun; `moments_of` are beginning and end of all of them, and now."""
    begin, end, at = moments_of
    last_day, last_hour = max(begin, end - DAY), max(begin, end - HOUR)
    ranges = [
        (_("By day, before the last 24 hours"), _days(begin, last_day, meeting), True),
        (_("By hour, in the last 24 hours"), _steps(last_day, last_hour, HOUR), False),
        (_("By minute, in the last hour"), _steps(last_hour, end, MINUTE), False),
    ]
    return [
        Panel(heading, meeting, spans, _counted(early, spans), is_by_day, mark if spans[-1][1] == end else "")
        for heading, spans, is_by_day in ranges
        if spans and spans[0][0] <= at
    ]


def _days(begin, end, meeting):
    """The days of the meeting's zone from `begin` to `end`; the first and the last may be parts of one."""
    spans, first = [], begin
    while first < end:
        local = timezone.localtime(first, meeting.zone)
        midnight = (local + DAY).replace(hour=0, minute=0, second=0, microsecond=0)
        spans.append((first, min(midnight.astimezone(first.tzinfo), end)))
        first = spans[-1][1]
    return spans


def _steps(begin, end, step):
    """Spans of the length `step` that end at `end`; the first, which begins at `begin`, may be shorter."""
    edges = [end]
    while edges[-1] > begin:
        edges.append(max(edges[-1] - step, begin))
    edges.reverse()
    return list(pairwise(edges))


def _counted(early, spans):
    """How many of the moments `early`, in order, lie in each of the `spans`; each is half-open."""
    counts = [0] * len(spans)
    begins = [first for first, _last in spans]
    for each in early:
        if begins[0] <= each < spans[-1][1]:
            counts[bisect_right(begins, each) - 1] += 1
    return counts


def _notes(after, late_requests, late_entries):
    said = [
        (
            after,
            ngettext(
                "%(count)d entry arrived later, by a personal extension or through the secretariat.",
                "%(count)d entries arrived later, by a personal extension or through the secretariat.",
                after,
            ),
        ),
        (late_requests, ngettext("%(count)d late request.", "%(count)d late requests.", late_requests)),
        (
            late_entries,
            ngettext(
                "%(count)d late entry without a request.", "%(count)d late entries without a request.", late_entries
            ),
        ),
    ]
    return [words % {"count": count} for count, words in said if count]
