"""Expressing interest on the page of a list whose seats are given by selection; changing and withdrawing it.

R-02 R-09 R-59 R-62
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from acts.refusals import Refusal
from dialogue.models import Meeting
from speakers.delegations import access
from speakers.forms import InterestChangeForm, InterestForm
from speakers.interest import expressing
from speakers.list_state import ListState
from speakers.models import Interest
from speakers.views import drafts, outage
from speakers.views.arriving import Arrival, arriving
from speakers.views.coming_back import Destination
from speakers.views.refusing import add_refusal


@arriving
@require_http_methods(["GET", "HEAD", "POST"])
def express(request: Arrival, meeting: Meeting) -> HttpResponse:
    """Show the form to a delegation that is signed in, and what it has expressed; record what it sends.

    A form that is not recorded is answered with status 422 and keeps what was typed.
    """
    if not meeting.speakers_list.is_by_selection:
        raise Http404
    if (address := access.signed_in_address(request)) is None:
        return _stranger(request, meeting)
    form = _form(request, meeting, address)
    if request.method == "POST" and form.is_valid():
        try:
            expressed = _express(form, address=address, at=meeting.moment(request.arrived_at))
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            drafts.forget(request)
            messages.success(request, _("The interest of your delegation is recorded, and is being acknowledged."))
            return redirect(expressed)
    return _page(request, meeting, form, address)


def own(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, interest)` with one of a delegation that the credential acts for; 404 for any other.  R-59

    A visitor who is not signed in is sent to sign in, whether or not there is one.
    """

    @wraps(view)
    def found(request: Arrival, meeting: Meeting, public_id: UUID) -> HttpResponse:
        if (address := access.signed_in_address(request)) is None:
            back = reverse("speakers:interest", args=[*meeting.speakers_list.address, public_id])
            return _sign_in(meeting, back)
        interest = get_object_or_404(
            access.interests_of(address, meeting), public_id=public_id, speakers_list=meeting.speakers_list
        )
        interest.speakers_list = meeting.speakers_list
        return view(request, interest)

    return found


@arriving
@require_safe
@own
def interest(request: Arrival, interest: Interest) -> HttpResponse:
    """What is recorded, what becomes of it, and how to change or withdraw it."""
    at = interest.meeting.moment(request.arrived_at)
    context = {
        "meeting": interest.meeting,
        "interest": interest,
        "seat": interest.seat,
        "may_change": interest.is_waiting and interest.speakers_list.accepts_inscriptions(at),
        "address": access.signed_in_address(request),
    }
    return render(request, "speakers/interest.html", context)


@arriving
@require_http_methods(["GET", "HEAD", "POST"])
@own
def change(request: Arrival, interest: Interest) -> HttpResponse:
    """Change the second choice, the speaker, the level or the contact, until the deadline."""
    form = InterestChangeForm(request.POST if request.method == "POST" else None, interest=interest)
    if form.is_valid():
        try:
            expressing.change(interest, form.facts(), **_who_and_when(request, interest))
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The expression of interest is as you want it now."))
            return redirect(interest)
    context = {"meeting": interest.meeting, "interest": interest, "form": form}
    return render(request, "speakers/change_interest.html", context, status=422 if form.is_bound else 200)


@arriving
@require_POST
@own
def withdraw(request: Arrival, interest: Interest) -> HttpResponse:
    """Withdraw it, for the delegation that the credential acts for."""
    try:
        expressing.withdraw(interest, **_who_and_when(request, interest))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The expression of interest is withdrawn."))
    return redirect(interest)


def _form(request, meeting, address):
    return InterestForm(
        drafts.typed(request),
        meeting=meeting,
        delegations=access.delegations_of(address, on=meeting.starts_on),
        address=address,
        initial={"officer": outage.sealed_officer(meeting.slug)},
    )


def _express(form, *, address, at):
    """Hand the cleaned `form` to the rule; return the stored expression of interest."""
    wanted = form.to_interest()
    return expressing.express(
        wanted,
        by=access.actor(address, wanted.delegation, form.delegations),
        arrived_at=at,
        key=form.idempotency_key(),
        digest=form.digest(),
    )


def _page(request, meeting, form, address):
    """The form while the list is open, for a focal point; and what the delegation has expressed at the meeting."""
    at, speakers_list = meeting.moment(request.arrived_at), meeting.speakers_list
    interests = list(access.interests_of(address, meeting))
    context = {
        "meeting": meeting,
        "list_state": ListState.of(speakers_list, at),
        "closed_because": "" if speakers_list.accepts_inscriptions(at) else expressing.why_closed(speakers_list, at),
        "form": form,
        "delegations": form.delegations,
        "interests": interests,
        "has_expressed": expressing.has_expressed(form.delegations, interests),
        "address": address,
        "is_kept": form.is_bound and request.method != "POST",
    }
    return render(request, "speakers/express_interest.html", context, status=422 if request.method == "POST" else 200)


def _stranger(request, meeting):
    """Send a visitor who is not signed in to sign in, and from there back; keep what was typed."""
    if request.method == "POST":
        is_kept, query = drafts.keep(request, path=request.path), Destination(back=request.path).query
        return outage.signed_out(request, meeting.speakers_list.address, query=query, is_kept=is_kept)
    return _sign_in(meeting, request.path)


def _sign_in(meeting, back):
    address = meeting.speakers_list.address
    return redirect(reverse("speakers:sign_in", args=address) + Destination(back=back).query)


def _who_and_when(request, interest) -> dict[str, Any]:
    """The actor, by the credential, and the meeting's moment of arrival, as arguments of a rule.  R-03 R-59"""
    address = cast(str, access.signed_in_address(request))
    by = access.actor(address, interest.delegation, access.delegations_of(address))
    return {"by": by, "at": interest.meeting.moment(request.arrived_at)}
