"""Confirming an address with a button behind a mailed link; unconfirmed requests end after 48 hours.  R-46 R-59

The focal point confirms first, then each representative is asked. A person who files a request in another's name can
therefore make us write to that one address only, and such a mail never contains anything that was typed (R-60).
"""

from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from dialogue.models import Meeting
from journal.actors import FOCAL_POINT, SYSTEM, Actor
from registration import records, states
from registration.locking import fresh, fresh_request, locked_terms
from registration.mail import notices
from registration.models import Representative, Ticketing, TicketRequest
from registration.models.representative import RepresentativeQuerySet, State
from registration.models.request import TicketRequestQuerySet
from registration.refusals import TicketRefused
from registration.requests import ending, links

REPRESENTATIVE = "representative"
AT_ONCE = 20
ROWS_AT_A_TIME = 500


def ask(meeting: Meeting, address: str, *, network: str, at: datetime) -> None:
    """Mail the normalised `address` a link to everything filed under it, at most once in ten minutes.  R-60"""
    if link := links.to_address(meeting, address, network=network, at=at):
        notices.send_link(meeting, address, link, language=get_language() or settings.LANGUAGE_CODE)


def ask_representatives(request: TicketRequest, *, at: datetime) -> None:
    """Ask each representative of an open `request` who has not been asked yet to confirm."""
    waiting = request.representatives.filter(state=State.SUBMITTED, asked_at=None)
    for representative in waiting:
        ask(request.meeting, representative.normalised_email, network="", at=at)
    waiting.update(asked_at=at)


def requests_under(address: str, meeting: Meeting) -> TicketRequestQuerySet:
    """The requests waiting for the normalised `address` to confirm, newest first."""
    waiting = TicketRequest.objects.unconfirmed().filter(meeting=meeting, normalised_email=address)
    return waiting.select_related("organization").order_by("-arrived_at")[:AT_ONCE]


def representatives_under(address: str, meeting: Meeting) -> RepresentativeQuerySet:
    """The representatives whom the normalised `address` has yet to confirm, in confirmed requests."""
    waiting = Representative.objects.filter(state=State.SUBMITTED, meeting=meeting, normalised_email=address)
    confirmed = waiting.filter(request__confirmed_at__isnull=False, request__ended_at=None)
    return confirmed.select_related("request__organization").order_by("-pk")[:AT_ONCE]


def confirm_request(request: TicketRequest, *, at: datetime) -> str:
    """The focal point of `request` confirms its address at the meeting's moment `at`; staff see the request.  R-46

    The focal point's own row as a representative is confirmed with it; the other representatives are asked. Journals,
    and acknowledges with a link to the private page. Returns the URL of that page. Raises `TicketRefused`.
    """
    with locked_terms(request.meeting_id) as ticketing:
        kept = fresh_request(request, ticketing)
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
            _confirm(fresh(own, ticketing), ticketing, by=by, at=at)
        ask_representatives(kept, at=at)
        page = links.to_page(kept, at=at)
        notices.acknowledge_request(kept, page, list(kept.representatives.all()), witness=witness)
        return page


def confirm_representative(representative: Representative, *, at: datetime) -> Representative:
    """A representative confirms their address: received, under review, with a turn in the order of confirmation.

    R-46 R-48 R-49. Journals and acknowledges. Raises `TicketRefused` if it is too late, or if the address is already
    used by another representative at this meeting.
    """
    with locked_terms(representative.meeting_id) as ticketing:
        kept = fresh(representative, ticketing)
        if kept.is_active:
            return kept
        _refuse_what_ended(kept.state != State.SUBMITTED or not kept.request.is_open)
        _refuse_what_ended(kept.asked_at is None or kept.asked_at <= at - links.LIFETIME)
        if rival := rival_of(kept):
            words = _(
                "This address is already used by %(name)s of %(organization)s at this meeting. "
                "If this request is to be considered, cancel that one first."
            )
            raise TicketRefused(words % {"name": rival, "organization": rival.request.organization})
        witness = _confirm(kept, ticketing, by=Actor(kept.email, REPRESENTATIVE), at=at)
        notices.acknowledge_representative(kept, witness=witness)
        return kept


def rival_of(representative: Representative) -> Representative | None:
    """The active representative with the same address at this meeting, or None.  R-49"""
    active = Representative.objects.active().filter(meeting=representative.meeting_id)
    rivals = active.filter(normalised_email=representative.normalised_email).exclude(pk=representative.pk)
    return rivals.select_related("request__organization").first()


def disown(request: TicketRequest, *, by: Actor, at: datetime) -> TicketRequest:
    """End an unconfirmed request because the reader of the focal point's mail says that it is not theirs."""
    with locked_terms(request.meeting_id) as ticketing:
        kept = fresh_request(request, ticketing)
        if kept.confirmed_at is None and kept.ended_at is None:
            ending.end_unconfirmed([kept], act="request disowned", by=by, at=at)
        return kept


def end_unconfirmed(ticketing: Ticketing, *, at: datetime) -> int:
    """End what was not confirmed within 48 hours, on the locked `ticketing`, some hundreds at a time.  R-46

    One entry of the journal covers all requests. Returns how many requests and representatives.
    """
    before = at - links.LIFETIME
    meeting = ticketing.meeting
    requests = meeting.ticket_requests.unconfirmed().filter(arrived_at__lte=before)[:ROWS_AT_A_TIME]
    ended = ending.end_unconfirmed(list(requests), act="requests expired", by=SYSTEM, at=at)
    late = Representative.objects.filter(meeting=meeting, state=State.SUBMITTED, asked_at__lte=before)
    for representative in late.filter(request__ended_at=None)[:ROWS_AT_A_TIME]:
        ending.expire(fresh(representative, ticketing), at=at)
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
    """Apply an organization's limit across its requests, now that the address is proven.  R-46 R-59"""
    others = Representative.objects.standing().filter(
        request__in=TicketRequest.objects.open().filter(meeting=request.meeting, organization=request.organization)
    )
    taken, own = others.count(), request.representatives.standing().count()
    if not taken or taken + own <= ticketing.per_organization:
        return
    facts = {"organization": request.organization, "taken": taken, "limit": ticketing.per_organization}
    words = ngettext(
        "%(organization)s already has %(taken)d of its %(limit)d representative in another request. Please file a "
        "request for the remaining ones, or write to the office.",
        "%(organization)s already has %(taken)d of its %(limit)d representatives in another request. Please file a "
        "request for the remaining ones, or write to the office.",
        ticketing.per_organization,
    )
    raise TicketRefused(words % facts)
