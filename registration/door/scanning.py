"""Scanning vouchers at the door, and handing tickets over.  R-48 R-54 R-55

Each scan is judged under the lock of the meeting's terms, so that of many devices that scan one voucher only one is
green. Every scan is stored, whatever its outcome.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from journal.actors import Actor
from registration import states
from registration.door import verdict
from registration.door.hand_overs import HANDED_OVER
from registration.door.verdict import Door
from registration.locking import fresh, locked_terms
from registration.models import Representative, Scan, Voucher
from registration.models.representative import State
from registration.models.scan import Mode, Outcome, Verdict
from registration.models.voucher import digest_of
from registration.refusals import TicketRefused
from spelling import pasting

LONGEST_NONCE = 64


@dataclass(frozen=True)
class Attempt:
    """One scan as a desk sends it, for the first time or again.

    `nonce` names it; `device_at` is real time by the device's clock. `told` is the verdict that an offline device
    showed, otherwise empty; such a device keeps only `code_digest` of the `code`.
    """

    nonce: str
    code: str = ""
    code_digest: str = ""
    mode: str = Mode.HAND_OVER
    desk: str = ""
    device_at: datetime | None = None
    told: str = ""

    @property
    def digest(self) -> str:
        """What is kept of the code."""
        return digest_of(pasting.code(self.code)) if self.code else self.code_digest


def scan(meeting: Meeting, attempt: Attempt, *, by: Actor, at: datetime) -> Scan:
    """Judge and store the scan `attempt` at the meeting's moment `at`; green in the mode “hand over” hands over.  R-55

    The representative becomes `handed_over`, which is journalled. An attempt whose nonce is known is answered with
    the scan that was stored first. Returns the `Scan`. Raises `TicketRefused` for a nonce that names another scan.
    """
    _require_complete(attempt)
    with locked_terms(meeting.pk) as ticketing:
        if kept := _stored_before(meeting, attempt):
            return kept
        voucher = _voucher(attempt.digest)
        person = voucher.representative if voucher else None
        if person and person.meeting_id == meeting.pk:
            person.meeting = person.request.meeting = ticketing.meeting
        outcome = outcome_of_code(voucher, ticketing.meeting, attempt.mode)
        return _store(attempt, outcome, person, ticketing.meeting, by=by, at=at, voucher=voucher)


def hand_over(representative: Representative, attempt: Attempt, *, by: Actor, at: datetime) -> Scan:
    """Hand the ticket of `representative` over without a voucher, after a supervisor found the name.  R-48 R-55

    Otherwise like `scan`. A person who is not on the manifest can receive a ticket here: the supervisor has checked.
    """
    meeting = representative.meeting
    _require_complete(attempt)
    with locked_terms(meeting.pk) as ticketing:
        if kept := _stored_before(meeting, attempt):
            return kept
        person = fresh(representative, ticketing)
        outcome = verdict.of_person(person)
        return _store(attempt, outcome, person, ticketing.meeting, by=by, at=at, is_by_name=True)


def _require_complete(attempt):
    """Raise `TicketRefused` unless the `attempt` has a nonce and a mode."""
    if not 0 < len(attempt.nonce) <= LONGEST_NONCE or attempt.mode not in Mode:
        raise TicketRefused(_("This scan is incomplete. Reload the page and scan again."))


def _stored_before(meeting, attempt):
    """The scan stored under the nonce of `attempt`, or None; raises `TicketRefused` if it is another scan."""
    kept = Scan.objects.filter(nonce=attempt.nonce).select_related(*TOLD_WITH).first()
    if kept and (kept.meeting_id, kept.code_digest) != (meeting.pk, attempt.digest):
        raise TicketRefused(_("Another scan was stored under this number. Scan again."))
    return kept


# The relations that the words for a scan need.
TOLD_WITH = ["representative__request__organization", "earlier__meeting", "meeting"]


def _voucher(digest):
    rows = Voucher.objects.select_related("representative__request__organization", "representative__decision")
    return rows.filter(code_digest=digest).first() if digest else None


def outcome_of_code(voucher: Voucher | None, meeting: Meeting, mode: str) -> Outcome:
    if voucher is None:
        return Outcome.UNKNOWN
    if voucher.representative.meeting_id != meeting.pk:
        return Outcome.OTHER_MEETING
    return Door(meeting).of_voucher(voucher, mode)


def _store(attempt, outcome, person, meeting, *, by, at, voucher=None, is_by_name=False):
    """Store the outcome of `attempt`; a hand-over also changes the state of `person`."""
    is_ours = person is not None and person.meeting_id == meeting.pk
    if outcome == Outcome.HANDED_OVER:
        states.move(person, State.HANDED_OVER, act=HANDED_OVER, by=by, at=at)
    return Scan.objects.create(
        meeting=meeting,
        nonce=attempt.nonce,
        mode=attempt.mode,
        outcome=outcome,
        voucher=voucher if is_ours else None,
        representative=person if is_ours else None,
        is_by_name=is_by_name,
        code_digest=attempt.digest,
        operator=by.name[:150],
        desk=attempt.desk[:80],
        device_at=attempt.device_at,
        scanned_at=at,
        is_offline=bool(attempt.told),
        told=attempt.told if attempt.told in Verdict else "",
        earlier=_earlier(person, meeting) if outcome == Outcome.ALREADY else None,
    )


def _earlier(person, meeting):
    """The scan with which the ticket of `person` was handed over, or None."""
    if earlier := Scan.objects.filter(representative=person, outcome=Outcome.HANDED_OVER).first():
        earlier.meeting = meeting
    return earlier
