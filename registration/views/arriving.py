"""What every page of tickets goes through: the arrival stamp, the meeting with its terms, secret links kept secret."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from dialogue.models import Contact
from registration.models import Link, Ticketing
from registration.requests import links
from speakers.views.arriving import Arrival, arriving

OFFICE = Contact.Role.CIVIL_SOCIETY


class TicketArrival(Arrival):
    """A request about tickets, with the moment of its arrival as the meeting lives it."""

    moment: datetime


def with_terms(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, meeting, …)` with `meeting.ticketing` fetched; 404 for a meeting without tickets.

    `request.arrived_at` is read before everything else; `request.moment` is that moment of the meeting.  R-03
    """

    @arriving(officer=OFFICE)
    @wraps(view)
    def found(request, meeting, **rest):
        if (ticketing := Ticketing.objects.filter(meeting=meeting).first()) is None:
            raise Http404
        meeting.ticketing = ticketing
        request.moment = meeting.moment(request.arrived_at)
        return view(request, meeting, **rest)

    return found


def behind(purpose: Link.Purpose) -> Callable[..., Any]:
    """Call `view(request, meeting, link, …)` with the live link of `purpose` in the address; otherwise 410.  R-59

    Such a page is neither indexed nor cached, and sends no referrer.
    """

    def decorator(view):
        @with_terms
        @wraps(view)
        def opened(request, meeting, token, **rest):
            link = links.find(token, purpose, meeting, at=request.moment)
            if link is None:
                answer = render(request, "registration/link_ended.html", {"meeting": meeting}, status=410)
            else:
                link.meeting, link.token = meeting, token
                answer = view(request, meeting, link, **rest)
            answer["Referrer-Policy"] = "strict-origin"
            answer["X-Robots-Tag"] = "noindex"
            return answer

        return opened

    return decorator
