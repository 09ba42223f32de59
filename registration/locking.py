"""The terms of a meeting's tickets as the lock under which seats are counted and turns are assigned.  R-50

Always taken before the meeting's own row and before the journal's head, so that there is no deadlock.
"""

from collections.abc import Callable
from typing import Any

from registration.models import Representative, Ticketing, TicketRequest
from speakers import locking


def under_lock(meeting_pk: int, act: Callable[..., Any]) -> Any:
    """Call `act(ticketing)` in a transaction that locks the terms of the meeting `meeting_pk`; return what it returns.

    `ticketing.meeting` is fetched. Raises `Ticketing.DoesNotExist` if the meeting has no tickets, and
    `OperationalError` if the row cannot be locked in time (see `speakers.locking.under_lock_of`).
    """
    return locking.under_lock_of(Ticketing.objects.filter(meeting=meeting_pk).select_related("meeting"), act)


def fresh(representative: Representative, ticketing: Ticketing) -> Representative:
    """The `representative`, read again under the lock with its request and organization."""
    found = Representative.objects.select_related("request__organization", "decision", "inscription").get(
        pk=representative.pk
    )
    found.meeting = found.request.meeting = ticketing.meeting
    return found


def fresh_request(request: TicketRequest, ticketing: Ticketing) -> TicketRequest:
    """The `request`, read again under the lock with its organization."""
    found = TicketRequest.objects.select_related("organization").get(pk=request.pk)
    found.meeting = ticketing.meeting
    return found
