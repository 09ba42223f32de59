"""How one frozen list differs from the one before it: a pure function of their public rows.  R-28"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spelling.listing import in_a_row, in_parts, listed

ADDED, MOVED, WITHDRAWN, CHANGED = "added", "moved", "withdrawn", "changed"
HEADINGS = {
    ADDED: gettext_lazy("Added"),
    MOVED: gettext_lazy("Moved"),
    WITHDRAWN: gettext_lazy("Withdrawn or removed"),
    CHANGED: gettext_lazy("Changed"),
}
# The facts of a row whose changes are reported; a change of place is reported as a move.
TOLD = {
    "delegation": gettext_lazy("delegation"),
    "capacity": gettext_lazy("capacity"),
    "group": gettext_lazy("group"),
    "level": gettext_lazy("level"),
    "speaker": gettext_lazy("speaker"),
    "joined": gettext_lazy("joined by"),
    "by_video": gettext_lazy("recorded video"),
    "fixed_sitting": gettext_lazy("fixed to the sitting"),
}
# What a row holds only if there is any.
IF_ANY = {"joined", "by_video"}


@dataclass(frozen=True)
class Change:
    """One difference: its kind, the row now (for a withdrawal, as it was), and the row before, if there was one."""

    kind: str
    row: dict
    before: dict = field(default_factory=dict)

    def __str__(self):
        """The change as a sentence, without its heading."""
        facts = {"who": name_of(self.row), "place": self.row["place"], "before": self.before.get("place")}
        if self.kind == CHANGED:
            return _("%(who)s: %(changes)s") % {**facts, "changes": in_parts(self._facts())}
        if self.kind == MOVED and facts["place"] == facts["before"]:
            return _("%(who)s, at place %(place)d as before, but with different neighbours") % facts
        words = {
            ADDED: _("%(who)s, at place %(place)d"),
            MOVED: _("%(who)s, from place %(before)d to place %(place)d"),
            WITHDRAWN: _("%(who)s, which stood at place %(place)d"),
        }
        return words[self.kind] % facts

    def _facts(self):
        words = _("%(what)s “%(now)s”, before “%(before)s”")
        return [
            words % {"what": TOLD[name], "now": _value(self.row, name), "before": _value(self.before, name)}
            for name in changed_facts(self.row, self.before)
        ]


def _value(row, name):
    """What the `row` says under `name`, in words."""
    value = row.get(name)
    if value is True:
        return _("yes")
    return (listed(value) if isinstance(value, list) else value) or "–"


def name_of(row: dict[str, Any]) -> str:
    """The name in `row`: “Rwanda”, or “Rwanda (on behalf of the Group of Friends)”."""
    if not row["group"]:
        return row["delegation"]
    return _("%(delegation)s (on behalf of %(group)s)") % {"delegation": row["delegation"], "group": row["group"]}


def changed_facts(row: dict[str, Any], before: dict[str, Any]) -> list[str]:
    """The names of reported facts that differ. A speaker shown in one list only is a setting, not a change.

    A likely sitting is none either: it follows from the forecast.
    """
    told = [name for name in TOLD if name in IF_ANY or (name in row and name in before)]
    return [name for name in told if row.get(name) != before.get(name)]


def between(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[Change]:
    """The changes from the rows `before` to the rows `after`, as a list of `Change`, each kind in order of place.

    An entry is identified by its receipt number. As few entries as possible are reported as moved: an entry that only
    made room for others, or closed a gap, has not moved.
    """
    old = {row["receipt_no"]: row for row in before}
    new = {row["receipt_no"]: row for row in after}
    stayed = [row for row in after if row["receipt_no"] in old]
    kept = longest_rising([old[row["receipt_no"]]["place"] for row in stayed])
    pairs = [(row, old[row["receipt_no"]]) for row in stayed]
    return [
        *(Change(ADDED, row) for row in after if row["receipt_no"] not in old),
        *(Change(MOVED, row, was) for position, (row, was) in enumerate(pairs) if position not in kept),
        *(Change(WITHDRAWN, row) for row in before if row["receipt_no"] not in new),
        *(Change(CHANGED, row, was) for row, was in pairs if changed_facts(row, was)),
    ]


def under_headings(changes: list[Change]) -> list[tuple[str | Promise, list[Change]]]:
    """The `changes` as pairs (heading, changes), one for each kind that occurs."""
    grouped = [(heading, [each for each in changes if each.kind == kind]) for kind, heading in HEADINGS.items()]
    return [(heading, found) for heading, found in grouped if found]


def counted(changes: list[Change]) -> str:
    """How many `changes` there are of each kind: “2 added, 1 moved”; that there is none, if there is none."""
    count = Counter(each.kind for each in changes)
    said = [
        (count[ADDED], ngettext("%(count)d added", "%(count)d added", count[ADDED])),
        (count[MOVED], ngettext("%(count)d moved", "%(count)d moved", count[MOVED])),
        (
            count[WITHDRAWN],
            ngettext("%(count)d withdrawn or removed", "%(count)d withdrawn or removed", count[WITHDRAWN]),
        ),
        (count[CHANGED], ngettext("%(count)d changed", "%(count)d changed", count[CHANGED])),
    ]
    words = [text % {"count": number} for number, text in said if number]
    return in_a_row(words) or _("Nothing changed")


def longest_rising(numbers: list[int]) -> set[int]:
    """The positions of one longest strictly increasing subsequence of `numbers`, as a set."""
    tails: list[int] = []
    ends: list[int] = []
    came_from: list[int | None] = []
    for position, number in enumerate(numbers):
        length = bisect_left(tails, number)
        tails[length : length + 1], ends[length : length + 1] = [number], [position]
        came_from.append(ends[length - 1] if length else None)
    chosen: set[int] = set()
    link = ends[-1] if ends else None
    while link is not None:
        chosen.add(link)
        link = came_from[link]
    return chosen
