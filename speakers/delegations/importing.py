"""Importing delegations and their focal points from a table: first a plan, then all of it or nothing.  R-11 R-58"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import spelling
from acts.refusals import Refusal
from journal import recording
from journal.actors import Actor
from speakers.delegations.planning import BANDS, COLUMNS, Plan, plan
from speakers.delegations.tables import Row
from speakers.models import Delegation, DelegationPlace, FocalPoint

__all__ = ["BANDS", "COLUMNS", "ImportRefused", "Plan", "carry_out", "plan"]


class ImportRefused(Refusal):
    """The rows have errors; nothing was stored."""


def carry_out(rows: Sequence[Row], *, by: Actor, at: datetime) -> Plan:
    """Store what the `plan` of the `rows` says: all of it, or nothing if a row has an error. Returns the plan.

    Journals one entry for the whole import. Sends nothing. Importing the same file again changes nothing. Raises
    `ImportRefused`.
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
