"""Signing in by a one-time code or link, and signing out.  R-11 R-59 R-60"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dialogue.models import Contact, Meeting
from dialogue.networks import network_of
from languages import choosing
from speakers.delegations import access, code_limit, signing_in
from speakers.forms import CodeForm, EmailForm
from speakers.list_state import ListState
from speakers.models.signin import LIFETIME
from speakers.views import drafts
from speakers.views.arriving import Arrival, arriving
from speakers.views.coming_back import Destination

SIGN_INS_PER_BROWSER = 6


@arriving
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Ask for an address and mail a code and a link to it; the answer is the same for every address.  R-59"""
    form = EmailForm(_posted(request), initial=vars(Destination.of(request.GET, meeting)))
    if not form.is_valid():
        is_to_inscribe = form.initial["back"] == reverse("speakers:inscribe", args=meeting.speakers_list.address)
        context = {"meeting": meeting, "form": form, "address": access.signed_in_address(request)}
        context["is_to_inscribe"] = is_to_inscribe
        return render(request, "speakers/sign_in.html", context, status=422 if form.is_bound else 200)
    wanted = Destination.of(form.cleaned_data, meeting)
    made = None if form.is_from_a_robot() else _ask(request, meeting, form, wanted)
    _remember_asking(request, form.cleaned_data["email"], made)
    return redirect(reverse("speakers:sign_in_code", args=[*meeting.speakers_list.address]) + wanted.query)


@arriving
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: Arrival, meeting: Meeting) -> HttpResponse:
    """Take the code in the browser that asked for it; the answer to a wrong code is the same, whatever is wrong."""
    asked = request.session.get(access.ASKED)
    if asked is None:
        messages.warning(
            request,
            _("This browser no longer knows to which address a code was sent. Ask again, or use the link in the mail."),
        )
        sign_in = reverse("speakers:sign_in", args=meeting.speakers_list.address)
        return redirect(sign_in + Destination.of(request.POST or request.GET, meeting).query)
    form = CodeForm(_posted(request), initial=vars(Destination.of(request.GET, meeting)))
    if form.is_valid():
        try:
            address = signing_in.use_code(form.cleaned_data["code"], asked=asked["sign_ins"], at=request.arrived_at)
        except code_limit.CodesRefused as refusal:
            return _refuse_codes(request, meeting, form, asked["email"], refusal)
        if address:
            return _welcome(request, meeting, address, Destination.of(form.cleaned_data, meeting))
        form.add_error(
            "code", _("This code is wrong or no longer valid. Use the link in the mail, or ask for a new code.")
        )
    return _code_page(request, meeting, form, asked["email"], status=422 if form.is_bound else 200)


@arriving
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: Arrival, meeting: Meeting, token: str) -> HttpResponse:
    """Show a button for the link of a mail; only pressing it signs in, because mail gateways open links.  R-59"""
    if request.method == "POST":
        if address := signing_in.use_link(token, at=request.arrived_at):
            return _welcome(request, meeting, address, Destination.of(request.GET, meeting))
        found = None
    else:
        found = signing_in.find_link(token, at=request.arrived_at)
    context = {"meeting": meeting, "sign_in": found, "minutes": LIFETIME.seconds // 60}
    answer = render(request, "speakers/sign_in_link.html", context, status=200 if found else 410)
    answer["Referrer-Policy"] = "strict-origin"
    return answer


@arriving
@require_POST
def sign_out(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Sign this browser out."""
    access.forget_address(request)
    drafts.forget(request)
    return redirect("speakers:meeting", meeting.slug)


def _ask(request, meeting, form, wanted):
    """Request the mail. Returns the `SignIn`, or None if a limit is reached."""
    return signing_in.request_sign_in(
        form.cleaned_data["email"],
        address=meeting.speakers_list.address,
        network=network_of(request),
        at=request.arrived_at,
        query=wanted.query,
        about=str(meeting.speakers_list),
    )


def _remember_asking(request, email, sign_in):
    """Keep the request in this browser's session; without a `sign_in`, no code will be accepted."""
    sign_ins = request.session.get(access.ASKED, {"sign_ins": []})["sign_ins"]
    if sign_in:
        sign_ins = [*sign_ins, sign_in.pk][-SIGN_INS_PER_BROWSER:]
    request.session[access.ASKED] = {"email": email, "sign_ins": sign_ins}


def _refuse_codes(request, meeting, form, email, refusal):
    """The page of the code while none is accepted: for how long, and whom to write to or telephone.  R-59"""
    form.add_error("code", str(refusal))
    officer = meeting.contacts.filter(role=Contact.Role.INSCRIPTION).first()
    more = {"is_refused": True, "officer": officer, "secretariat_contact": settings.SECRETARIAT_CONTACT}
    answer = _code_page(request, meeting, form, email, status=429, **more)
    answer["Retry-After"] = str(refusal.seconds)
    return answer


def _code_page(request, meeting, form, email, *, status, **more):
    """The page of the code, with the time left until the list closes."""
    context = {"meeting": meeting, "form": form, "email": email, "minutes": LIFETIME.seconds // 60, **more}
    context["list_state"] = ListState.of(meeting.speakers_list, meeting.moment(request.arrived_at))
    return render(request, "speakers/sign_in_code.html", context, status=status)


def _welcome(request, meeting, address, wanted):
    """Sign in as `address`, and go on to the page `wanted`, or home."""
    access.remember_address(request, address)
    choosing.sign_in(request, address)
    return redirect(wanted.address(meeting))


def _posted(request):
    return request.POST if request.method == "POST" else None
