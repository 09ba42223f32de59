"""The page of a late request.  R-27"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from acts.refusals import Refusal
from dialogue.models import Meeting
from speakers.delegations import access
from speakers.entries import late_requests
from speakers.views.arriving import Arrival, arriving
from speakers.views.coming_back import Destination


@arriving
@require_http_methods(["GET", "HEAD", "POST"])
def late_request(request: Arrival, meeting: Meeting, public_id: UUID) -> HttpResponse:
    """Show the late request to those who may see it; a POST withdraws it.  R-59"""
    if (address := access.signed_in_address(request)) is None:
        wanted = Destination(back=request.path)
        return redirect(reverse("speakers:sign_in", args=meeting.speakers_list.address) + wanted.query)
    late = get_object_or_404(access.late_requests_of(address, meeting), public_id=public_id)
    late.speakers_list = meeting.speakers_list
    if request.method == "POST":
        by = access.actor(address, late.delegation, access.delegations_of(address))
        try:
            late_requests.take_back(late, by=by, at=meeting.moment(request.arrived_at))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The late request is withdrawn."))
        return redirect(late)
    return render(request, "speakers/late_request.html", {"meeting": meeting, "late": late, "address": address})
