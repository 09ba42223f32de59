"""The officer's page of the microphones of a meeting: their keys, whether their signals act, what they sent."""

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import clock
from acts.refusals import Refusal
from dialogue import moments
from dialogue.models import Meeting
from floor.access import actor, officer
from floor.microphones import keys, signalling
from floor.models import RoomSystem, Signal
from floor.views.microphone_forms import RoomSystemForm, SwitchForm

# How many of the latest signals are shown.
LATEST = 20


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The systems and their latest signals; POST makes one, whose key is shown in the answer alone."""
    form = RoomSystemForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            system, key = keys.make(meeting, form.cleaned_data["name"], **_who_and_when(request, meeting))
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return _page(request, meeting, RoomSystemForm(), shown={"system": system, "key": key})
    return _page(request, meeting, form)


@require_POST
@officer
def renew(request: HttpRequest, meeting: Meeting, public_id: UUID) -> HttpResponse:
    """Another key for a system, shown in the answer alone; the one before ends."""
    system = _system(meeting, public_id)
    try:
        key = keys.renew(system, **_who_and_when(request, meeting))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("floor:microphones", meeting.slug)
    return _page(request, meeting, RoomSystemForm(), shown={"system": system, "key": key})


@require_POST
@officer
def revoke(request: HttpRequest, meeting: Meeting, public_id: UUID) -> HttpResponse:
    """End the key of a system."""
    system = _system(meeting, public_id)
    try:
        keys.revoke(system, **_who_and_when(request, meeting))
        messages.success(request, _("The key of “%(system)s” is revoked.") % {"system": system})
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("floor:microphones", meeting.slug)


@require_POST
@officer
def switch(request: HttpRequest, meeting: Meeting, public_id: UUID) -> HttpResponse:
    """Let the signals of a system begin and end statements, or not; from the console, back to it."""
    form = SwitchForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        keys.switch(
            _system(meeting, public_id), is_on=form.cleaned_data["is_on"] == "yes", **_who_and_when(request, meeting)
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("floor:console", meeting.slug)


def _system(meeting, public_id):
    system = get_object_or_404(RoomSystem, meeting=meeting, public_id=public_id)
    system.meeting = meeting
    return system


def _who_and_when(request, meeting):
    return {"by": actor(request), "at": meeting.moment(clock.now())}


def _page(request, meeting, form, *, shown: Any = None):
    """The page; `shown` is a system with its key, which is kept nowhere. A form with an error is answered with 422."""
    at, in_words = meeting.moment(clock.now()), partial(moments.in_words, meeting=meeting)
    rows = [
        {
            "system": system,
            "made": in_words(system.made_at),
            "revoked": in_words(system.ended_at) if system.ended_at else "",
        }
        for system in meeting.room_systems.order_by("name")
    ]
    latest = Signal.objects.filter(system__meeting=meeting).select_related("system").order_by("-pk")[:LATEST]
    signals = [
        {"signal": each, "arrived": _arrived(each, meeting), "words": signalling.SAID.shown(each.detail)}
        for each in latest
    ]
    expires_at = RoomSystem(meeting=meeting).expires_at
    address = settings.SITE_URL + reverse("floor:signals", args=[meeting.slug])
    context = {"meeting": meeting, "rows": rows, "form": form, "shown": shown, "signals": signals, "address": address}
    context |= {"expires": in_words(expires_at), "is_over": expires_at <= at}
    return TemplateResponse(request, "floor/microphones.html", context, status=422 if form.errors else 200)


def _arrived(signal, meeting):
    words = moments.seconds_in_words(signal.arrived_at, meeting)
    return moments.on_its_day(words, signal.arrived_at, meeting)
