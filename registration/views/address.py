"""The page behind the link mailed to an address: everything filed under it, with buttons.  R-46 R-59"""

from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from acts.refusals import Refusal
from dialogue.models import Meeting
from journal.actors import UNVERIFIED_PERSON, Actor
from registration.models import Link
from registration.requests import confirming, ending, finding, links, vouchers
from registration.requests.status import Standing
from registration.views.arriving import behind


@behind(Link.Purpose.ADDRESS)
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, meeting: Meeting, link: Link) -> HttpResponse:
    """GET shows, POST acts, because mail gateways open links."""
    refusal = None
    if request.method == "POST":
        try:
            return redirect(_act(request, meeting, link))
        except Refusal as refused:
            refusal = refused
    context = {
        "meeting": meeting,
        "address": link.address,
        "requests": confirming.requests_under(link.address, meeting),
        "asked": confirming.representatives_under(link.address, meeting),
        "opened": finding.open_requests_under(link.address, meeting),
        "persons": [Standing.of(each) for each in finding.persons_under(link.address, meeting)],
        "refusal": refusal,
    }
    return render(request, "registration/address.html", context, status=422 if refusal else 200)


def _act(request, meeting, link):
    """Carry out the button that was pressed, and return where to go. Raises `Refusal`, or 404 for an unknown target."""
    form = ButtonForm(request.POST)
    if not form.is_valid():
        raise Http404
    among, perform = ACTS[form.cleaned_data["act"]]
    wanted = form.cleaned_data["id"]
    found = next((each for each in among(link.address, meeting) if each.public_id == wanted), None)
    if found is None:
        raise Http404
    found.meeting = meeting
    return perform(request, found) or request.path


def _confirm_request(request, found):
    page = confirming.confirm_request(found, at=request.moment)
    messages.success(request, _("Your address is confirmed. The request is received and under review."))
    return urlsplit(page).path


def _open_page(request, found):
    return urlsplit(links.to_page(found, at=request.moment)).path


def _disown_request(request, found):
    confirming.disown(found, by=Actor(found.normalised_email, UNVERIFIED_PERSON), at=request.moment)
    messages.success(request, _("That request is ended. The office will not see it."))


def _confirm_representative(request, found):
    confirming.confirm_representative(found, at=request.moment)
    messages.success(request, _("Your address is confirmed. The request for your ticket is received and under review."))


def _disown_representative(request, found):
    by = Actor(found.normalised_email, confirming.REPRESENTATIVE)
    ending.cancel(found, by=by, at=request.moment, act="disowned")
    messages.success(request, _("Your name is removed from that request, and its focal point is notified."))


def _open_voucher(request, found):
    return urlsplit(vouchers.open_page(found, at=request.moment)).path


def _cancel(request, found):
    ending.cancel(found, by=Actor(found.normalised_email, confirming.REPRESENTATIVE), at=request.moment)
    messages.success(request, _("The request for your ticket is cancelled."))


# For each button, the objects among which its target is found, and what it does.
ACTS = {
    "confirm-request": (confirming.requests_under, _confirm_request),
    "disown-request": (confirming.requests_under, _disown_request),
    "confirm": (confirming.representatives_under, _confirm_representative),
    "disown": (confirming.representatives_under, _disown_representative),
    "open": (finding.open_requests_under, _open_page),
    "voucher": (finding.persons_under, _open_voucher),
    "cancel": (finding.persons_under, _cancel),
}


class ButtonForm(forms.Form):
    """The button that was pressed, and what it is about."""

    act = forms.ChoiceField(choices=[(name, name) for name in ACTS])
    id = forms.UUIDField()
