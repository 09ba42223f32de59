"""The page behind the link of an offered seat: accept or decline with a button.  R-48 R-59"""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from acts.refusals import Refusal
from dialogue import moments
from dialogue.models import Meeting
from journal.actors import Actor
from registration.models import Link, Representative
from registration.requests import confirming, ending, waiting
from registration.requests.status import Standing
from registration.views.arriving import TicketArrival, behind
from spelling import buttons


@behind(Link.Purpose.OFFER)
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: TicketArrival, meeting: Meeting, link: Link) -> HttpResponse:
    """GET shows the offer and its deadline; POST answers it."""
    found = Representative.objects.select_related("request__organization", "decision").get(
        pk=cast(int, link.representative_id)
    )
    found.meeting = meeting
    refusal = None
    if request.method == "POST":
        try:
            _answer(request, found)
            return redirect(request.path)
        except Refusal as refused:
            refusal = refused
    is_open = found.is_offered_a_seat and request.moment < cast(datetime, found.offer_ends_at)
    context = {
        "meeting": meeting,
        "representative": found,
        "standing": Standing.of(found),
        "until": moments.in_words(cast(datetime, found.offer_ends_at), meeting) if is_open else "",
        "refusal": refusal,
    }
    return render(request, "registration/offer.html", context, status=422 if refusal else 200)


def _answer(request, representative):
    by = Actor(representative.normalised_email, confirming.REPRESENTATIVE)
    button = buttons.pressed(request.POST, ["accept", "decline"])
    if button == "accept":
        waiting.accept(representative, by=by, at=request.moment)
        messages.success(request, _("You have accepted. The ticket is approved."))
    elif button == "decline":
        ending.cancel(representative, by=by, at=request.moment, act="offer declined")
        messages.success(request, _("You have declined. The seat is free for the next person."))
