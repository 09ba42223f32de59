"""The form of an inscription; after closing, that of a late request.  R-02 R-03 R-05 R-09 R-11 R-27"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from acts.refusals import Refusal
from dialogue.models import Meeting
from speakers import limits
from speakers.delegations import access
from speakers.entries import extensions, inscribing, late_requests
from speakers.forms import InscriptionForm, LateRequestForm
from speakers.list_state import ListState
from speakers.models import Band, Level
from speakers.views import drafts, outage
from speakers.views.arriving import Arrival, arriving
from speakers.views.coming_back import Destination
from speakers.views.refusing import add_refusal

# What the page may offer: an inscription, open to all or by an extension; a late request; nothing.
OPEN, EXTENDED, LATE, CLOSED = "open", "extended", "late", "closed"


@arriving
@require_http_methods(["GET", "HEAD", "POST"])
def inscribe(request: Arrival, meeting: Meeting) -> HttpResponse:
    """Show the form to a person who is signed in, and enter its content on the list.  R-11

    Where seats are given by selection, it leads to the expression of interest (R-62), and a form is refused in words.
    A form that is not recorded is answered with status 422 and keeps what was typed. A form sent after closing can be
    sent again as a late request; it never becomes one by itself.  R-27
    """
    at = meeting.moment(request.arrived_at)
    if meeting.speakers_list.is_by_selection and request.method != "POST":
        return redirect("speakers:express_interest", *meeting.speakers_list.address)
    if (address := access.signed_in_address(request)) is None:
        return _stranger(request, meeting, at)
    form = _form(InscriptionForm, request, meeting, address, at)
    if request.method == "POST" and form.is_valid():
        try:
            filed = _file(form, address=address, at=at)
        except inscribing.InscriptionRefused as refusal:
            add_refusal(form, refusal)
        else:
            drafts.forget(request)
            return redirect(filed)
    return _page(request, meeting, at=at, form=form, address=address)


@arriving
@require_http_methods(["GET", "HEAD", "POST"])
def file_late_request(request: Arrival, meeting: Meeting) -> HttpResponse:
    """File a late request: no inscription, no receipt number.  R-27"""
    if request.method != "POST":
        return redirect("speakers:inscribe", *meeting.speakers_list.address)
    if (address := access.signed_in_address(request)) is None:
        return _signed_out(request, meeting)
    at = meeting.moment(request.arrived_at)
    form = _form(LateRequestForm, request, meeting, address, at)
    if form.is_valid():
        try:
            filed = _file_late(form, address=address, at=at)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            drafts.forget(request)
            return redirect(filed)
    return _page(request, meeting, at=at, form=form, address=address)


def _form(form_class, request, meeting, address, at):
    """The form for the person who reads mail at `address`, with the posted data, or what was kept of it.

    After closing, an inscription is offered only for delegations that hold an extension.  R-27
    """
    delegations = access.delegations_of(address, on=meeting.starts_on)
    if form_class is InscriptionForm and not meeting.speakers_list.accepts_inscriptions(at):
        delegations = list(extensions.extended(meeting.speakers_list, delegations, at)) or delegations
    return form_class(
        drafts.typed(request),
        meeting=meeting,
        delegations=delegations,
        address=address,
        initial={"officer": outage.sealed_officer(meeting.slug)},
    )


def _file(form, *, address, at):
    """Hand the cleaned `form` to the rule; return the stored inscription."""
    inscription = form.to_inscription()
    by = access.actor(address, inscription.delegation, form.delegations)
    return inscribing.inscribe(
        inscription,
        by=by,
        is_on_record=inscription.delegation in form.delegations,
        arrived_at=at,
        key=form.idempotency_key(),
        digest=form.digest(),
    )


def _file_late(form, *, address, at):
    """Hand the cleaned `form` to the rule; return the stored late request."""
    late = form.to_late_request()
    return late_requests.file(
        late,
        by=access.actor(address, late.delegation, form.delegations),
        is_on_record=late.delegation in form.delegations,
        arrived_at=at,
        key=form.idempotency_key(),
        digest=form.digest(),
    )


def _stranger(request, meeting, at):
    """Answer a visitor who is not signed in: redirect to sign-in or, after closing, explain; keep what was typed."""
    if request.method == "POST":
        return _signed_out(request, meeting)
    if meeting.speakers_list.accepts_inscriptions(at):
        wanted = Destination(back=request.path)
        return redirect(reverse("speakers:sign_in", args=meeting.speakers_list.address) + wanted.query)
    return _page(request, meeting, at=at)


def _signed_out(request, meeting):
    """Say that nothing was recorded, and keep what was typed for the form, which is filled with it after signing in."""
    path = reverse("speakers:inscribe", args=meeting.speakers_list.address)
    is_kept = drafts.keep(request, path=path)
    return outage.signed_out(
        request, meeting.speakers_list.address, query=Destination(back=path).query, is_kept=is_kept
    )


def _page(request, meeting, *, at, form=None, address=None):
    """Show what can be filed now (an inscription, a late request, or nothing and why) and what was already filed."""
    mode = _mode(meeting, form, at)
    if mode == LATE and type(form) is InscriptionForm:
        form = _form(LateRequestForm, request, meeting, address, at)
    filed = access.filed_for(address, meeting)
    late_requests, joinings = access.late_and_joint_of(address, meeting)
    national = next((entry for entry in filed if entry.is_standing and entry.capacity == "national"), None)
    if form and mode != CLOSED and national and len(form.delegations) == 1:
        form.initial["capacity"] = "group"
    context = {
        "meeting": meeting,
        "list_state": ListState.of(meeting.speakers_list, at),
        "closed_because": "" if mode == OPEN else inscribing.why_closed(meeting.speakers_list, at),
        "mode": mode,
        "then": _then(meeting.speakers_list) if form and mode == OPEN else None,
        "form": form,
        "address": address,
        "delegations": form.delegations if form else [],
        "extension": _extension(form, at) if mode == EXTENDED else None,
        "inscriptions": filed,
        "late_requests": late_requests,
        "joinings": joinings,
        "national": national,
        "limits": _limits(meeting.speakers_list, form.delegations) if form else [],
        "is_kept": request.method != "POST" and form is not None and form.is_bound,
    }
    return render(request, "speakers/inscribe.html", context, status=422 if request.method == "POST" else 200)


def _then(speakers_list):
    """What the form becomes in an open page when the list closes: a late request, if one can be filed then.  R-27"""
    ends_at = speakers_list.inscription_ends_at
    if speakers_list.closes_when_announced or late_requests.why_not_late(speakers_list, ends_at):
        return None
    action = reverse("speakers:file_late_request", args=speakers_list.address)
    return {"action": action, "button": LateRequestForm.button}


def _limits(speakers_list, delegations):
    """How long those may speak who inscribe for `delegations`, in sentences.  R-65

    Places and levels are read only if the limits depend on them.
    """
    bands, levels = [Band.MEMBER_STATES], []
    if any(row["band"] not in ["", *limits.BY_CAPACITY] for row in speakers_list.limits):
        places = [each.place_on_list(speakers_list) for each in delegations]
        bands = [place.band if place else Band.OBSERVERS for place in places] or bands
    if any(row["level"] for row in speakers_list.limits):
        levels = Level.of_list(speakers_list)
    return limits.told(speakers_list, bands, levels)


def _mode(meeting, form, at):
    """What the page offers at the meeting's moment `at`, given the form that was asked for (None for a stranger)."""
    if meeting.speakers_list.accepts_inscriptions(at):
        return OPEN
    if type(form) is InscriptionForm and _extension(form, at):
        return EXTENDED
    return CLOSED if late_requests.why_not_late(meeting.speakers_list, at) else LATE


def _extension(form, at):
    """The extension of one of the form's delegations, or None."""
    return next(iter(extensions.extended(form.meeting.speakers_list, form.delegations, at).values()), None)
