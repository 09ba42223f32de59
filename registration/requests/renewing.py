"""Renewing the secret link to a private page, which ends the earlier ones, and ending them all.  R-59"""

from datetime import datetime

from django.db import transaction

from journal.actors import Actor
from registration import records
from registration.mail import notices
from registration.models import TicketRequest
from registration.requests import links


def renew(request: TicketRequest, *, by: Actor, at: datetime) -> str:
    """End every link to the private page of `request`, mail its focal point a new one, and return its URL.

    `at` is the meeting's moment. Journals.
    """
    with transaction.atomic():
        links.end_pages(request, at=at)
        records.record("private links renewed", request, by=by, at=at)
        page = links.to_page(request, at=at)
        notices.send_page(request, page)
    return page


def revoke(request: TicketRequest, *, by: Actor, at: datetime) -> None:
    """End every link to the private page of `request`; a new one is mailed to the focal point's address on request.

    `at` is the meeting's moment. Journals.
    """
    with transaction.atomic():
        links.end_pages(request, at=at)
        records.record("private links ended", request, by=by, at=at)
