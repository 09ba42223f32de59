"""Public pages of meetings: they set no cookie and cost at most four statements each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

import clock
from dialogue import programmes

FRESH = cache_control(public=True, max_age=30)


@require_safe
@FRESH
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme as it is printed."""
    meeting, version, sittings, slots = programmes.released_or_404(slug)
    context = {"meeting": meeting, "version": version, "sittings": sittings, "slots": slots}
    return render(request, "dialogue/programme.html", context)


@require_safe
@FRESH
def programme_ics(_request: HttpRequest, slug: str) -> HttpResponse:
    """The sittings as a calendar file, to be imported or subscribed to.  R-30"""
    meeting, version, sittings, slots = programmes.released_or_404(slug)
    from dialogue import calendar  # noqa: PLC0415  icalendar takes two MiB, which only subscribers need

    text = calendar.of(meeting, sittings, slots, at=clock.now(), sequence=version.number if version else 0)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{meeting.slug}.ics"'
    return response
