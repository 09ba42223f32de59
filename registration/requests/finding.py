"""What is filed under an address at a meeting, for the person who reads its mail.  R-46 R-59 R-60"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

import spelling
from dialogue.models import Meeting
from registration.models import Link, Representative, TicketRequest
from registration.models.representative import RepresentativeQuerySet, State
from registration.models.request import TicketRequestQuerySet
from registration.refusals import TooMany
from registration.requests import confirming, links

# How many links one network may ask for within an hour.
LINKS_PER_NETWORK = 60


def send_link(meeting: Meeting, address: str, *, network: str, at: datetime) -> None:
    """Mail the link to `address` if anything is filed under it, at most once in ten minutes.  R-60

    `at` is the meeting's moment. The page's answer must not depend on what this does. Raises `TooMany` for a network
    that has asked too often, whatever it asked for.
    """
    address = spelling.address(address)
    lately = Link.objects.filter(
        purpose=Link.Purpose.ADDRESS, created_at__gt=links.real(at, meeting) - timedelta(hours=1)
    )
    if network and lately.filter(network=network).count() >= LINKS_PER_NETWORK:
        raise TooMany(_("Too many links were requested from your network within the hour. Please try again later."))
    if stands_under(address, meeting):
        confirming.ask(meeting, address, network=network, at=at)


def stands_under(address: str, meeting: Meeting) -> bool:
    """Is anything filed under the normalised `address`: a request, or a representative?"""
    requests = TicketRequest.objects.filter(meeting=meeting, normalised_email=address)
    return requests.exists() or persons_under(address, meeting).exists()


def open_requests_under(address: str, meeting: Meeting) -> TicketRequestQuerySet:
    """The open requests whose focal point has this `address`."""
    opened = TicketRequest.objects.open().filter(meeting=meeting, normalised_email=address)
    return opened.select_related("organization").prefetch_related("representatives__decision")


def persons_under(address: str, meeting: Meeting) -> RepresentativeQuerySet:
    """The representatives with this `address` who confirmed, newest first, whatever became of them."""
    persons = Representative.objects.filter(meeting=meeting, normalised_email=address)
    confirmed = persons.exclude(state__in=[State.SUBMITTED, State.EXPIRED]).filter(confirmed_at__isnull=False)
    return confirmed.select_related("request__organization", "decision").order_by("-pk")
