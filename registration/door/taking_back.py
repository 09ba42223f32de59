"""Taking back a hand-over made in error, and settling a conflict of devices, by a supervisor.  R-55

Both leave every scan as it is: taking back adds a scan of its own, settling a word beside the scan.
"""

import secrets
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from journal import recording
from journal.actors import Actor
from journal.models import Entry
from registration import records, states
from registration.door import scanning
from registration.door.hand_overs import HANDED_OVER, SETTLED, TAKEN_BACK, subject_of
from registration.locking import fresh, locked_terms
from registration.models import Representative, Scan, Settlement
from registration.models.representative import State
from registration.models.scan import Outcome
from registration.refusals import TicketRefused


def take_back(
    representative: Representative, *, seen: int, desk: str = "", reason: str, by: Actor, at: datetime
) -> Scan:
    """Take the last hand-over to `representative` back at the meeting's moment `at`, for a mandatory `reason`.  R-55

    `seen` is the key of the scan that the supervisor saw: one that was meanwhile taken back, or followed by another
    hand-over, is refused. The person stands again as before it, and the voucher can be exchanged. Journals. Returns
    the new `Scan`, which stands beside the first. Raises `TicketRefused`.
    """
    if not reason.strip():
        raise TicketRefused(_("Give the reason: it is kept in the journal."), "reason")
    with locked_terms(representative.meeting_id) as ticketing:
        person, meeting = fresh(representative, ticketing), ticketing.meeting
        earlier = scanning.last_hand_over(person, meeting)
        if person.state != State.HANDED_OVER or earlier is None:
            raise TicketRefused(_("The ticket of %(name)s is not handed over.") % {"name": person})
        if earlier.pk != seen:
            raise TicketRefused(_("The ticket was handed over again meanwhile. Look at it once more."))
        state = _state_before(person)
        states.change(person, act=TAKEN_BACK, by=by, at=at, reason=reason, state=state, state_since=at)
        return Scan.objects.create(
            meeting=meeting,
            nonce=secrets.token_hex(16),
            mode=Scan.Mode.HAND_OVER,
            outcome=Outcome.TAKEN_BACK,
            hand_over_no=earlier.hand_over_no,
            representative=person,
            voucher=earlier.voucher,
            operator=by.name[:150],
            desk=desk[:80],
            scanned_at=at,
            earlier=earlier,
        )


def settle(scan: Scan, *, word: str, by: Actor, at: datetime) -> Settlement:
    """Mark the conflict of `scan` as settled, with a mandatory `word` on how, at the meeting's moment `at`.  R-55

    The journal names the person of the voucher, or the scan of an unknown one. Raises `TicketRefused` if the scan is
    no conflict, or is settled.
    """
    if not word.strip():
        raise TicketRefused(_("Say in a word how it was settled."), "word")
    with locked_terms(scan.meeting_id):
        kept = Scan.objects.conflicts().filter(pk=scan.pk).select_related("meeting", "representative").first()
        if kept is None:
            raise TicketRefused(_("This is settled, or is no conflict."))
        stream = kept.meeting.journal_stream
        recording.record(SETTLED, stream=stream, subject=subject_of(kept), by=by, at=at, reason=word)
        return Settlement.objects.create(scan=kept, word=word.strip()[:200], settled_at=at, settled_by=by.name[:150])


def conflict(meeting: Meeting, nonce: str) -> Scan | None:
    """The conflict of `meeting` that this attempt is, with what its words need; None if it is none or is settled."""
    rows = Scan.objects.conflicts().filter(meeting=meeting, nonce=nonce)
    return rows.select_related("representative__request__organization", "earlier__meeting", "meeting").first()


def _state_before(person):
    """The state of `person` before the last hand-over, as journalled; `approved` if the journal was erased."""
    entries = Entry.objects.about(records.subject(person)).filter(act=HANDED_OVER)
    before: Any = entries.order_by("pk").values_list("payload__before", flat=True).last()
    return State(before["state"]) if before else State.APPROVED
