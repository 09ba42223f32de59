"""Confirming an address by a button behind a mailed link; what nobody confirms ends after 48 hours.  R-46 R-59

First the focal point confirms, then each representative is asked: so whoever files a request in another's name can
have us write to that one address alone, and no typed word ever stands in such a mail (R-60).
"""

from django.utils.translation import gettext as _

from journal.actors import FOCAL_POINT, SYSTEM, Actor
from registration import locking, records, states
from registration.mail import notices
from registration.models import Representative, TicketRequest
from registration.models.representative import State
from registration.refusals import TicketRefused
from registration.requests import ending, links

REPRESENTATIVE = "representative"
AT_ONCE = 20
ROWS_AT_A_TIME = 500


def ask(meeting, address, *, network, at):
    """Mail the normalised `address` a link to whatever stands under it, at most once in ten minutes.  R-60"""
    if link := links.to_address(meeting, address, network=network, at=at):
        notices.send_link(meeting, address, link)


def ask_representatives(request, *, at):
    """Ask each representative of an open `request` who was not asked yet."""
    waiting = request.representatives.filter(state=State.SUBMITTED, asked_at=None)
    for representative in waiting:
        ask(request.meeting, representative.normalised_email, network="", at=at)
    waiting.update(asked_at=at)


def requests_under(address, meeting):
    """The requests that wait for the normalised `address` to confirm, newest first."""
    waiting = TicketRequest.objects.unconfirmed().filter(meeting=meeting, normalised_email=address)
    return waiting.select_related("organization").order_by("-arrived_at")[:AT_ONCE]


def representatives_under(address, meeting):
    """The representatives who wait for the normalised `address` to confirm, of requests whose focal point did."""
    waiting = Representative.objects.filter(state=State.SUBMITTED, meeting=meeting, normalised_email=address)
    confirmed = waiting.filter(request__confirmed_at__isnull=False, request__ended_at=None)
    return confirmed.select_related("request__organization").order_by("-pk")[:AT_ONCE]


def confirm_request(request, *, at):
    """The focal point of `request` confirms its address at the meeting's moment `at`; staff see the request.  R-46

    Its own row as a representative is confirmed with it; the other representatives are asked. Journals, and
    acknowledges with a link to the private page. Gives the web address of that page. Raises `TicketRefused`.
    """

    def act(ticketing):
        kept = locking.fresh_request(request, ticketing)
        _refuse_what_ended(kept.ended_at is not None or kept.arrived_at <= at - links.LIFETIME)
        if kept.confirmed_at is not None:
            return links.to_page(kept, at=at)
        _refuse_a_second_request(kept)
        _refuse_too_many(kept, ticketing)
        kept.confirmed_at = kept.asked_at = at
        kept.save(update_fields=["confirmed_at", "asked_at"])
        by = Actor(kept.contact_email, FOCAL_POINT)
        witness = records.record("request confirmed", kept, by=by, at=at, after={"confirmed_at": at})
        own = kept.representatives.filter(state=State.SUBMITTED, normalised_email=kept.normalised_email).first()
        if own and not rival_of(own):
            _confirm(locking.fresh(own, ticketing), ticketing, by=by, at=at)
        ask_representatives(kept, at=at)
        page = links.to_page(kept, at=at)
        notices.acknowledge_request(kept, page, list(kept.representatives.all()), witness=witness)
        return page

    return locking.under_lock(request.meeting_id, act)


def confirm_representative(representative, *, at):
    """A representative confirms the own address: received, under review, with a turn in the order of confirmation.

    R-46 R-48 R-49. Journals and acknowledges. Raises `TicketRefused` where the time is over, or the address already
    stands for somebody at this meeting.
    """

    def act(ticketing):
        kept = locking.fresh(representative, ticketing)
        if kept.is_active:
            return kept
        _refuse_what_ended(kept.state != State.SUBMITTED or not kept.request.is_open)
        _refuse_what_ended(kept.asked_at is None or kept.asked_at <= at - links.LIFETIME)
        if rival := rival_of(kept):
            words = _(
                "This address already stands for %(name)s of %(organization)s at this meeting. "
                "Cancel that one first if this one shall be considered."
            )
            raise TicketRefused(words % {"name": rival, "organization": rival.request.organization})
        witness = _confirm(kept, ticketing, by=Actor(kept.email, REPRESENTATIVE), at=at)
        notices.acknowledge_representative(kept, witness=witness)
        return kept

    return locking.under_lock(representative.meeting_id, act)


def rival_of(representative):
    """The active representative whom the same address stands for at this meeting, or None.  R-49"""
    active = Representative.objects.active().filter(meeting=representative.meeting_id)
    rivals = active.filter(normalised_email=representative.normalised_email).exclude(pk=representative.pk)
    return rivals.select_related("request__organization").first()


def disown(request, *, by, at):
    """Whoever reads mail at the focal point's address says: this is not mine. The request ends unconfirmed."""

    def act(ticketing):
        kept = locking.fresh_request(request, ticketing)
        if kept.confirmed_at is None and kept.ended_at is None:
            ending.end_unconfirmed([kept], act="request disowned", by=by, at=at)
        return kept

    return locking.under_lock(request.meeting_id, act)


def end_unconfirmed(ticketing, *, at):
    """End what nobody confirmed within 48 hours, on the locked `ticketing`, some hundreds at a time.  R-46

    One entry of the journal tells of them all: they were never anybody's. Gives how many requests and representatives.
    """
    before = at - links.LIFETIME
    meeting = ticketing.meeting
    requests = meeting.ticket_requests.unconfirmed().filter(arrived_at__lte=before)[:ROWS_AT_A_TIME]
    ended = ending.end_unconfirmed(list(requests), act="requests expired", by=SYSTEM, at=at)
    late = Representative.objects.filter(meeting=meeting, state=State.SUBMITTED, asked_at__lte=before)
    for representative in late.filter(request__ended_at=None)[:ROWS_AT_A_TIME]:
        ending.expire(locking.fresh(representative, ticketing), at=at)
        ended += 1
    return ended


def _confirm(representative, ticketing, *, by, at):
    return states.move(
        representative,
        State.CONFIRMED,
        act="address confirmed",
        by=by,
        at=at,
        confirmed_at=at,
        asked_at=representative.asked_at or at,
        turn=ticketing.next_turn(),
    )


def _refuse_what_ended(has_ended):
    if has_ended:
        raise TicketRefused(_("This was not confirmed within 48 hours, or was ended. Please file a new request."))


def _refuse_a_second_request(request):
    others = TicketRequest.objects.open().filter(meeting=request.meeting, organization=request.organization)
    if others.filter(normalised_email=request.normalised_email).exists():
        words = _(
            "You already have a request for %(organization)s. Open it, and add or change representatives there; "
            "this second one is not needed."
        )
        raise TicketRefused(words % {"organization": request.organization})


def _refuse_too_many(request, ticketing):
    """An organization's limit holds across its requests; asked here, when it is known whose they are.  R-46 R-59"""
    others = Representative.objects.standing().filter(
        request__in=TicketRequest.objects.open().filter(meeting=request.meeting, organization=request.organization)
    )
    taken, own = others.count(), request.representatives.standing().count()
    if not taken or taken + own <= ticketing.per_organization:
        return
    facts = {"organization": request.organization, "taken": taken, "limit": ticketing.per_organization}
    words = _(
        "%(organization)s has %(taken)d of its %(limit)d representatives in another request already. Please file a "
        "request for those that are left, or write to the office."
    )
    raise TicketRefused(words % facts)
