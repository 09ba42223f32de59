"""Importing delegations and their focal points from a table: first a plan, then all of it or nothing.  R-11 R-58"""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

import spelling
from acts.refusals import Refusal
from journal import recording
from journal.actors import Actor
from speakers.delegations.tables import Row
from speakers.models import Band, Delegation, DelegationPlace, FocalPoint

COLUMNS = ["code", "short name", "formal name", "category", "regional group", "focal point e-mail", "focal point name"]
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
FORMULA = ("=", "+", "-", "@")


class ImportRefused(Refusal):
    """The rows have errors; nothing was stored."""


@dataclass
class Plan:
    """What an import would do: errors by row, new delegations and focal points, and how many rows change nothing."""

    errors: list[tuple[int, str]] = field(default_factory=list)
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


def plan(rows: list[Row]) -> Plan:
    """The `Plan` for the `rows` of a table (`tables.Row`), stored nowhere (two statements).

    A delegation is identified by its code. What is on record about it stays unchanged; another name for it is an error,
    not a change. A focal point already on record counts as unchanged.
    """
    found = Plan()
    known = {delegation.code: delegation for delegation in Delegation.objects.all()}
    points = set(FocalPoint.objects.values_list("delegation__code", "normalised_email"))
    new: dict[str, dict] = {}
    seen: dict[tuple, int] = {}
    for row in rows:
        cells = {name: row.cells.get(name, "") for name in COLUMNS}
        cells["code"] = cells["code"].upper()
        problems = _problems(cells, known, new) + _repeated(cells, row, seen)
        if problems:
            found.errors += [(row.number, words) for words in problems]
            continue
        cells["delegation"] = str(known.get(cells["code"]) or new.get(cells["code"], cells)["short name"])
        before = len(found.delegations) + len(found.focal_points)
        if cells["code"] not in known and cells["code"] not in new:
            new[cells["code"]] = cells
            found.delegations.append(cells)
        email = spelling.address(cells["focal point e-mail"])
        if email and (cells["code"], email) not in points:
            found.focal_points.append(cells)
        found.unchanged += before == len(found.delegations) + len(found.focal_points)
    return found


def carry_out(rows: list[Row], *, by: Actor, at: datetime) -> Plan:
    """Store what the `plan` of the `rows` says: all of it, or nothing if a row has an error. Returns the plan.

    Journals one entry for the whole import. Sends nothing. Raises `ImportRefused`.
    """
    with transaction.atomic():
        found = plan(rows)
        if found.errors:
            raise ImportRefused(_("Nothing was imported: some rows have errors."))
        if found.is_empty:
            return found
        for cells in found.delegations:
            _add_delegation(cells)
        codes = [cells["code"] for cells in found.focal_points]
        delegations = {each.code: each for each in Delegation.objects.filter(code__in=codes)}
        for cells in found.focal_points:
            FocalPoint.objects.create(
                delegation=delegations[cells["code"]],
                email=cells["focal point e-mail"],
                name=cells["focal point name"],
            )
        after = {
            "delegations": [cells["code"] for cells in found.delegations],
            "focal_points": [[cells["code"], cells["focal point e-mail"]] for cells in found.focal_points],
        }
        recording.record("imported", stream="secretariat", subject="import/delegations", by=by, at=at, after=after)
    return found


def _add_delegation(cells):
    delegation = Delegation.objects.create(
        code=cells["code"],
        short_name={"en": cells["short name"]},
        formal_name={"en": cells["formal name"] or cells["short name"]},
        sort_name=spelling.search_key(cells["short name"]),
        regional_group=cells["regional group"] or Delegation.RegionalGroup.NONE,
    )
    DelegationPlace.objects.create(
        delegation=delegation, category=cells["category"], band=BANDS[cells["category"]], speaks_for_groups=False
    )


def _problems(cells, known, new):
    """What is wrong with one row, in sentences."""
    found = [words for name, value in cells.items() if (words := _problem_of_cell(name, value))]
    if not cells["code"]:
        return [*found, _("The code of the delegation is missing.")]
    if cells["focal point e-mail"] and not _is_address(cells["focal point e-mail"]):
        found.append(_("“%(value)s” is not an e-mail address.") % {"value": cells["focal point e-mail"]})
    if cells["focal point name"] and not cells["focal point e-mail"]:
        found.append(_("A focal point needs an e-mail address."))
    if cells["code"] in known:
        return found + _contradictions(cells, str(known[cells["code"]]))
    if cells["code"] in new:
        return found + _contradictions(cells, new[cells["code"]]["short name"])
    if not cells["short name"]:
        found.append(_("%(code)s is not on record: a new delegation needs its short name.") % cells)
    if cells["category"] not in BANDS:
        words = _("%(code)s is not on record: a new delegation needs its category, one of %(names)s.")
        found.append(words % {"code": cells["code"], "names": ", ".join(BANDS)})
    if cells["regional group"] and cells["regional group"] not in Delegation.RegionalGroup.values:
        names = ", ".join(Delegation.RegionalGroup.values)
        found.append(_("The regional group is one of %(names)s.") % {"names": names})
    return found


def _contradictions(cells, name):
    if cells["short name"] and cells["short name"] != name:
        words = _("%(code)s is %(name)s, not %(other)s. Correct the code, or leave the name out.")
        return [words % {"code": cells["code"], "name": name, "other": cells["short name"]}]
    return []


def _problem_of_cell(name, value):
    """Why a cell cannot be accepted: invisible characters, a formula, or too long; empty otherwise."""
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for letter in value):
        return _("“%(name)s” contains invisible characters.") % {"name": name}
    if value.startswith(FORMULA):
        return _("“%(name)s” begins with the sign of a formula: %(value)s") % {"name": name, "value": value[:40]}
    if len(value) > LONGEST.get(name, 40):
        return _("“%(name)s” is longer than %(most)d characters.") % {"name": name, "most": LONGEST.get(name, 40)}
    return ""


def _repeated(cells, row, seen):
    """Refuse a delegation and address that an earlier row already holds."""
    key = (cells["code"], spelling.address(cells["focal point e-mail"]))
    if key in seen:
        return [_("This repeats row %(number)d.") % {"number": seen[key]}]
    seen[key] = row.number
    return []


def _is_address(value):
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True
