"""The page “Figures” of a meeting at the desk."""

from datetime import datetime
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

import clock
from secretariat.figures import arrivals, balance, tickets
from secretariat.workspace.front import SEES_MEETINGS
from secretariat.workspace.parts import lists_of
from speakers.models import Inscription, Interest, LateRequest

ENTRIES, PEOPLE = "speakers.view_inscription", "registration.view_representative"
FACTS = [
    *("speakers_list", "arrived_at", "is_late", "late_request"),
    *("delegation", "delegation__regional_group", "capacity", "state", "turn__state", "turn__began_at"),
]


@require_GET
def figures(request: HttpRequest, slug: str, *, site: AdminSite) -> HttpResponse:
    """The figures of the meeting at `slug` that the reader may see; at most twelve statements."""
    if not request.user.has_perm(SEES_MEETINGS):
        raise PermissionDenied
    lists = lists_of(meeting__slug=slug)
    if not lists:
        raise Http404
    at = clock.now()
    meeting = lists[0].meeting
    context = {
        **site.each_context(request),
        "title": _("Figures"),
        "meeting": meeting,
        "lists_of_meeting": lists,
        "is_one_of_several": len(lists) > 1,
        "as_at": meeting.moment(at),
        "lists": of_lists(lists, meeting.moment(at)) if request.user.has_perm(ENTRIES) else [],
        "tickets": _of_tickets(lists[0]) if request.user.has_perm(PEOPLE) else None,
    }
    return TemplateResponse(request, "admin/figures.html", context)


def _of_tickets(main):
    return tickets.of_meeting(main.meeting_id) if main.has_tickets else None


def of_lists(lists: list[Any], at: datetime) -> list[dict[str, Any]]:
    """For each of the `lists` its arrivals and its balance at the meeting's moment `at` (three statements, or four)."""
    rows = Inscription.objects.filter(speakers_list__in=lists).order_by().values_list(*FACTS)
    entries: dict[int, list[Any]] = {each.pk: [] for each in lists}
    for key, *facts in rows:
        entries[key].append(facts)
    late = list(LateRequest.objects.filter(speakers_list__in=lists).order_by().values_list("speakers_list", flat=True))
    asked = _interests([each for each in lists if each.is_by_selection])
    members = balance.members_at(lists[0].meeting)
    return [
        {
            "arrivals": _arrivals(each, entries[each.pk], asked.get(each.pk), late.count(each.pk), at),
            "balance": balance.of_list(each, [_fact(*row[3:]) for row in entries[each.pk]], members)
            if entries[each.pk]
            else None,
        }
        for each in lists
    ]


def _interests(lists):
    """When interest was expressed in a seat of each of `lists` (one statement, if there are any)."""
    found: dict[int, list[Any]] = {each.pk: [] for each in lists}
    rows = Interest.objects.filter(speakers_list__in=lists).order_by().values_list("speakers_list", "expressed_at")
    for key, at in rows if lists else []:
        found[key].append(at)
    return found


def _arrivals(speakers_list, rows, asked, late_requests, at):
    """The arrivals of entries or, if the seats are given by selection, of what is `asked`."""
    in_turn = [arrived_at for arrived_at, is_late, *_rest in rows if not is_late] if asked is None else asked
    late_entries = sum(is_late and request is None for _at, is_late, request, *_rest in rows)
    facts = {"late_requests": late_requests, "late_entries": late_entries}
    return arrivals.of_list(speakers_list, in_turn, **facts, at=at)


def _fact(delegation, region, capacity, state, turn_state, began_at):
    return balance.Fact(delegation, region, capacity, state, balance.spoke_at(turn_state, began_at))
