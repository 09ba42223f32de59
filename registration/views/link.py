"""Asking for the link to everything filed under an address: the answer is the same for every address.  R-59 R-60"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dialogue.models import Meeting
from dialogue.networks import network_of
from registration.forms import LinkForm
from registration.refusals import TooMany
from registration.requests import finding
from registration.views.arriving import TicketArrival, with_terms
from speakers.views.refusing import add_refusal


@with_terms
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request: TicketArrival, meeting: Meeting) -> HttpResponse:
    """Mail the link if anything is filed under the address, without revealing whether it is."""
    form = LinkForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            if not form.is_from_a_robot():
                address, network = form.cleaned_data["email"], network_of(request)
                finding.send_link(meeting, address, network=network, at=request.moment)
        except TooMany as refusal:
            add_refusal(form, refusal)
            status = 429
        else:
            return redirect("registration:sent", meeting.slug)
    return render(request, "registration/link.html", {"meeting": meeting, "form": form}, status=status)
