"""The page on which an organization requests tickets.  R-46 R-53 R-60"""

import hashlib
import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from dialogue.models import Meeting
from dialogue.networks import network_of
from registration.forms import RequestForm, Rows, rows
from registration.refusals import TicketRefused, TooMany
from registration.requests import links, requesting
from registration.views.arriving import OFFICE, with_terms
from speakers.views import outage
from speakers.views.refusing import add_refusal


@with_terms
@require_http_methods(["GET", "HEAD", "POST"])
def request_tickets(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Show the form, add or remove a row, or file the request.

    If nothing is recorded, the status is 422 (429 at a limit) and what was typed is kept. The answer to a recorded
    request is the same whether or not an address is known.  R-59
    """
    limit = meeting.ticketing.per_organization
    if request.method != "POST":
        carried = {"officer": outage.sealed_officer(meeting.slug, OFFICE)}
        return _page(request, meeting, RequestForm(meeting=meeting, initial=carried), Rows(limit=limit))
    if changed := rows.changed(request.POST, limit):
        form, representatives = RequestForm(changed, meeting=meeting), Rows(changed, limit=limit)
        form.is_only_shown = True
        return _page(request, meeting, form, representatives.show_only())
    form, representatives = RequestForm(request.POST, meeting=meeting), Rows(request.POST, limit=limit)
    if form.is_valid() & representatives.is_valid():
        try:
            _file(request, form, representatives)
        except TicketRefused as refusal:
            _show(refusal, form, representatives)
            status = 429 if isinstance(refusal, TooMany) else 422
            return _page(request, meeting, form, representatives, status=status)
        return redirect("registration:sent", meeting.slug)
    return _page(request, meeting, form, representatives, status=422)


@with_terms
@require_safe
def sent(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What happens next; the same for everyone.  R-59"""
    context = {"meeting": meeting, "hours": int(links.LIFETIME.total_seconds() // 3600)}
    return render(request, "registration/sent.html", context)


def _file(request, form, representatives):
    """Pass what was typed to the rule; a robot receives the same answer as a person."""
    if form.is_from_a_robot():
        return
    content = [form.content(), representatives.content()]
    requesting.file(
        form.to_request(get_language()),
        representatives.representatives(),
        organization=form.to_organization(),
        network=network_of(request),
        arrived_at=request.moment,
        key=form.cleaned_data["key"].hex,
        digest=hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest(),
    )


def _show(refusal, form, representatives):
    if refusal.row is None:
        add_refusal(form, refusal)
    else:
        representatives.add_refusal(refusal)


def _page(request, meeting, form, representatives, *, status=200):
    ticketing, at = meeting.ticketing, request.moment
    context = {
        "meeting": meeting,
        "ticketing": ticketing,
        "is_open": ticketing.accepts(at),
        "only_with_pass": ticketing.accepts(at) and not ticketing.accepts(at, has_grounds_pass=False),
        "closed_because": "" if ticketing.accepts(at) else requesting.why_closed(ticketing, at),
        "form": form,
        "rows": representatives,
        "parts": [form, *representatives.forms],
        "has_errors": status != 200,
    }
    return render(request, "registration/request.html", context, status=status)
