"""The officer's console: what happens in the room, and every act on it.  R-32 to R-39"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

import clock
from acts.refusals import Refusal
from dialogue import moments
from dialogue.models import Meeting
from dialogue.streaming.permitting import may_stream
from floor import standings
from floor import state as states
from floor.access import RUN, actor, officer, reader
from floor.acts import acting, rounds, undoing
from floor.booths import slowing
from floor.forecast import live_advice, live_forecast, proposing
from floor.forms import PressForm
from floor.microphones import showing
from floor.models import Turn
from floor.views import headline
from floor.views.acts import ACTS
from speakers.delegations import naming
from speakers.list_state import ListState


@require_safe
@may_stream
@reader
def console(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The page: who has the floor, who comes next, what can be done now. Readers are redirected to the record."""
    if not request.user.has_perm(RUN):
        return redirect("floor:record", meeting.slug)
    return TemplateResponse(request, "floor/console.html", of_meeting(meeting))


@require_safe
@officer
def state(_request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The public state, for the script that keeps the page up to date, with the advice that time alone brings.  R-37"""
    floor, at = standings.read_shared(meeting.slug)
    advice = _advice(floor, live_forecast.of(floor, at), at, showing.systems(meeting, at))
    return JsonResponse(states.of_floor(floor, at) | {"advice": advice.news})


@require_POST
@may_stream
@officer
def act(request: HttpRequest, meeting: Meeting, name: str) -> HttpResponse:
    """Carry out the act `name`; a refusal is shown on the page in words, what was typed wrongly at its field."""
    if name not in ACTS:
        raise Http404
    form = PressForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return TemplateResponse(request, "floor/console.html", of_meeting(meeting) | {"press": form}, status=422)
    try:
        ACTS[name](meeting, form.cleaned_data, by=actor(request), at=meeting.moment(clock.now()))
    except Refusal as refusal:
        if refusal.asks_twice:
            return TemplateResponse(request, "floor/console.html", of_meeting(meeting) | asked(name, form, refusal))
        if refusal.field in form.fields:
            form.add_error(refusal.field, str(refusal))
            return TemplateResponse(request, "floor/console.html", of_meeting(meeting) | {"press": form}, status=422)
        messages.error(request, str(refusal))
    return redirect("floor:console", meeting.slug)


def asked(name: str, form: PressForm, refusal: Refusal) -> dict[str, Any]:
    """What the console shows of an act that is done once it is confirmed: its words, and all that was pressed.  R-69"""
    words = [str(refusal), *refusal.details]
    typed = {field: form.cleaned_data[field] or "" for field in ("expected", "entry", "sure", "list")}
    return {"asked": {"act": name, "words": words, "typed": typed | {"seen": refusal.shown}}}


def of_meeting(meeting: Meeting) -> dict[str, Any]:
    """What the console shows of `meeting` now."""
    floor, at = standings.read_shared(meeting.slug)
    pointer = acting.pointed_at(floor)
    state, foreseen = states.of_floor(floor, at), live_forecast.of(floor, at)
    microphones = showing.systems(meeting, at)
    waiting: list[Any] = [
        {"standing": each, "likely": live_forecast.about(floor, foreseen, each.turn)} for each in floor.waiting
    ]
    upcoming, others = waiting[: states.NEXT], waiting[states.NEXT :]
    return {
        "meeting": meeting,
        "live_port": settings.LIVE_PORT,
        "room": floor.room,
        "advice": _advice(floor, foreseen, at, microphones),
        "microphones": [(each, _acted_at(each, meeting)) for each in microphones],
        "state": state,
        "choice": proposing.of(floor, at),
        "current": floor.current,
        "pointer": pointer,
        "expected": pointer.turn.identity if pointer else floor.meeting.hears,
        "just_ended": pointer if pointer and pointer.turn.state == Turn.State.DELIVERED else None,
        "headline": headline.of(floor, state, pointer),
        "undo": None if undoing.objection(floor) else undoing.next_step(floor),
        "shown_until": _shown_until(floor, at),
        "delegations": _delegations(floor),
        "upcoming": upcoming,
        "awaits_the_chair": ListState.of(floor.meeting.speakers_list, at).awaits_the_chair,
        "as_at": moments.seconds_in_words(at, meeting),
        "until": _until(state["sitting"], meeting) if state["sitting"] else "",
        "zone": moments.zone_in_words(meeting.time_zone),
        **_of_open_floor(floor, others),
    }


def _advice(floor, foreseen, at, microphones):
    """The advice to the officer, with what the booths ask of who speaks, and which signal was refused.  R-37 R-73"""
    found = live_advice.of(floor, foreseen, at)
    return replace(found, from_booths=slowing.in_words(floor, at), from_microphones=showing.refused(microphones))


def _acted_at(system, meeting):
    return moments.seconds_in_words(system.acted_at, meeting) if system.acted_at else ""


def _of_open_floor(floor, rows):
    """The `rows` below the next ones: the queue of the open floor apart, with numbers; and the round of the panel."""
    asking = {each.turn.identity: number for number, each in enumerate(floor.queue, start=1)}
    return {
        "later": [row for row in rows if row["standing"].turn.identity not in asking],
        "queue": [row | {"asked_as": n} for row in rows if (n := asking.get(row["standing"].turn.identity))],
        "round": {"is_due": rounds.is_due(floor), "heard": rounds.heard_in_this_round(floor)},
        "panel_replies": rounds.is_replying(floor),
    }


def _shown_until(floor, at):
    """Until when the message on the screens is shown, in words; empty until it is taken down."""
    until = floor.room.message_until
    return moments.clock_in_words(until, floor.meeting, at) if until and floor.room.message_at(at) else ""


def _delegations(floor):
    """The names of those who may raise a point of order, suggested while one types.  R-71"""
    if not floor.room.allows_points_of_order or floor.room.concluded_at:
        return []
    return floor.shared(("delegations", get_language()), lambda: naming.suggestions(floor.meeting))


def _until(sitting, meeting):
    """When the `sitting` of the state ends, beside its name, which says the day on which it begins.  R-64"""
    begins, ends = (datetime.fromisoformat(sitting[name]) for name in ("starts_at", "ends_at"))
    return moments.clock_in_words(ends, meeting, begins)
