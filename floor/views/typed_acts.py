"""The console's pages with something to type: each a form and the rule that it calls."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import clock
from acts.refusals import Refusal
from dialogue.models import Meeting
from floor import forms, standings
from floor.access import actor, officer
from floor.acts import asking, inserting, limiting, replying, rounds, switching

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@officer
def insert(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A speaker outside the list.  R-38"""
    form = forms.InsertForm(request.POST or None, floor=standings.read(meeting))

    def perform(**who):
        inserting.insert(meeting, **form.cleaned_data, **who)
        return _("%(name)s speaks outside the list.") % {"name": form.cleaned_data["name"]}

    guidance = _("For the Secretary-General, a rapporteur or the chair of another organ. They receive no receipt.")
    return _answer(request, meeting, form, perform, _("Insert a speaker outside the list"), guidance, _("Insert"))


@page
@officer
def reply(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A State that wishes to reply.  R-39"""
    form = forms.ReplyForm(request.POST or None, meeting=meeting)

    def perform(**who):
        turn = replying.ask_to_reply(meeting, **form.cleaned_data, **who)
        return _("%(name)s is in the queue of replies.") % {"name": turn}

    guidance = _(
        "Replies are heard after the list, in the order in which they were asked for: at most two for each State."
    )
    return _answer(request, meeting, form, perform, _("Right of reply"), guidance, _("Add to the queue"))


@page
@officer
def sign(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A delegation that raises its sign to ask for the floor.  R-70"""
    form = forms.SignForm(request.POST or None, meeting=meeting)

    def perform(**who):
        turn = asking.ask(meeting, form.cleaned_data["delegation"], is_by_sign=True, **who)
        return _("%(name)s is in the queue of the open floor.") % {"name": turn}

    guidance = _(
        "For a delegation that raises its sign: it stands after those who asked before, by telephone or by sign."
    )
    return _answer(request, meeting, form, perform, _("Enter a raised sign"), guidance, _("Add to the queue"))


@page
@officer
def set_rounds(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """After how many speakers the panel replies.  R-70"""
    form = forms.RoundsForm(request.POST or None, floor=standings.read(meeting))

    def perform(**who):
        rounds.set_rounds(meeting, **form.cleaned_data, **who)
        return _("The rounds are set.")

    guidance = _("Each member of the panel is then called in the order of the programme, with a clock of their own.")
    return _answer(request, meeting, form, perform, _("Rounds with the panel"), guidance, _("Set the rounds"))


@page
@officer
def limits(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The limits; a change applies to later speakers.  R-36"""
    floor = standings.read(meeting)
    form = forms.LimitsForm(request.POST or None, floor=floor, suggested=request.GET)

    def perform(**who):
        limiting.change_limits(meeting, **form.cleaned_data, **who)
        return _("The limits apply to statements that begin from now on.")

    guidance = _("Minutes and seconds. A statement under way keeps the limit with which it began.")
    return _answer(request, meeting, form, perform, _("Time limits"), guidance, _("Set the limits"))


@page
@officer
def switches(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Points of order and right of reply.  R-39"""
    form = forms.SwitchesForm(request.POST or None, floor=standings.read(meeting))

    def perform(**who):
        switching.switch(meeting, **form.cleaned_data, **who)
        return _("The switches are set.")

    guidance = _("Which rules of procedure apply by analogy.")
    return _answer(request, meeting, form, perform, _("Switches"), guidance, _("Set the switches"))


def _answer(request, meeting, form, perform, title, guidance, button):
    """The page of one form; back to the console once it was posted and the rule accepted it."""
    if form.is_valid() and is_done(request, meeting, form, perform):
        return redirect("floor:console", meeting.slug)
    context = {"meeting": meeting, "form": form, "title": title, "guidance": guidance, "button": button}
    return TemplateResponse(request, "floor/form.html", context, status=422 if form.errors else 200)


def is_done(request: HttpRequest, meeting: Meeting, form: Any, perform: Callable[..., Any]) -> bool:
    """Did the rule that `perform` calls accept? Shows the words it returns; a refusal's words go into the `form`."""
    try:
        messages.success(request, perform(by=actor(request), at=meeting.moment(clock.now())))
    except Refusal as refusal:
        if refusal.asks_twice:
            form.ask_again(refusal)
        else:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True
