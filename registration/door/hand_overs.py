"""The scans with which tickets were handed over, against the acts of the journal.  R-55 R-77"""

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from journal.models import Entry
from registration import records
from registration.models import Scan
from registration.models.scan import Outcome

# The act of a hand-over (`scanning.py`).
HANDED_OVER = "handed over"


def problems(meeting: Meeting) -> list[str]:
    """Hand-overs of `meeting` that are a scan without an act or an act without a scan, as translated sentences.

    Subjects of acts are never erased, so this holds after the names are gone (R-57). Two statements.
    """
    acts = Entry.objects.filter(stream=meeting.journal_stream, act=HANDED_OVER).values_list("subject", flat=True)
    scans = Scan.objects.filter(meeting=meeting, outcome=Outcome.HANDED_OVER).select_related("representative")
    told = set(acts)
    kept = {records.subject(scan.representative) if scan.representative else f"scan/{scan.pk}" for scan in scans}
    missing = _("The journal says that a ticket was handed over (%(subject)s): its scan is missing.")
    without = _("A scan says that a ticket was handed over (%(subject)s), and no act does.")
    return [
        *(missing % {"subject": subject} for subject in sorted(told - kept)),
        *(without % {"subject": subject} for subject in sorted(kept - told)),
    ]
