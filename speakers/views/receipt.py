"""The receipt of an inscription, and the changes its delegation may make there.  R-08 R-22 to R-25 R-59 R-67 R-68"""

import json
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from acts.refusals import Refusal
from speakers.delegations import access
from speakers.entries import changing, correcting, late_requests, withdrawing
from speakers.forecast import list_forecast
from speakers.forms import CorrectionForm, LevelForm, SpeakerForm
from speakers.forms.confirming import Confirming
from speakers.models import Inscription
from speakers.order import precedence
from speakers.order.ladder import ladder
from speakers.publishing import receipt_file
from speakers.views import drafts, outage, swaps
from speakers.views.arriving import Arrival, arriving
from speakers.views.owning import own, who_and_when
from speakers.views.refusing import add_refusal


@arriving
@require_safe
@own
def receipt(request: Arrival, inscription: Inscription) -> HttpResponse:
    """Number, stamps, recorded facts, the place now and why, the witness; and how to change it.  R-08"""
    meeting = inscription.meeting
    at = meeting.moment(request.arrived_at)
    places, ahead = list_forecast.places_and_forecast(inscription.speakers_list, at=at)
    place = precedence.place_among(places, inscription)
    context = {
        "inscription": inscription,
        "meeting": meeting,
        "at": at,
        "address": access.signed_in_address(request),
        "place": place,
        "count": len(places),
        "turn": ahead.turn_in_words(inscription),
        "has_hours": ahead.has_hours,
        "rungs": ladder(place, places) if place else [],
        "reasons": [] if place else precedence.explain(inscription),
        "swaps": swaps.shown_on_receipt(inscription, at),
        "officer": outage.known_officer(meeting.slug),
        "again": _what_can_be_filed(inscription.speakers_list, at),
    }
    return render(request, "speakers/receipt.html", context)


@arriving
@require_safe
@own
def receipt_json(request: Arrival, inscription: Inscription) -> HttpResponse:
    """The receipt as a file that can be checked without this site; `manage.py verify_receipt` does.  R-08 R-77"""
    reader = cast(str, access.signed_in_address(request))
    name = f"{'-'.join(inscription.speakers_list.address)}-receipt-{inscription.receipt_no}.json"
    content = json.dumps(receipt_file.document(inscription, reader=reader), ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/json", headers=headers)


def _what_can_be_filed(speakers_list, at):
    """What a delegation whose entry has ended can file now: “inscription”, “late” request, or nothing.  R-25 R-27"""
    if speakers_list.accepts_inscriptions(at):
        return "inscription"
    return "" if late_requests.why_not_late(speakers_list, at) else "late"


@arriving
@require_http_methods(["GET", "HEAD", "POST"])
@own
def change_speaker(request: Arrival, inscription: Inscription) -> HttpResponse:
    """Change the speaker; the place stays.  R-24"""
    form = SpeakerForm(drafts.typed(request), inscription=inscription)
    if request.method == "POST" and form.is_valid():
        prefix, name, title = form.speaker()
        change = {"prefix": prefix, "name": name, "title": title}
        if _act(request, inscription, form, changing.change_speaker, **change):
            messages.success(request, _("The speaker is changed. The place stays."))
            return redirect(inscription)
    return _change(request, inscription, form)


@arriving
@require_http_methods(["GET", "HEAD", "POST"])
@own
def change_level(request: Arrival, inscription: Inscription) -> HttpResponse:
    """Change the level of representation; in a new class, the entry joins the end.  R-23"""
    form = LevelForm(drafts.typed(request), inscription=inscription)
    if request.method == "POST" and form.is_valid():
        change = {"level": form.cleaned_data["level"], "title": form.cleaned_data["speaker_title"]}
        change["seen"] = form.cleaned_data["seen"]
        if _act(request, inscription, form, changing.change_level, **change):
            messages.success(request, _("The level of representation is changed."))
            return redirect(inscription)
    return _change(request, inscription, form)


@arriving
@require_http_methods(["GET", "HEAD", "POST"])
@own
def correct(request: Arrival, inscription: Inscription) -> HttpResponse:
    """Correct contact, copies, language, preferred sitting or note; the place stays.  R-67"""
    form = CorrectionForm(drafts.typed(request), inscription=inscription, seen=correcting.version(inscription))
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        if _act(request, inscription, form, correcting.correct, seen=facts.pop("seen"), facts=facts):
            messages.success(request, _("The correction is recorded. The place stays."))
            return redirect(inscription)
    return _change(request, inscription, form)


@arriving
@require_http_methods(["GET", "HEAD", "POST"])
@own
def withdraw(request: Arrival, inscription: Inscription) -> HttpResponse:
    """Say which place is given up, ask for confirmation, then withdraw; the row stays.  R-25 R-68"""
    refusal = preview = None
    if request.method == "POST":
        try:
            seen = Confirming.sent(request.POST)
            withdrawing.withdraw(inscription, seen=seen, **who_and_when(request, inscription))
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("The inscription is withdrawn."))
            return redirect(inscription)
    if inscription.is_active:
        preview = withdrawing.preview(inscription, at=inscription.meeting.moment(request.arrived_at))
    context = {"inscription": inscription, "meeting": inscription.meeting, "refusal": refusal, "preview": preview}
    return render(request, "speakers/withdraw.html", context, status=422 if refusal else 200)


def _act(request, inscription, form, rule, **change):
    """Carry out `rule`. Returns True if it was done, False with the refusal added to the `form`."""
    try:
        rule(inscription, **change, **who_and_when(request, inscription))
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    drafts.forget(request)
    return True


def _change(request, inscription, form):
    """The page of one change, with its `form`; the receipt instead, if the entry has ended."""
    is_sent = request.method == "POST"
    if not (is_sent or inscription.is_active):
        return redirect(inscription)
    context = {"inscription": inscription, "meeting": inscription.meeting, "form": form}
    context["is_kept"] = form.is_bound and not is_sent
    return render(request, "speakers/change.html", context, status=422 if is_sent else 200)
