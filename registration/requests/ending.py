"""Cancelling a representative or a whole request; ending what was not confirmed.  R-46 R-48"""

from datetime import datetime

from django.utils.translation import gettext as _

from journal import recording
from journal.actors import SYSTEM, Actor
from registration import states
from registration.locking import fresh, fresh_request, locked_terms
from registration.mail import notices
from registration.models import Representative, TicketRequest
from registration.models.representative import State
from registration.refusals import TicketRefused
from registration.requests import vouchers, waiting
from speakers.entries import withdrawing


def cancel(
    representative: Representative, *, by: Actor, at: datetime, reason: str = "", act: str = "cancelled"
) -> Representative:
    """Cancel `representative` at the meeting's moment `at`, from any state before the hand-over.  R-48

    The voucher is revoked for good (R-54), an entry on the list of speakers withdrawn, and a freed seat offered to
    the waiting list. Journals, and mails the representative and the focal point. Raises `TicketRefused`, or
    `withdrawing.WithdrawalRefused` for a speaker who is being called.
    """
    with locked_terms(representative.meeting_id) as ticketing:
        return _cancel(representative, ticketing, act, by=by, at=at, reason=reason)


def cancel_request(request: TicketRequest, *, by: Actor, at: datetime, reason: str = "") -> TicketRequest:
    """Cancel all representatives of `request` whose tickets are not handed over yet, and so the request.  R-48

    Raises `TicketRefused` if there is no one to cancel.
    """
    with locked_terms(request.meeting_id) as ticketing:
        representatives = request.representatives.select_related("decision").order_by("pk")
        standing = [each for each in representatives if states.may_become(each, State.CANCELLED)]
        if not standing:
            raise TicketRefused(_("There is no one to cancel in this request."))
        for representative in standing:
            _cancel(representative, ticketing, "cancelled", by=by, at=at, reason=reason)
        return fresh_request(request, ticketing)


def end_unconfirmed(requests: list[TicketRequest], *, act: str, by: Actor, at: datetime) -> int:
    """End unconfirmed `requests` on the locked terms with one entry of the journal. Returns how many.  R-46"""
    if not requests:
        return 0
    meeting = requests[0].meeting
    rows = Representative.objects.filter(request__in=requests, state=State.SUBMITTED)
    rows.update(state=State.EXPIRED, state_since=at)
    meeting.ticket_requests.filter(pk__in=[each.pk for each in requests]).update(ended_at=at)
    after = {"requests": [str(each.public_id) for each in requests]}
    recording.record(act, stream=meeting.journal_stream, subject="tickets", by=by, at=at, after=after)
    return len(requests)


def expire(representative: Representative, *, at: datetime) -> None:
    """End a `representative` who did not confirm their address within 48 hours; notify the focal point.  R-46

    To be called under the lock of the terms, on a fresh row.
    """
    witness = states.move(representative, State.EXPIRED, act="expired", by=SYSTEM, at=at)
    notices.tell("expired", representative, witness=witness, to=[representative.request.contact_email])
    close_if_none_is_left(representative.request, at=at)


def close_if_none_is_left(request: TicketRequest, *, at: datetime) -> None:
    """End a `request` whose representatives are all cancelled or expired; one that was declined can still be read."""
    left = request.representatives.exclude(state__in=[State.CANCELLED, State.EXPIRED])
    if request.ended_at is None and not left.exists():
        request.ended_at = at
        request.save(update_fields=["ended_at"])


def _cancel(representative, ticketing, act, *, by, at, reason):
    kept = fresh(representative, ticketing)
    was_confirmed, reads_mail = kept.confirmed_at is not None, [kept.email, kept.request.contact_email]
    if not states.may_become(kept, State.CANCELLED):
        words = _("%(name)s is %(state)s: this cannot be cancelled.")
        raise TicketRefused(words % {"name": kept, "state": kept.get_state_display()})
    if kept.inscription and kept.inscription.is_active:  # first: the list's lock is taken before the journal's
        withdrawing.withdraw(kept.inscription, by=by, at=at, reason=reason)
    witness = states.move(kept, State.CANCELLED, act=act, by=by, at=at, reason=reason)
    notices.take_back_draft(kept)
    vouchers.revoke(kept, at=at)
    notices.tell("cancelled", kept, witness=witness, to=reads_mail if was_confirmed else reads_mail[1:])
    close_if_none_is_left(kept.request, at=at)
    waiting.offer_seats(ticketing, at=at)
    return kept
