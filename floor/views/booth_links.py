"""The officer's page of the booths of a meeting: their links, made, renewed and revoked.  R-73"""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import clock
from acts.refusals import Refusal
from dialogue import moments
from dialogue.models import Meeting
from floor.access import actor, officer
from floor.booths import linking
from floor.forms import BoothForm
from floor.models import Booth


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def booths(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The booths with what has become of their links; POST makes one, whose link is shown in the answer alone."""
    form = BoothForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            booth, url = linking.make(meeting, form.cleaned_data["name"], **_who_and_when(request, meeting))
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return _page(request, meeting, BoothForm(), shown={"booth": booth, "url": url})
    return _page(request, meeting, form)


@require_POST
@officer
def renew(request: HttpRequest, meeting: Meeting, public_id: UUID) -> HttpResponse:
    """Another link for a booth, shown in the answer alone; the one before ends."""
    booth = _booth(meeting, public_id)
    try:
        url = linking.renew(booth, **_who_and_when(request, meeting))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("floor:booths", meeting.slug)
    return _page(request, meeting, BoothForm(), shown={"booth": booth, "url": url})


@require_POST
@officer
def revoke(request: HttpRequest, meeting: Meeting, public_id: UUID) -> HttpResponse:
    """End the link of a booth, and every page open by it."""
    booth = _booth(meeting, public_id)
    try:
        linking.revoke(booth, **_who_and_when(request, meeting))
        messages.success(request, _("The link of “%(booth)s” is revoked: it opens nothing more.") % {"booth": booth})
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("floor:booths", meeting.slug)


def _booth(meeting, public_id):
    booth = get_object_or_404(Booth, meeting=meeting, public_id=public_id)
    booth.meeting = meeting
    return booth


def _who_and_when(request, meeting):
    return {"by": actor(request), "at": meeting.moment(clock.now())}


def _page(request, meeting, form, *, shown=None):
    """The page; `shown` is a booth with its link, which is kept nowhere. A form with an error is answered with 422."""
    at, in_words = meeting.moment(clock.now()), partial(moments.in_words, meeting=meeting)
    rows = [
        {
            "booth": booth,
            "made": in_words(booth.linked_at),
            "opened": in_words(booth.opened_at) if booth.opened_at else "",
            "revoked": in_words(booth.ended_at) if booth.ended_at else "",
        }
        for booth in meeting.booths.order_by("name")
    ]
    context = {"meeting": meeting, "rows": rows, "form": form, "shown": shown}
    expires_at = Booth(meeting=meeting).expires_at
    context |= {"expires": in_words(expires_at), "is_over": expires_at <= at}
    return TemplateResponse(request, "floor/booths.html", context, status=422 if form.errors else 200)
