"""The scans with which tickets were handed over, against the acts of the journal.  R-55 R-77"""

from collections import Counter

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from journal.models import Entry
from registration import records
from registration.models import Scan
from registration.models.scan import Outcome

# The acts of a hand-over and of taking it back (`scanning.py`, `taking_back.py`).
HANDED_OVER, TAKEN_BACK, SETTLED = "handed over", "hand-over taken back", "conflict settled"


def problems(meeting: Meeting) -> list[str]:
    """Hand-overs of `meeting`, those taken back, and conflicts settled, that lack their act or their row.

    As translated sentences. Subjects of acts are never erased, so this holds after the names are gone (R-57). Each row
    needs an act of its own. Six statements.
    """
    missing = _("The journal says that a ticket was handed over (%(subject)s): its scan is missing.")
    without = _("A scan says that a ticket was handed over (%(subject)s), and no act does.")
    not_taken = _("The journal says that a hand-over was taken back (%(subject)s): its scan is missing.")
    not_told = _("A scan says that a hand-over was taken back (%(subject)s), and no act does.")
    not_settled = _("The journal says that a conflict at the door was settled (%(subject)s): its record is missing.")
    unsaid = _("A conflict at the door is recorded as settled (%(subject)s), and no act says so.")
    scans = Scan.objects.filter(meeting=meeting).select_related("representative")
    return [
        *_compared(meeting, HANDED_OVER, scans.filter(outcome=Outcome.HANDED_OVER), missing, without),
        *_compared(meeting, TAKEN_BACK, scans.filter(outcome=Outcome.TAKEN_BACK), not_taken, not_told),
        *_compared(meeting, SETTLED, scans.filter(settlement__isnull=False), not_settled, unsaid),
    ]


def subject_of(scan: Scan) -> str:
    """The journal's name for what `scan` is about: its person, or itself if its code belongs to no one."""
    return records.subject(scan.representative) if scan.representative else f"scan/{scan.pk}"


def _compared(meeting, act, scans, missing, without):
    acts = Entry.objects.filter(stream=meeting.journal_stream, act=act).values_list("subject", flat=True)
    told, kept = Counter(acts), Counter(map(subject_of, scans))
    return [
        *(missing % {"subject": subject} for subject in sorted((told - kept).elements())),
        *(without % {"subject": subject} for subject in sorted((kept - told).elements())),
    ]
