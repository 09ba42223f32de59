"""Creating, finding and ending secret links. Only keyed hashes of their tokens are kept.  R-46 R-59 R-60

Mail that a stranger can trigger by typing an address contains one kind of link, to everything filed under that address;
so one mail is enough, however much was filed, and at most one is sent to an address in ten minutes.
"""

import secrets
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.urls import reverse

from acts.keyed_hashes import keyed_hash, possible_hashes
from dialogue.models import Meeting
from registration.models import Link, Representative, TicketRequest, Voucher

# How long a link to confirm an address works.  R-46
LIFETIME = timedelta(hours=48)
MAIL_EVERY = timedelta(minutes=10)
# The purpose of the hashes that are kept.
TOKEN = "registration.links"  # noqa: S105  no token, but what one is for
PAGES = {
    Link.Purpose.ADDRESS: "registration:address",
    Link.Purpose.PAGE: "registration:page",
    Link.Purpose.OFFER: "registration:offer",
    Link.Purpose.VOUCHER: "registration:voucher",
}
# The relations fetched with a link, so that its page needs no further query.
OPENED = ["request__organization", "voucher__representative__request__organization"]


def to_address(meeting: Meeting, address: str, *, network: str, at: datetime) -> str | None:
    """The URL of a link to everything filed under the normalised `address`; None within ten minutes.  R-60

    `at` is the meeting's moment. The caller mails it.
    """
    now = real(at, meeting)
    recent = Link.objects.filter(purpose=Link.Purpose.ADDRESS, address=address, created_at__gt=now - MAIL_EVERY)
    if recent.exists():
        return None
    return _make(Link.Purpose.ADDRESS, meeting, address, now, lasts=LIFETIME, network=network)


def to_page(request: TicketRequest, *, at: datetime) -> str:
    """The URL of a link to the private page of `request`, which works until it is ended."""
    now = real(at, request.meeting)
    return _make(Link.Purpose.PAGE, request.meeting, request.normalised_email, now, request=request)


def to_offer(representative: Representative, *, at: datetime) -> str:
    """The URL of a link to the seat that `representative` is offered, which works as long as the offer stands."""
    meeting = representative.meeting
    lasts = cast(datetime, representative.offer_ends_at) - at
    return _make(
        Link.Purpose.OFFER,
        meeting,
        representative.normalised_email,
        real(at, meeting),
        lasts=lasts,
        representative=representative,
    )


def to_voucher(voucher: Voucher, *, at: datetime) -> str:
    """The URL of a link to the page of `voucher`; it keeps working, even to say that the voucher is revoked."""
    representative = voucher.representative
    meeting = representative.meeting
    return _make(Link.Purpose.VOUCHER, meeting, representative.normalised_email, real(at, meeting), voucher=voucher)


def find(token: str, purpose: Link.Purpose, meeting: Meeting, *, at: datetime) -> Link | None:
    """The live `Link` of `purpose` for `meeting` that holds `token`, or None. Changes nothing.  R-59"""
    live = Link.objects.live(real(at, meeting)).filter(meeting=meeting, purpose=purpose)
    return live.filter(token_hash__in=possible_hashes(TOKEN, token)).select_related(*OPENED).first()


def end_pages(request: TicketRequest, *, at: datetime) -> None:
    """End every link that opens the private page of `request`, and those to its focal point's address.

    They end at once and for good; a new one is mailed on request.
    """
    now = real(at, request.meeting)
    request.links.filter(ended_at=None).update(ended_at=now)
    to_its_address = Link.objects.filter(meeting=request.meeting, address=request.normalised_email, ended_at=None)
    to_its_address.filter(purpose=Link.Purpose.ADDRESS).update(ended_at=now)


def real(at: datetime, meeting: Meeting) -> datetime:
    """The real moment of the meeting's moment `at`; they differ only at a rehearsal."""
    return at - meeting.clock_shift


def _make(purpose, meeting, address, now, *, lasts=None, **opens):
    """Store a link made at the real moment `now` and return its URL, always under `SITE_URL`."""
    token = secrets.token_urlsafe(24)
    Link.objects.create(
        token_hash=keyed_hash(TOKEN, token),
        purpose=purpose,
        meeting=meeting,
        address=address,
        created_at=now,
        expires_at=now + lasts if lasts else None,
        **opens,
    )
    return settings.SITE_URL + reverse(PAGES[purpose], args=[meeting.slug, token])
