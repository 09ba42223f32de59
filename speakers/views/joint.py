"""Joint statements: naming other delegations on the receipt, and the answer of each by its own sign-in.  R-12 R-59"""

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
from speakers.delegations.recognizing import Names
from speakers.entries import joining as rule
from speakers.forms.joint import JointForm
from speakers.models import Delegation, Inscription
from speakers.models.joining import NAMED
from speakers.views.arriving import Arrival, arriving
from speakers.views.coming_back import Destination
from speakers.views.owning import own, who_and_when
from speakers.views.refusing import add_refusal

ANSWERS = {"join": rule.join, "decline": rule.decline, "leave": rule.leave}


@arriving
@require_http_methods(["GET", "HEAD", "POST"])
@own
def ask(request: Arrival, inscription: Inscription) -> HttpResponse:
    """Show whom the entry names, and how each has answered; name others, in their order."""
    form = JointForm(request.POST if request.method == "POST" else None, find=_find)
    if form.is_valid():
        try:
            rule.ask(inscription, form.cleaned_data["names"], **who_and_when(request, inscription))
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("They are being asked by mail. Each is named once it has confirmed."))
            return redirect(request.path)
    context = {
        "inscription": inscription,
        "meeting": inscription.meeting,
        "form": form,
        "joinings": inscription.joinings.named().select_related("delegation"),
        "others": inscription.joinings.exclude(state__in=NAMED).select_related("delegation"),
    }
    return render(request, "speakers/joint.html", context, status=422 if form.is_bound else 200)


@arriving
@require_POST
@own
def take_back(request: Arrival, inscription: Inscription, joining: UUID) -> HttpResponse:
    """Name a delegation no longer."""
    found = get_object_or_404(inscription.joinings, public_id=joining)
    _act(request, rule.take_back, found, _("It is no longer named, and is being notified."), inscription)
    return redirect("speakers:joint", *inscription.speakers_list.address, inscription.public_id)


@arriving
@require_safe
def asked(request: Arrival, meeting: Meeting, joining: UUID) -> HttpResponse:
    """What an entry asks of the delegation that is named, and its answer so far; only a POST answers.  R-59"""
    if (address := access.signed_in_address(request)) is None:
        return _sign_in(request, meeting)
    found = get_object_or_404(access.joinings_of(address, meeting), public_id=joining)
    found.speakers_list = found.inscription.speakers_list = meeting.speakers_list
    context = {"meeting": meeting, "joining": found, "inscription": found.inscription, "address": address}
    return render(request, "speakers/joining.html", context)


@arriving
@require_POST
def answer(request: Arrival, meeting: Meeting, joining: UUID, act: str) -> HttpResponse:
    """Join, decline or leave, for a delegation that the credential acts for.  R-59"""
    if (address := access.signed_in_address(request)) is None:
        return _sign_in(request, meeting)
    if act not in ANSWERS:
        raise Http404
    found = get_object_or_404(access.joinings_of(address, meeting), public_id=joining)
    found.speakers_list = found.inscription.speakers_list = meeting.speakers_list
    _act(request, ANSWERS[act], found, _said(act), found)
    return redirect(found)


def _said(act):
    """The message shown after an answer."""
    return {
        "join": _("Your delegation joins. It is named on the list and when the statement is announced."),
        "decline": _("Your delegation does not join, and is not named."),
        "leave": _("Your delegation has left the joint statement, and is no longer named."),
    }[act]


def _act(request, rule_of_act, joining, said, whose):
    """Carry out the act, as the credential may for the delegation of `whose`, and say so, or why not."""
    try:
        rule_of_act(joining, **who_and_when(request, whose))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)


def _sign_in(request, meeting):
    """Send a visitor who is not signed in to sign in, and from there to the page of the list that they asked for."""
    address = meeting.speakers_list.address
    page = request.path if request.method in {"GET", "HEAD"} else reverse("speakers:inscribe", args=address)
    return redirect(reverse("speakers:sign_in", args=address) + Destination(back=page).query)


def _find():
    """A function that finds the delegation which a typed name means, or None (one statement)."""
    delegations = {each.code: each for each in Delegation.objects.who_inscribe()}
    names = Names(delegations.values())

    def find(typed: str) -> Delegation | None:
        return delegations.get(names.code_of(typed) or "")

    return find
