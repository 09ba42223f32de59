"""Deciding on representatives: approve, put on the waiting list, decline, reconsider; m of n of a request.

R-47 R-48 R-50. Each decision is a mail that waits for staff to release it; until then the person is shown the state
that was last notified.
"""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.actors import Actor
from registration import states
from registration.locking import fresh, locked_terms
from registration.mail import notices
from registration.models import Representative, TicketRequest
from registration.models.representative import State
from registration.refusals import TicketRefused
from registration.requests import confirming, vouchers, waiting

UNDECIDED = [State.CONFIRMED, State.WAITLISTED]


def approve(representative: Representative, *, by: Actor, at: datetime, words: str = "") -> Representative:
    """Give `representative` a seat and a voucher; without a free seat, a place on the waiting list.  R-48 R-50

    A representative who already holds a seat (offered, or reviewed again after an amendment) keeps it. `words` are
    staff's own and are added to the mail. Journals and drafts the mail. Returns the representative, now `approved` or
    `waitlisted`. Raises `TicketRefused` if there is nothing to decide.
    """
    with locked_terms(representative.meeting_id) as ticketing:
        kept = _undecided(representative, ticketing)
        if not kept.holds_seat and ticketing.seats_left() == 0:
            return _wait(kept, ticketing, by=by, at=at, words=words)
        told = kept.shown_state
        witness = states.move(kept, State.APPROVED, act="approved", by=by, at=at, reason=words)
        vouchers.issue(kept, at=at)
        return _draft("approved", kept, told, witness=witness, words=words)


def waitlist(representative: Representative, *, by: Actor, at: datetime, words: str = "") -> Representative:
    """Put `representative` on the waiting list, in the turn of its confirmation.  R-48

    Journals and drafts the mail. Raises `TicketRefused`, even if only because a free seat would be offered to it at
    once.
    """
    with locked_terms(representative.meeting_id) as ticketing:
        kept = _undecided(representative, ticketing)
        if kept.state == State.WAITLISTED:
            raise TicketRefused(_("%(name)s is already on the waiting list.") % {"name": kept})
        if ticketing.offers_by_itself and ticketing.seats_left() and not waiting.queue(ticketing).exists():
            refusal = _("Seats are free, and would be offered to %(name)s at once. Approve, or stop the offers first.")
            raise TicketRefused(refusal % {"name": kept})
        return _wait(kept, ticketing, by=by, at=at, words=words)


def decline(representative: Representative, *, words: str, by: Actor, at: datetime) -> Representative:
    """Decline `representative` in staff's own `words`, which are mandatory and are added to the mail.  R-47 R-48

    An approved representative can be declined too, until the manifest. A voucher that the person knows of is revoked
    when the mail is released (`releasing`); a seat that was held goes to the waiting list. Journals and drafts the
    mail. Raises `TicketRefused`.
    """
    if not words.strip():
        raise TicketRefused(_("Enter your words: the person will read them."), "words")

    with locked_terms(representative.meeting_id) as ticketing:
        kept = _undecided(representative, ticketing, or_in=[State.APPROVED])
        if kept.selection == kept.Selection.SELECTED:
            facts = {"name": kept}
            raise TicketRefused(_("%(name)s is selected to speak. Take the selection back first.") % facts)
        told = kept.shown_state
        if told not in vouchers.SHOWN_IN:
            vouchers.revoke(kept, at=at)
        witness = states.move(kept, State.DECLINED, act="declined", by=by, at=at, reason=words)
        _draft("declined", kept, told, witness=witness, words=words)
        waiting.offer_seats(ticketing, at=at)
        return kept


def reconsider(representative: Representative, *, reason: str, by: Actor, at: datetime) -> Representative:
    """Put a declined `representative` under review again, in the old turn, for a mandatory `reason`.  R-48

    The mail of the refusal is discarded if it was not released. A person who had been notified of an approval or of the
    waiting list is notified of the review, and the voucher is revoked. Journals. Raises `TicketRefused`, among other
    cases if the address has meanwhile been confirmed for another representative (R-49).
    """
    if not reason.strip():
        raise TicketRefused(_("Give the reason: it is kept in the journal."), "reason")

    with locked_terms(representative.meeting_id) as ticketing:
        kept = fresh(representative, ticketing)
        if rival := confirming.rival_of(kept):
            words = _("The address of %(name)s is now used by %(rival)s.")
            raise TicketRefused(words % {"name": kept, "rival": rival})
        told = kept.shown_state
        notices.take_back_draft(kept)
        vouchers.revoke(kept, at=at)
        witness = states.move(kept, State.CONFIRMED, act="reconsidered", by=by, at=at, reason=reason)
        notices.tell_of_review(kept, told, witness=witness, is_reconsidered=True)
        return kept


def grant(
    request: TicketRequest, *, seats: int, others: str, by: Actor, at: datetime, words: str = ""
) -> list[Representative]:
    """Approve the first `seats` of the undecided representatives of `request`, by turn; m of n.  R-46 R-48 R-50

    The `others` become `waitlisted` or `declined`, or stay `confirmed`, under review. All under one lock, or none: a
    refusal of one refuses all. `words` are added to each mail. Returns the changed representatives. Raises
    `TicketRefused`.
    """
    with locked_terms(request.meeting_id):
        undecided = list(request.representatives.filter(state__in=UNDECIDED).order_by("turn"))
        if not undecided or not 0 <= seats <= len(undecided):
            refusal = ngettext(
                "%(count)d representative of this request is waiting for a decision.",
                "%(count)d representatives of this request are waiting for a decision.",
                len(undecided),
            )
            raise TicketRefused(refusal % {"count": len(undecided)}, "seats")
        decided = [approve(each, by=by, at=at, words=words) for each in undecided[:seats]]
        return decided + [_other(each, others, by=by, at=at, words=words) for each in undecided[seats:]]


def _other(representative, state, *, by, at, words):
    """Bring one of the others of a request into `state`, unless it is already there."""
    if state == State.DECLINED:
        return decline(representative, words=words, by=by, at=at)
    if state == State.WAITLISTED and representative.state != State.WAITLISTED:
        return waitlist(representative, by=by, at=at, words=words)
    return representative


def _undecided(representative, ticketing, or_in=()):
    """The representative, read again; raises `TicketRefused` unless a decision may be taken on it."""
    kept = fresh(representative, ticketing)
    if kept.state not in [*UNDECIDED, *or_in]:
        words = _("%(name)s is %(state)s: there is nothing to decide.")
        raise TicketRefused(words % {"name": kept, "state": kept.get_state_display()})
    return kept


def _wait(kept, ticketing, *, by, at, words):
    """Put `kept` on the waiting list; a seat that it held while under review again goes to the next in line."""
    if kept.state == State.WAITLISTED:
        raise TicketRefused(_("No seat is free: %(name)s stays on the waiting list.") % {"name": kept})
    told, held_a_seat = kept.shown_state, kept.holds_seat
    witness = states.move(kept, State.WAITLISTED, act="put on the waiting list", by=by, at=at, reason=words)
    position = waiting.position(kept)
    _draft("waitlisted", kept, told, witness=witness, words=words, position=position)
    if held_a_seat:
        waiting.offer_seats(ticketing, at=at)
    return kept


def _draft(name, kept, told, *, witness, words, **context):
    """Draft the mail of a decision, replacing an earlier draft that was not released."""
    notices.take_back_draft(kept)
    kept.decision = notices.draft(name, kept, witness=witness, words=words, **context)
    kept.told_state = told
    kept.save(update_fields=["decision", "told_state"])
    return kept
