"""The private page of a request: follow, amend, add, cancel; renew its link, or end all links.  R-46 R-49 R-59"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from acts.refusals import Refusal
from dialogue.models import Meeting
from journal.actors import FOCAL_POINT, Actor
from registration.forms import AmendForm, RepresentativeForm
from registration.models import Link, Representative
from registration.requests import amending, ending, renewing, requesting, vouchers
from registration.requests.status import Standing
from registration.views.arriving import TicketArrival, behind
from speakers.views.refusing import add_refusal
from spelling import buttons

opened = behind(Link.Purpose.PAGE)


def with_representative(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, meeting, link, representative)` with the representative of this request, or answer 404."""

    @wraps(view)
    def found(request, meeting, link, public_id):
        rows = link.request.representatives.select_related("decision", "inscription")
        representative = get_object_or_404(rows, public_id=public_id)
        representative.request, representative.meeting = link.request, meeting
        return view(request, meeting, link, representative)

    return found


@opened
@require_safe
def page(request: HttpRequest, meeting: Meeting, link: Link) -> HttpResponse:
    """Each representative with the status in the words of R-47, and what can be done."""
    return _page(request, meeting, link)


@opened
@require_POST
def add(request: TicketArrival, meeting: Meeting, link: Any) -> HttpResponse:
    """Add a representative, who is asked to confirm their address."""
    form = RepresentativeForm(request.POST, prefix="new")
    if form.is_valid():
        try:
            requesting.add(link.request, form.to_representative(), by=_by(link), arrived_at=request.moment)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The representative is added, and is asked to confirm their address."))
            return redirect(_address(link))
    return _page(request, meeting, link, new=form)


@opened
@require_http_methods(["GET", "HEAD", "POST"])
@with_representative
def amend(request: TicketArrival, meeting: Meeting, link: Link, representative: Representative) -> HttpResponse:
    """Amend a representative; a change of identity returns an approval to review.  R-49"""
    if request.method != "POST":
        return redirect(_address(link))
    form = AmendForm(request.POST, representative=representative, action=request.path)
    if form.is_valid():
        try:
            amended = amending.amend(representative, form.typed(), by=_by(link), arrived_at=request.moment)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Recorded: %(name)s.") % {"name": amended.full_name})
            return redirect(_address(link))
    return _page(request, meeting, link, amended=form)


@opened
@require_http_methods(["GET", "HEAD", "POST"])
@with_representative
def cancel(request: HttpRequest, meeting: Meeting, link: Link, representative: Representative) -> HttpResponse:
    """Ask for confirmation, then cancel one representative."""
    words = _("%(name)s is cancelled.") % {"name": representative}
    return _cancel(request, meeting, link, representative, [representative], ending.cancel, words)


@opened
@require_POST
@with_representative
def open_voucher(request: TicketArrival, _meeting: Meeting, link: Link, representative: Representative) -> HttpResponse:
    """Open the voucher of one representative through a link of its own.  R-51"""
    try:
        return redirect(urlsplit(vouchers.open_page(representative, at=request.moment)).path)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(_address(link))


@opened
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_all(request: HttpRequest, meeting: Meeting, link: Any) -> HttpResponse:
    """Ask for confirmation, then cancel the whole request."""
    standing = link.request.representatives.standing()
    return _cancel(
        request, meeting, link, link.request, standing, ending.cancel_request, _("The request is cancelled.")
    )


@opened
@require_POST
def end_links(request: TicketArrival, meeting: Meeting, link: Any) -> HttpResponse:
    """End every link to this page; by the button `new`, mail a new one and continue with it, else confirm the end."""
    if not buttons.pressed(request.POST, ["new"]):
        renewing.revoke(link.request, by=_by(link), at=request.moment)
        return render(request, "registration/link_ended.html", {"meeting": meeting, "is_wanted": True})
    fresh = renewing.renew(link.request, by=_by(link), at=request.moment)
    messages.success(request, _("All earlier links have ended. A new one is mailed to you; this page already uses it."))
    return redirect(urlsplit(fresh).path)


def _cancel(request, meeting, link, subject, persons, rule, words):
    refusal = None
    if request.method == "POST":
        try:
            rule(subject, by=_by(link), at=request.moment)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, words)
            return redirect(_address(link))
    context = {"meeting": meeting, "request_of": link.request, "persons": persons, "refusal": refusal}
    context["back"] = _address(link)
    return render(request, "registration/cancel.html", context, status=422 if refusal else 200)


def _by(link):
    return Actor(link.request.contact_email, FOCAL_POINT)


def _address(link):
    return reverse("registration:page", args=[link.meeting.slug, link.token])


def _page(request, meeting, link, *, new=None, amended=None):
    """The private page; a form passed in was refused, so the status is 422."""
    ticketing, rows = meeting.ticketing, _rows(meeting, link, amended)
    has_room = sum(not row["standing"].representative.has_ended for row in rows) < ticketing.per_organization
    context = {
        "meeting": meeting,
        "request_of": link.request,
        "link": link,
        "rows": rows,
        "may_add": link.request.is_open and has_room and ticketing.accepts(request.moment),
        "new": new or RepresentativeForm(prefix="new"),
        "new_is_wrong": new is not None,
        "may_cancel": any(row["standing"].may_cancel for row in rows),
    }
    return render(request, "registration/page.html", context, status=422 if new or amended else 200)


def _rows(meeting, link, amended):
    """The representatives with their standing and the form to amend each; a refused form as it was sent."""
    rows = []
    for representative in link.request.representatives.select_related("decision").order_by("pk"):
        representative.meeting = meeting
        standing = Standing.of(representative)
        action = f"{_address(link)}representatives/{representative.public_id}/"
        is_wrong = amended is not None and amended.action == action
        form = amended if is_wrong else AmendForm(representative=representative, action=action)
        rows.append({"standing": standing, "form": form if standing.may_amend else None, "is_wrong": is_wrong})
    return rows
