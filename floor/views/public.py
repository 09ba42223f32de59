"""What the public sees of the room: the screens, the page for telephones, and the state for machines.  R-29 R-41"""

from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from acts.refusals import Refusal
from dialogue.streaming.permitting import may_stream
from floor import fragments, standings
from floor import state as states
from floor.acts import presence
from floor.forecast import own_turns
from floor.forms import PresenceForm
from floor.views.languages import LanguagesForm
from speakers.delegations import access
from speakers.models import Inscription
from speakers.views.arriving import Arrival, arriving
from speakers.views.receipt import own


@require_safe
@may_stream
@cache_control(public=True, max_age=1)
def display(request: HttpRequest, slug: str) -> HttpResponse:
    """The page for the room's screens: who speaks, the clock, who follows. No cookie, no contact.  R-29

    With `?languages=en,fr` in several languages in turn; with `&side=1` in two, side by side.
    """
    floor, at = standings.read_published(slug)
    if beside := LanguagesForm.beside(request.GET):
        return _in_languages(beside, fragments.whole_page("display", "floor/display_beside.html", floor, at, beside))
    chosen = LanguagesForm.chosen(request.GET)
    return _in_languages(chosen, fragments.whole_page("display", "floor/display.html", floor, at, chosen))


@require_safe
@may_stream
@cache_control(public=True, max_age=1)
def overlay(request: HttpRequest, slug: str) -> HttpResponse:
    """The name and the clock on nothing, for the picture of a webcast; of the list that the room hears.  R-29 R-62"""
    floor, at = standings.read_published(slug)
    chosen = LanguagesForm.chosen(request.GET)
    return _in_languages(chosen, fragments.whole_page("overlay", "floor/overlay.html", floor, at, chosen))


def _in_languages(languages, page):
    """The answer with the `page`, which says in which `languages` its address wants it; of the reader, if in none."""
    answer = HttpResponse(page)
    if languages:
        answer["Content-Language"] = ", ".join(languages)
    return answer


@require_safe
@cache_control(public=True, max_age=1)
def now_json(_request: HttpRequest, slug: str) -> HttpResponse:
    """The state for machines, and for pages whose stream is cut."""
    return JsonResponse(states.of_floor(*standings.read_published(slug)))


@require_safe
@may_stream
@never_cache
def now(request: HttpRequest, slug: str) -> HttpResponse:
    """The page for telephones: the state of the floor, and a signed-in delegation's own turns.  R-41"""
    return page_of_now(request, slug)


@require_safe
@never_cache
def own_turns_now(request: HttpRequest, slug: str) -> HttpResponse:
    """The part of the page for telephones with the delegation's own turns, fetched again when something changes."""
    floor, at = standings.read_published(slug)
    context = {"meeting": floor.meeting, "state": {"open_floor": states.of_open_floor(floor)}}
    context |= of_reader(request, floor, at)
    return TemplateResponse(request, "floor/_own_turns.html", context)


@may_stream
@arriving
@require_POST
@own(on_any_list=True)
def mark_present(request: Arrival, inscription: Inscription) -> HttpResponse:
    """“We are in the room”, or no longer; a refusal is shown in words.  R-41"""
    meeting = inscription.meeting
    address = cast(str, access.signed_in_address(request))
    by = access.actor(address, inscription.delegation, access.delegations_of(address))
    form = PresenceForm(request.POST)
    is_present = form.is_valid() and form.cleaned_data["present"] == "yes"
    try:
        presence.mark(
            meeting, inscription.public_id, is_present=is_present, by=by, at=meeting.moment(request.arrived_at)
        )
    except Refusal as refusal:
        return page_of_now(request, meeting.slug, refusal=refusal)
    return redirect("floor:now", meeting.slug)


def page_of_now(request: HttpRequest, slug: str, *, refusal: Refusal | None = None) -> HttpResponse:
    """The page for telephones as it is now, with the words of a `refusal` if there was one."""
    floor, at = standings.read_published(slug)
    context = fragments.context_of("now", floor, at) | of_reader(request, floor, at) | {"refusal": refusal}
    return TemplateResponse(request, "floor/now.html", context, status=422 if refusal else 200)


def of_reader(request: HttpRequest, floor: standings.Floor, at: datetime) -> dict[str, Any]:
    """What the page for telephones shows to this reader alone: the own turns, and what may be asked for.  R-41 R-70

    The delegations are read only while the floor is open, or while someone waits who asked for it.
    """
    address = access.signed_in_address(request)
    if address is None:
        return {"address": None, "own_turns": [], "requests": []}
    # Both are read once for all who ask, until something happens.
    entries = Inscription.objects.filter(speakers_list__meeting=floor.meeting.pk)
    seen = floor.shared("who sees", lambda: access.who_sees(entries))
    beside = floor.shared("beside", lambda: standings.beside(floor))
    is_asked = floor.room.floor_opened_at or any(each.turn.is_waiting for each in floor.asked)
    asking = access.delegations_of(address) if is_asked and not floor.room.concluded_at else []
    return {
        "address": address,
        "own_turns": own_turns.of_every_list(floor, beside, seen.get(address, set()), at),
        "requests": own_turns.requests_of(floor, asking, at),
    }
