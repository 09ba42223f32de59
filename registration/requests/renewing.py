"""Renewing the secret link to a private page, which ends the earlier ones, and ending them all.  R-59"""

from django.db import transaction

from registration import records
from registration.mail import notices
from registration.requests import links


def renew(request, *, by, at):
    """End every link to the private page of `request`, mail its focal point a new one, and return its URL.

    `at` is the meeting's moment. Journals.
    """
    with transaction.atomic():
        links.end_pages(request, at=at)
        records.record("private links renewed", request, by=by, at=at)
        page = links.to_page(request, at=at)
        notices.send_page(request, page)
    return page


def revoke(request, *, by, at):
    """End every link to the private page of `request`; a new one is mailed to the focal point's address on request.

    `at` is the meeting's moment. Journals.
    """
    with transaction.atomic():
        links.end_pages(request, at=at)
        records.record("private links ended", request, by=by, at=at)
