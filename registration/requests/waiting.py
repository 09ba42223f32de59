"""The waiting list: a freed seat is offered in the order of confirmation, with time to answer.  R-48 R-50

No one is skipped in silence: if an offer is not answered in time, the person moves to the end and is notified.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dialogue import moments
from journal.actors import SYSTEM, Actor
from languages.wording import when_read
from registration import states
from registration.locking import fresh, locked_terms
from registration.mail import notices
from registration.models import Representative, Ticketing
from registration.models.representative import RepresentativeQuerySet, State
from registration.refusals import TicketRefused
from registration.requests import links, vouchers

# Closer to the meeting than this, seats are no longer offered: staff assign them by hand.
LEAST_TIME = timedelta(hours=1)
# After this many unanswered offers the person stays on the list, and staff decide.
OFFERS = 2


def position(representative: Representative) -> int:
    """The place of a waiting `representative` on the waiting list, counted from 1 (one query).  R-47"""
    ahead = Representative.objects.waiting().filter(meeting=representative.meeting_id, holds_seat=False)
    return ahead.filter(turn__lt=representative.turn).count() + 1


def queue(ticketing: Ticketing) -> RepresentativeQuerySet:
    """Those waiting without an offer, by turn: they are offered the next free seats.  R-48"""
    waiting = Representative.objects.waiting().filter(meeting=ticketing.meeting_id, holds_seat=False)
    return waiting.filter(lapsed_offers__lt=OFFERS).select_related("request__organization")


def offers_seats(ticketing: Ticketing, *, at: datetime) -> bool:
    """Are free seats offered by themselves at the meeting's moment `at`?  R-48"""
    return ticketing.offers_by_itself and at <= ticketing.meeting.starts_at - LEAST_TIME


def offer_seats(ticketing: Ticketing, *, at: datetime) -> int:
    """Offer each free seat to the next on the waiting list, on the locked `ticketing`. Returns how many.  R-48 R-50

    An offered seat is held: it counts against the capacity. Journals, and mails a link for the answer.
    """
    if not offers_seats(ticketing, at=at):
        return 0
    chosen = list(queue(ticketing)[: ticketing.seats_left()])
    for representative in chosen:
        _offer(fresh(representative, ticketing), ticketing, at=at)
    return len(chosen)


def accept(representative: Representative, *, by: Actor, at: datetime) -> Representative:
    """Accept the offered seat at the meeting's moment `at`: approved, with a voucher that is mailed at once.  R-48 R-51

    Journals and mails. A second acceptance changes nothing. Raises `TicketRefused` if the offer has ended.
    """
    with locked_terms(representative.meeting_id) as ticketing:
        kept = fresh(representative, ticketing)
        if kept.state == State.APPROVED:
            return kept
        if kept.offer_ends_at is None or at >= kept.offer_ends_at:
            raise TicketRefused(_("This offer has ended. Your private page shows the status of your request."))
        witness = states.move(kept, State.APPROVED, act="offer accepted", by=by, at=at)
        vouchers.issue(kept, at=at)
        notices.tell("approved", kept, witness=witness)
        vouchers.hand_out(kept, at=at)
        return kept


def end_offers(ticketing: Ticketing, *, at: datetime) -> int:
    """End the offers that ran out by the meeting's moment `at`: those people go to the end of the list.  R-48"""
    late = list(ticketing.meeting.representatives.filter(offer_ends_at__lte=at).order_by("turn"))
    for representative in late:
        kept = fresh(representative, ticketing)
        witness = states.change(
            kept,
            act="offer lapsed",
            by=SYSTEM,
            at=at,
            holds_seat=False,
            offer_ends_at=None,
            lapsed_offers=kept.lapsed_offers + 1,
            turn=ticketing.next_turn(),
        )
        notices.tell("lapsed", kept, witness=witness, is_last=kept.lapsed_offers >= OFFERS)
    return len(late)


def _offer(representative, ticketing, *, at):
    """Hold a seat for a waiting `representative` until the time to answer is over or the meeting starts."""
    notices.take_back_draft(representative)
    ends_at = min(at + ticketing.answer_within, ticketing.meeting.starts_at)
    witness = states.change(
        representative, act="seat offered", by=SYSTEM, at=at, holds_seat=True, offer_ends_at=ends_at
    )
    link = links.to_offer(representative, at=at)
    until = when_read(moments.in_words, ends_at, ticketing.meeting)
    notices.offer_seat(representative, link, witness=witness, until=until)
