"""The terms of a meeting's tickets as the lock under which seats are counted and turns are assigned.  R-50

Always taken before the meeting's own row and before the journal's head, so that there is no deadlock.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from acts import locking
from registration.models import Representative, Ticketing, TicketRequest
from registration.refusals import TicketRefused


@contextmanager
def locked_terms(meeting_pk: int) -> Iterator[Ticketing]:
    """Lock the terms of the meeting `meeting_pk` for the body of a `with`, which gets them with their meeting fetched.

    Raises `Ticketing.DoesNotExist` if the meeting has no tickets, and `OperationalError` if the row cannot be locked
    in time (see `acts.locking.locked`).
    """
    with locking.locked(Ticketing.objects.filter(meeting=meeting_pk).select_related("meeting")) as ticketing:
        yield ticketing


def fresh(representative: Representative, ticketing: Ticketing) -> Representative:
    """The `representative`, read again under the lock with its request and organization."""
    found = Representative.objects.select_related("request__organization", "decision", "inscription").get(
        pk=representative.pk
    )
    found.meeting = found.request.meeting = ticketing.meeting
    return found


def fresh_people(people: Iterable[Representative], ticketing: Ticketing) -> list[Representative]:
    """The `people`, read again under the lock as `fresh` does, by turn (one statement).

    Raises `TicketRefused` if not all of them are of the meeting.
    """
    wanted = {person.pk for person in people}
    found = Representative.objects.filter(meeting=ticketing.meeting_id, pk__in=wanted).order_by("turn", "pk")
    kept = list(found.select_related("request__organization__country", "decision", "inscription"))
    if len(kept) != len(wanted):
        raise TicketRefused(_("These people are not all of one meeting. Choose people of one meeting."))
    for person in kept:
        person.meeting = person.request.meeting = ticketing.meeting
    return kept


def fresh_request(request: TicketRequest, ticketing: Ticketing) -> TicketRequest:
    """The `request`, read again under the lock with its organization."""
    found = TicketRequest.objects.select_related("organization").get(pk=request.pk)
    found.meeting = ticketing.meeting
    return found
