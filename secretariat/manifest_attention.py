"""The front page on the manifest for security: who is on no sheet yet, and when it is due.  R-52"""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue import moments
from dialogue.models import Meeting
from registration.manifests import manifest, reminding
from registration.models import Holiday, ManifestRow


def counted() -> dict[str, Any]:
    """What to count of the representatives of each meeting: those `unlisted`, and the rows `to_withdraw`."""
    withdrawn = ManifestRow.objects.to_withdraw().filter(manifest__meeting=OuterRef("meeting")).order_by()
    number = withdrawn.values("manifest__meeting").annotate(number=Count("pk")).values("number")
    return {
        "unlisted": Count("pk", filter=Q(pk__in=manifest.missing_from_it().order_by().values("pk"))),
        "to_withdraw": Coalesce(Subquery(number), 0),
    }


def closed_days() -> set[date]:
    """The holidays of the office, on which no hour counts as a working hour (one statement)."""
    return set(Holiday.objects.values_list("on", flat=True))


def sentences(meeting: Meeting, counts: dict[str, Any], at: datetime) -> list[tuple[str, str, bool]]:
    """The lines about the manifest of `meeting` at its moment `at`, as (words, address, whether it is urgent)."""
    unlisted, to_withdraw, closed = counts["unlisted"], counts["to_withdraw"], counts["closed"]
    address = reverse("admin:registration_manifest_changelist", query={"meeting": meeting.pk})
    due = reminding.marks_of(meeting, closed)[min(reminding.MARKS)]
    is_near = reminding.mark_due(meeting, at=at, closed=closed) is not None
    added = ngettext(
        "Manifest: %(count)d approved representative is on no sheet for security.",
        "Manifest: %(count)d approved representatives are on no sheet for security.",
        unlisted,
    )
    if at < due:
        words = _("%(number)s The sheet is due 48 working hours before, by %(moment)s.")
        added = words % {"number": added, "moment": moments.in_words(due, meeting)}
    gone = ngettext(
        "Manifest: %(count)d name must be withdrawn by a supplement.",
        "Manifest: %(count)d names must be withdrawn by a supplement.",
        to_withdraw,
    )
    lines = [(added % {"count": unlisted}, address, is_near and unlisted > 0)]
    return lines + ([(gone % {"count": to_withdraw}, address, is_near)] if to_withdraw else [])
