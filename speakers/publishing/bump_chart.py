"""The revisions of a list as a bump chart: a line for each entry, from its place in one to that in the next.  R-28

Geometry, and its table; both come from published rows alone, and the names of delegations in other languages.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any
from unicodedata import east_asian_width

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from dialogue import moments
from dialogue.models import Meeting
from speakers.models import Delegation, Revision, beside_names, called_then
from speakers.models.entry import anchor
from speakers.publishing import difference
from speakers.publishing.difference import Change
from spelling.across import Across

# How many revisions a picture shows; of more, the last ones.
MOST = 12
# Units between two revisions, at least, and two places; above and below the lines, and beside them for the names.
COLUMN, ROW, HEAD, FOOT, NAMES = 136, 16, 64, 56, 216
# Between two moments, and between a line and its name; how wide a letter is at most, and one of Chinese.
GAP, NEAR, NARROW, WIDE = 20, 8, 8, 14


@dataclass
class Line:
    """The way of one entry: its name and `places`, None in a revision without it, and the marks on it.

    `runs` are the points of its stretches, `moves` those of the stretches in which an act moved it; `begins` and `ends`
    are the points at which it was added and last stood. `acts` has the kinds of change by the index of the revision.
    """

    anchor: str
    name: str
    short_name: str
    places: list[int | None]
    acts: dict[int, str]
    runs: list[str] = field(default_factory=list)
    moves: list[str] = field(default_factory=list)
    begins: list[dict[str, int]] = field(default_factory=list)
    ends: list[dict[str, int]] = field(default_factory=list)
    labels: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_told(self) -> bool:
        """Did an act change its place, or bring or take it?"""
        return bool(self.acts)

    @property
    def cells(self) -> list[dict[str, Any]]:
        """The way as a row of a table: in each revision the place, or None, and what was done with the entry."""
        words = {difference.ADDED: _("new"), difference.MOVED: _("moved"), difference.WITHDRAWN: _("withdrawn")}
        return [{"place": place, "act": words.get(self.acts.get(at, ""), "")} for at, place in enumerate(self.places)]


@dataclass(frozen=True)
class BumpChart:
    """What `templates/speakers/_bump_chart.html` draws, in units of its view box."""

    columns: list[dict[str, Any]]
    lines: list[Line]
    width: int
    height: int
    top: int
    bottom: int


def of_revisions(revisions: Sequence[Revision], changes: Sequence[list[Change]], meeting: Meeting) -> BumpChart | None:
    """The `BumpChart` of `revisions` of a list of `meeting`, oldest first; None of fewer than two, or of empty ones.

    `changes` are those from each to the next, as `difference.between` returns them. Names are in the language of the
    reader (one query, unless it is that in which revisions are published).
    """
    longest = max((len(each.rows) for each in revisions), default=0)
    if len(revisions) < 2 or not longest:
        return None
    published = [moments.in_short(each.as_at, meeting) for each in revisions]
    column = max(COLUMN, *(GAP + _width(each) for each in published))
    across = Across(2 * NAMES + column * (len(revisions) - 1))
    lines = _lines(revisions, changes, _names(revisions, meeting))
    alongs = [NAMES + column * at for at in range(len(revisions))]
    for line in lines:
        _draw(line, across, alongs)
    bottom = HEAD + ROW * (longest - 1)
    columns = [
        {"number": each.number, "moment": moment, "x": across.at(along)}
        for each, moment, along in zip(revisions, published, alongs, strict=True)
    ]
    return BumpChart(columns, lines, across.width, bottom + FOOT, HEAD - ROW, bottom + ROW)


def _width(text):
    """At most so many units are taken by `text` in the size of the picture's words."""
    return sum(WIDE if east_asian_width(each) in "WF" else NARROW for each in text)


def _beside(name):
    """As much of `name` as has room beside a line; the table has all of it."""
    widths = accumulate(_width(each) for each in name)
    return Truncator(name).chars(sum(width <= NAMES - NEAR for width in widths))


def _names(revisions, meeting):
    """What delegations were called at the date of `meeting`: as published, by code, and in the reader's language.  R-72

    None if the reader reads the language in which revisions are published.
    """
    if get_language() == settings.LANGUAGE_CODE:
        return {}
    codes = {row["delegation_code"] for each in revisions for row in each.rows}
    named = called_then(beside_names(Delegation.objects.filter(code__in=codes), meeting.starts_on))
    with override(settings.LANGUAGE_CODE):
        published = [(each.code, str(each)) for each in named]
    return dict(zip(published, map(str, named), strict=True))


def _lines(revisions, changes, names):
    """A `Line` for each entry that any of the `revisions` has, by its last place; `names` as `_names` returns them."""
    rows: dict[int, list[dict | None]] = {}
    for at, revision in enumerate(revisions):
        for row in revision.rows:
            rows.setdefault(row["receipt_no"], [None] * len(revisions))[at] = row
    anchors: set[str] = set()
    acts = _acts_on(changes)
    lines = []
    for receipt, found in sorted(rows.items(), reverse=True):
        last = next(row for row in reversed(found) if row)
        code, capacity = last["delegation_code"], last["capacity"]
        own = anchor(code, capacity, receipt)
        own = f"{code}-{receipt}" if own in anchors else own
        anchors.add(own)
        published = last["delegation"]
        name = difference.name_of(last | {"delegation": names.get((code, published), published)})
        places = [row["place"] if row else None for row in found]
        lines.append(Line(own, name, _beside(name), places, acts[receipt]))
    return sorted(lines, key=lambda line: [each or len(rows) + 1 for each in reversed(line.places)])


def _acts_on(changes):
    """What was done with each entry, by its receipt number and the index of the revision that first shows it."""
    kinds = {difference.ADDED, difference.MOVED, difference.WITHDRAWN}
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for at, made in enumerate(changes, start=1):
        for each in made:
            if each.kind in kinds:
                found[each.row["receipt_no"]][at] = each.kind
    return found


def _draw(line, across, alongs):
    """Set the points, marks and labels of `line`; `alongs` are the positions of the revisions."""
    points = [
        {"x": across.at(along), "y": HEAD + ROW * (place - 1)} if place else None
        for along, place in zip(alongs, line.places, strict=True)
    ]
    stretch: list[str] = []
    for at, point in enumerate(points):
        if point is None:
            continue
        stretch.append(_pair(point))
        if at and points[at - 1] is None:
            line.begins.append(point)
        if at + 1 < len(points) and points[at + 1] is None:
            line.ends.append(point)
        if at + 1 == len(points) or points[at + 1] is None:
            line.runs.append(" ".join(stretch))
            stretch = []
    for at, (point, other) in enumerate(pairwise(points), start=1):
        if line.acts.get(at) == difference.MOVED and point and other:
            line.moves.append(f"{_pair(point)} {_pair(other)}")
    line.labels = _labels(line, points, across, alongs)


def _pair(point):
    return f"{point['x']},{point['y']}"


def _labels(line, points, across, alongs):
    """The names of `line`: before the first revision and after the last, or at the point where it ends."""
    gap, last = 12, len(points) - 1
    found = []
    if points[0]:
        found.append(_label(across.at(alongs[0] - gap), points[0], line.places[0], "end"))
    if points[last]:
        found.append(_label(across.at(alongs[last] + gap), points[last], line.places[last], "start"))
    if not found:
        at = max(at for at, point in enumerate(points) if point)
        found.append(_label(across.at(alongs[at] + gap), points[at], line.places[at], "start"))
    return found


def _label(x, point, place, side):
    return {"x": x, "y": point["y"], "place": place, "anchor": side}
