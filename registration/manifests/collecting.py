"""Collecting the tickets that security issued from the manifest; from then on they can be handed over.

R-48 R-51
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acts.foreseeing import require_seen
from dialogue.models import Meeting
from journal.actors import Actor
from registration import states
from registration.locking import fresh, locked_terms
from registration.models import Representative
from registration.models.representative import RepresentativeQuerySet, State
from registration.refusals import TicketRefused


@dataclass(frozen=True)
class Preview:
    """The `people` whose tickets would be collected, by turn."""

    people: Sequence[Representative]

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """What a page shows: the count, and each person with the organization."""
        words = ngettext(
            "%(count)d ticket would be collected. Its name could no longer be amended.",
            "%(count)d tickets would be collected. Their names could no longer be amended.",
            len(self.people),
        )
        named = _("%(name)s, %(organization)s")
        lines = [named % {"name": each, "organization": each.request.organization} for each in self.people]
        return [{"heading": words % {"count": len(lines)}, "lines": lines}]

    @property
    def sentences(self) -> list[str]:
        """Everything the person reads before confirming."""
        return [line for block in self.blocks for line in [block["heading"], *block["lines"]]]

    @property
    def shown(self) -> str:
        """All people, as a page sends them back."""
        return hashlib.sha256(" ".join(str(each.pk) for each in self.people).encode()).hexdigest()[:32]


def preview(meeting: Meeting) -> Preview:
    """Whose tickets of `meeting` would be collected now (one statement)."""
    return Preview(list(to_be_collected(meeting).select_related("request__organization").order_by("turn")))


def collect(meeting: Meeting, *, seen: str | None = None, by: Actor, at: datetime) -> int:
    """Note that the office has the tickets of everyone on the manifest of `meeting`. Journals each. Returns how many.

    From then on a name can no longer be amended, because it is printed. No mail is sent; the private pages show it.
    A page says what it has `seen` of the `preview`; see `require_seen`. Raises `TicketRefused`, among other cases if no
    ticket is waiting to be collected.
    """
    with locked_terms(meeting.pk) as ticketing:
        foreseen = preview(meeting)
        if not foreseen.people:
            raise TicketRefused(_("No ticket of anyone on the manifest is waiting to be collected."))
        require_seen(foreseen, seen, TicketRefused)
        for representative in foreseen.people:
            kept = fresh(representative, ticketing)
            states.move(kept, State.COLLECTED, act="ticket collected", by=by, at=at)
        return len(foreseen.people)


def to_be_collected(meeting: Meeting) -> RepresentativeQuerySet:
    """Representatives of `meeting` who are on the manifest and whose tickets are still with security."""
    return Representative.objects.filter(meeting=meeting, state=State.ON_MANIFEST)
