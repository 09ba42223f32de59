"""Who belongs on the manifest for security, who is on it, and who is to be withdrawn.  R-51 R-52

Only people without a grounds pass need a special event ticket, and a decision counts only once its mail was released.
"""

from dataclasses import dataclass

from django.db.models import Q

from dialogue.models import Meeting
from outbox.models import State as MailState
from registration.models import ManifestRow, Representative
from registration.models.representative import RepresentativeQuerySet, State

UNRELEASED = Q(decision__state=MailState.HELD)
NEEDS_TICKET = Q(state=State.APPROVED, has_grounds_pass=False) & ~UNRELEASED


@dataclass(frozen=True)
class Pending:
    """The content of a meeting's next sheet: who is added, by turn, and whose rows are withdrawn."""

    added: list[Representative]
    withdrawn: list[ManifestRow]

    def __bool__(self):
        return bool(self.added or self.withdrawn)


def pending(meeting: Meeting) -> Pending:
    """What was decided since the last sheet of `meeting` (two queries).  R-52"""
    rows = ManifestRow.objects.to_withdraw().filter(manifest__meeting=meeting)
    withdrawn = list(rows.select_related("manifest", "representative").order_by("pk"))
    return Pending(list(missing_from_it().filter(meeting=meeting).order_by("turn")), withdrawn)


def missing_from_it() -> RepresentativeQuerySet:
    """Representatives of all meetings who need a ticket and whose present name is on no sheet."""
    known = ManifestRow.objects.standing().exclude(pk__in=ManifestRow.objects.to_withdraw().values("pk"))
    wanted = Representative.objects.filter(NEEDS_TICKET).exclude(pk__in=known.values("representative"))
    return wanted.select_related("request__organization", "decision", "inscription", "meeting")
