"""Public pages of meetings: they set no cookie and cost at most four statements each."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

import clock
from dialogue import programmes
from dialogue.freshness import one_second_old
from dialogue.list_state import ListState
from dialogue.models import Contact, Meeting

FRESH = cache_control(public=True, max_age=30)


@require_safe
@FRESH
def meetings(request: HttpRequest) -> HttpResponse:
    """All published meetings: upcoming ones, the nearest first, then those held."""
    meetings, at = clock.read_with(Meeting.objects.published())
    found = [(meeting, ListState.of(meeting, meeting.moment(at))) for meeting in meetings]
    to_come = [pair for pair in reversed(found) if pair[1].at < pair[0].ends_at]
    held = [pair for pair in found if pair[1].at >= pair[0].ends_at]
    return render(request, "dialogue/meetings.html", {"to_come": to_come, "held": held})


@require_safe
@one_second_old
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """The invitation: purpose, date, hours, place, the state of the list, contacts and documents."""
    meeting, at = programmes.published_or_404(slug)
    context = {
        "meeting": meeting,
        "list_state": ListState.of(meeting, meeting.moment(at)),
        "contacts": contacts_by_role(meeting),
        "documents": meeting.documents.all(),
    }
    return render(request, "dialogue/meeting.html", context)


def contacts_by_role(meeting: Meeting) -> list[tuple[str | Promise, list[Contact]]]:
    """The contacts of `meeting` as (role, contacts), in the order of the roles; roles without contacts are left out."""
    contacts = list(meeting.contacts.all())
    grouped = [(role.label, [contact for contact in contacts if contact.role == role]) for role in Contact.Role]
    return [(label, members) for label, members in grouped if members]


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


@require_safe
@FRESH
def programme_json(_request: HttpRequest, slug: str) -> HttpResponse:
    """The programme as JSON."""
    meeting, version, sittings, slots = programmes.released_or_404(slug)
    return JsonResponse(programmes.as_json(meeting, sittings, slots, version))
