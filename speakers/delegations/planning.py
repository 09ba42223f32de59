"""What an import of delegations and focal points would do, row by row; nothing is stored.  R-11 R-71"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import spelling
from speakers.delegations import on_record, tables
from speakers.delegations.on_record import Findings, Record
from speakers.delegations.tables import Row
from speakers.models import Band
from spelling import pasting
from spelling.listing import in_a_row

COLUMNS = ["code", "short name", "formal name", "category", "regional group", "focal point e-mail", "focal point name"]
# The codes of other delegations for which the same address acts, so that a slip gives no one another's delegation.
OTHERS = "also acts for"
COLUMNS.append(OTHERS)
# The columns about the delegation itself, in which its rows must agree.
OF_DELEGATION = ["short name", "formal name", "category", "regional group"]
# The band of a new delegation, by its category.
BANDS = {
    "member_state": Band.MEMBER_STATES,
    "observer_state": Band.OBSERVER_STATES,
    "observer": Band.OBSERVERS,
    "regional_organization": Band.OBSERVERS,
    "organization": Band.OBSERVERS,
    "un_system": Band.UN_SYSTEM,
    "civil_society": Band.CIVIL_SOCIETY,
}
LONGEST = {"code": 12, "short name": 120, "formal name": 200, "focal point e-mail": 254, "focal point name": 120}
LONGEST[OTHERS] = 120
FORMULA = ("=", "+", "-", "@")


@dataclass
class Plan:
    """What an import would do: errors and notes by row, new delegations and focal points.

    A note says what a row does not change although it says otherwise, or why it is left out. `unchanged` counts the
    rows that change nothing.
    """

    errors: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    delegations: list[dict] = field(default_factory=list)
    focal_points: list[dict] = field(default_factory=list)
    unchanged: int = 0

    @property
    def points(self) -> list[dict[str, str]]:
        """The new focal points, as the page shows them."""
        return [
            {
                "code": cells["code"],
                "delegation": cells["delegation"],
                "email": cells["focal point e-mail"],
                "name": cells["focal point name"],
            }
            for cells in self.focal_points
        ]

    @property
    def is_empty(self) -> bool:
        return not (self.delegations or self.focal_points)


def plan(rows: Sequence[Row]) -> Plan:
    """The `Plan` for the `rows` of a table, stored nowhere (three statements).

    A delegation is identified by its code. What is on record about it stays unchanged: another spelling or another name
    of it is noted, and what contradicts the record is an error. A focal point already on record counts as unchanged.
    """
    planning = _Planning()
    for row in rows:
        planning.take(row)
    return planning.finished()


class _Planning:
    """The plan as it grows row by row, with what the earlier rows said."""

    def __init__(self):
        self.plan, self._record = Plan(), Record()
        self._new: dict[str, dict[str, str]] = {}
        self._earlier: dict[tuple[str, str], tuple[int, str]] = {}
        self._addresses: dict[str, dict[str, int]] = {}
        self._named: list[tuple[int, str, str]] = []

    def take(self, row: Row) -> None:
        """Add what `row` changes to the plan, or what is wrong with it."""
        if tables.ABOVE in row.cells:
            words = _("Left out: it stands above the row with the names of the columns (%(text)s).")
            self._say(row, Findings(notes=[words % {"text": row.cells[tables.ABOVE][:80]}]))
            return
        cells = {name: row.cells.get(name, "") for name in COLUMNS}
        cells["code"] = cells["code"].upper()
        cells["focal point e-mail"] = pasting.address(cells["focal point e-mail"])
        found = Findings(_problems(cells) + _beside(row)) or self._repeated(cells, row)
        if found:
            self._say(row, found)
            self.plan.unchanged += not found.errors
            return
        is_new_point, found = self._compared(cells, row)
        self._say(row, found)
        if not found.errors:
            self._add(cells, is_new_point=is_new_point)

    def finished(self) -> Plan:
        """The plan after the last row: by then each delegation named beside another has that address too."""
        for number, email, code in self._named:
            if code not in self._addresses.get(email, {}) and code not in self._record.codes_of(email):
                words = _("“%(code)s” in “%(column)s” has this address in no row. Add its row, or correct the code.")
                self.plan.errors.append((number, words % {"code": code, "column": OTHERS}))
        self.plan.errors.sort(key=lambda error: error[0])
        return self.plan

    def _add(self, cells, *, is_new_point):
        code, known = cells["code"], self._record.delegations
        is_new = code not in known and code not in self._new
        if is_new:
            self._new[code] = cells
            self.plan.delegations.append(cells)
        cells["delegation"] = str(known[code]) if code in known else self._new[code]["short name"]
        if is_new_point:
            self.plan.focal_points.append(cells)
        self.plan.unchanged += not (is_new or is_new_point)

    def _compared(self, cells, row):
        """Is the focal point of the row a new one; and what the row says otherwise than the record and earlier rows."""
        found, email = self._of_delegation(cells), spelling.address(cells["focal point e-mail"])
        if not email:
            return False, found
        others = cells[OTHERS].upper().replace(",", " ").replace(";", " ").split()
        self._named += [(row.number, email, code) for code in others]
        is_known, of_point = self._record.compare_point(cells, email, others)
        earlier = self._addresses.setdefault(email, {})
        earlier.setdefault(cells["code"], row.number)
        for code, number in earlier.items():
            if code not in [cells["code"], *others]:
                words = _(
                    "Row %(number)d gives this address to %(code)s. If it acts for both, name it in “%(column)s”."
                )
                of_point.errors.append(words % {"number": number, "code": code, "column": OTHERS})
        return not is_known, Findings(found.errors + of_point.errors, found.notes + of_point.notes)

    def _of_delegation(self, cells):
        """What the row says otherwise of a delegation on record or of an earlier row, or lacks for a new one."""
        if cells["code"] in self._record.delegations:
            return self._record.compare(cells)
        first = self._new.get(cells["code"])
        return _as_before(cells, first) if first else Findings(_problems_of_new(cells))

    def _repeated(self, cells, row):
        """What to say of a delegation and address that an earlier row holds; nothing if there is none."""
        place, name = (cells["code"], spelling.address(cells["focal point e-mail"])), cells["focal point name"]
        number, earlier = self._earlier.setdefault(place, (row.number, name))
        if number == row.number:
            return Findings()
        if _differs(name, earlier):
            words = _("Row %(number)d gives this address another name, or none. Keep one of them.")
            return Findings([words % {"number": number}])
        found = self._of_delegation(cells)
        return Findings(found.errors, [*found.notes, _("Left out: it repeats row %(number)d.") % {"number": number}])

    def _say(self, row, found):
        self.plan.errors += [(row.number, words) for words in found.errors]
        self.plan.notes += [(row.number, words) for words in found.notes]


def _differs(typed, earlier):
    """Does `typed` say something, and not the same as `earlier`?"""
    return bool(typed) and spelling.key(typed) != spelling.key(earlier)


def _problems(cells):
    """What is wrong with one row by itself, in sentences."""
    found = [words for name, value in cells.items() if (words := _problem_of_cell(name, value))]
    if not cells["code"]:
        return [*found, _("The code of the delegation is missing.")]
    if cells["focal point e-mail"] and not _is_address(cells["focal point e-mail"]):
        found.append(_("“%(value)s” is not an e-mail address.") % {"value": cells["focal point e-mail"]})
    if cells["focal point name"] and not cells["focal point e-mail"]:
        found.append(_("A focal point needs an e-mail address."))
    return found


def _beside(row):
    """The error for what stands in no column; nothing if nothing does."""
    words = _("A cell stands in no column: %(text)s. Name its column, or empty it.")
    return [words % {"text": row.cells[tables.BESIDE][:80]}] if tables.BESIDE in row.cells else []


def _problems_of_new(cells):
    """What the row of a delegation that is not on record lacks; its category and group become their stored values."""
    found = []
    if not cells["short name"]:
        found.append(_("%(code)s is not on record: a new delegation needs its short name.") % cells)
    category, group = (on_record.value(name, cells[name]) for name in ("category", "regional group"))
    if not category:
        words = _("%(code)s is not on record: a new delegation needs its category, one of %(names)s.")
        found.append(words % {"code": cells["code"], "names": in_a_row(BANDS)})
    if cells["regional group"] and not group:
        found.append(on_record.not_possible("regional group", cells["regional group"]))
    cells["category"], cells["regional group"] = category, group
    return found


def _as_before(cells, first):
    """What a further row of a new delegation says otherwise than its `first` row."""
    found = Findings()
    for name in OF_DELEGATION:
        typed = on_record.value(name, cells[name]) or cells[name]
        facts = {"code": cells["code"], "name": first[name], "typed": typed}
        if not typed or typed == first[name]:
            continue
        if not first[name]:
            found.errors.append(_("The first row of %(code)s does not say “%(typed)s”. Write it there too.") % facts)
        elif _differs(typed, first[name]):
            found.errors.append(_("An earlier row says “%(name)s” of %(code)s, not “%(typed)s”.") % facts)
        else:
            found.notes.append(_("“%(typed)s” is another spelling of %(name)s; kept as %(name)s.") % facts)
    return found


def _problem_of_cell(name, value):
    """Why a cell cannot be accepted: invisible characters, a formula, or too long; empty otherwise."""
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for letter in value):
        return _("“%(name)s” contains invisible characters.") % {"name": name}
    if value.startswith(FORMULA):
        return _("“%(name)s” begins with the sign of a formula: %(value)s") % {"name": name, "value": value[:40]}
    if len(value) > (most := LONGEST.get(name, 40)):
        words = ngettext(
            "“%(name)s” is longer than %(most)d character.", "“%(name)s” is longer than %(most)d characters.", most
        )
        return words % {"name": name, "most": most}
    return ""


def _is_address(value):
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True
