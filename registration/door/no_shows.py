"""Noting, once the meeting is over, who was expected at the door and did not come.  R-48"""

from datetime import datetime, timedelta

from dialogue.models import Meeting
from journal.actors import SYSTEM
from registration import states
from registration.locking import fresh
from registration.models import Representative, Scan, Ticketing
from registration.models.representative import State
from registration.models.scan import Outcome
from registration.requests.vouchers import HOLDERS

# How long after the end of the meeting absences are noted: scans made offline have arrived by then.
AFTER = timedelta(hours=1)


def note(ticketing: Ticketing, *, at: datetime) -> int:
    """Note on the locked `ticketing` who did not come, once it is late enough. Journals each. Returns how many.  R-48

    Nothing is noted if the desk was not used, because attendance is then unknown. A later scan still hands over.
    """
    meeting = ticketing.meeting
    if at < meeting.ends_at + AFTER or not _was_open(meeting):
        return 0
    missing = list(_missing(meeting))
    for representative in missing:
        kept = fresh(representative, ticketing)
        states.move(kept, State.NO_SHOW, act="did not come", by=SYSTEM, at=at)
    return len(missing)


def are_due(meeting: Meeting, *, at: datetime) -> bool:
    """Is there an absence to note at the meeting's moment `at`? Checked without a lock."""
    return at >= meeting.ends_at + AFTER and _missing(meeting).exists() and _was_open(meeting)


def _missing(meeting):
    return Representative.objects.filter(meeting=meeting, state__in=HOLDERS)


def _was_open(meeting):
    return Scan.objects.filter(meeting=meeting, outcome=Outcome.HANDED_OVER).exists()
