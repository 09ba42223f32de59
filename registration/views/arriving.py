"""What every page of tickets goes through: the stamp of arrival, the meeting with its terms; links leave no traces."""

from functools import wraps

from django.http import Http404
from django.shortcuts import render

from dialogue.models import Contact
from registration.models import Ticketing
from registration.requests import links
from speakers.views.arriving import arriving

OFFICE = Contact.Role.CIVIL_SOCIETY


def with_terms(view):
    """Call `view(request, meeting, …)` where `meeting.ticketing` is fetched; 404 for a meeting without tickets.

    `request.arrived_at` is read before all else, and `request.moment` is the same as the meeting lives it.  R-03
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


def behind(purpose):
    """Call `view(request, meeting, link, …)` with the live link of `purpose` that the address holds; else 410.  R-59

    Such a page is not indexed, not kept, and gives its address to nobody.
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
