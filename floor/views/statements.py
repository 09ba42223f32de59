"""The texts of statements: handed in by the delegation, public once they are delivered.  R-05 R-40"""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import clock
from acts.refusals import Refusal
from dialogue import programmes
from dialogue.documents import serving
from floor import standings
from floor.access import RUN
from floor.booths import reading
from floor.models import Statement, StatementFile
from floor.statements import handing_in, pace, texts
from floor.views import booths, recordings
from floor.views.statement_forms import StatementForm, TakeBackForm
from floor.views.uploading import uploading
from speakers.delegations import access
from speakers.entries import correcting
from speakers.forms import DeliveryForm
from speakers.models import Inscription
from speakers.views.receipt import own
from speakers.views.refusing import add_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@uploading
@own(on_any_list=True)
def hand_in(request: HttpRequest, inscription: Inscription) -> HttpResponse:
    """The delegation's page for its texts: those handed in, how long each takes, and the form."""
    meeting = inscription.meeting
    form = StatementForm(request.POST or None, request.FILES or None, inscription=inscription)
    if form.is_valid() and _is_handed_in(request, inscription, form):
        return redirect("floor:hand_in", meeting.slug, inscription.public_id)
    return _page(request, inscription, form, DeliveryForm(inscription=inscription))


@require_http_methods(["POST"])
@uploading
@own(on_any_list=True)
def say_delivery(request: HttpRequest, inscription: Inscription) -> HttpResponse:
    """Say how it will be delivered: in which language, and whether the text is read out as it stands.  R-73"""
    form = DeliveryForm(request.POST, inscription=inscription)
    if form.is_valid():
        try:
            correcting.correct(inscription, form.cleaned_data, **_who_and_when(request, inscription))
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved. Interpreters and reporters see it at once."))
            return redirect("floor:hand_in", inscription.meeting.slug, inscription.public_id)
    return _page(request, inscription, StatementForm(inscription=inscription), form)


def _page(request, inscription, form, delivery):
    """The delegation's page with the `form` of a text and that of its `delivery`; 422 if one has an error."""
    meeting, floor = inscription.meeting, standings.read_list(inscription.speakers_list)
    standing = floor.find(inscription.public_id)
    context = {
        "meeting": meeting,
        "inscription": inscription,
        "form": form,
        "delivery": delivery,
        "readers": reading.readers(meeting, meeting.moment(clock.now())),
        "turn": standing.turn if standing else None,
        "kind": handing_in.kind_for(standing.turn) if standing else None,
        "limit": pace.in_minutes(standing.limit) if standing else "",
        "texts": texts.with_verdicts(inscription, standing.limit) if standing else [],
    }
    return render(request, "floor/hand_in.html", context, status=422 if form.errors or delivery.errors else 200)


@require_http_methods(["POST"])
@uploading
@own(on_any_list=True)
def take_back(request: HttpRequest, inscription: Inscription) -> HttpResponse:
    """Withdraw one text."""
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        raise Http404
    statement = get_object_or_404(inscription.statements.current(), public_id=form.cleaned_data["statement"])
    statement.inscription = inscription
    try:
        handing_in.take_back(statement, **_who_and_when(request, inscription))
        messages.success(request, _("The text is withdrawn."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("floor:hand_in", inscription.meeting.slug, inscription.public_id)


@require_safe
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """Who spoke, with the texts handed in; and, under their own label, the statements in lieu.  R-40"""
    meeting, _at = programmes.published_or_404(slug)
    delivered, in_lieu = texts.published(meeting)
    context = {"meeting": meeting, "delivered": delivered, "in_lieu": in_lieu, **recordings.rows_of(meeting)}
    return render(request, "floor/statements.html", context)


@require_safe
def download(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponseBase:
    """The text: for anyone once delivered, before that for delegation, officers and booths; 410 if it is missing."""
    found = Statement.objects.select_related(
        "inscription__speakers_list__meeting", "inscription__delegation", "inscription__turn"
    )
    statement = get_object_or_404(
        found, inscription__speakers_list__meeting__slug=slug, public_id=public_id, ended_at=None
    )
    turn = getattr(statement.inscription, "turn", None)
    is_public = statement.inscription.meeting.is_published and handing_in.is_public(statement, turn)
    if not is_public and not _may_read_early(request, statement):
        raise Http404
    kept = StatementFile.objects.filter(statement=statement)
    if not kept.exists():
        context = {"meeting": statement.inscription.meeting, "statement": statement}
        return render(request, "floor/text_missing.html", context, status=410)
    answer = serving.attachment(
        request,
        kept,
        size=statement.size,
        media_type=statement.media_type,
        name=statement.download_name,
    )
    answer["Cache-Control"] = "public, max-age=300" if is_public else "private, no-store"
    return answer


def _may_read_early(request, statement):
    meeting = statement.inscription.meeting
    if reading.may_read(statement) and booths.may_read(request, meeting, meeting.moment(clock.now())):
        return True
    if request.user.is_active and request.user.is_staff and request.user.has_perm(RUN):
        return True
    address = access.signed_in_address(request)
    return address is not None and access.visible_to(address).filter(pk=statement.inscription_id).exists()


def _is_handed_in(request, inscription, form):
    data = form.cleaned_data
    try:
        statement = handing_in.hand_in(
            inscription.meeting,
            inscription,
            content=data["file"].read(),
            language=data["language"],
            **_who_and_when(request, inscription),
        )
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, _("The text is saved: %(language)s.") % {"language": statement.get_language_display()})
    return True


def _who_and_when(request, inscription):
    address = cast(str, access.signed_in_address(request))
    by = access.actor(address, inscription.delegation, access.delegations_of(address))
    return {"by": by, "at": inscription.meeting.moment(clock.now())}
