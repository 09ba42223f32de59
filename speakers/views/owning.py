"""Whose receipt it is: only the credential opens it, and says who acts.  R-59"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from speakers.delegations import access
from speakers.models import Inscription
from speakers.views.arriving import Arrival
from speakers.views.coming_back import Destination


def own(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, inscription, …)` with the inscription that the credential may see; 404 for any other.

    Whoever is not signed in is sent to do so, whether there is such an inscription or not.
    """

    @wraps(view)
    def found(request, meeting, public_id, **rest):
        if (address := access.signed_in_address(request)) is None:
            return redirect(
                reverse("speakers:sign_in", args=[meeting.slug]) + _wanted(request, meeting, public_id).query
            )
        visible = access.visible_to(address).select_related("delegation", "level")
        inscription = get_object_or_404(visible, meeting=meeting, public_id=public_id)
        inscription.meeting = meeting
        return view(request, inscription, **rest)

    return found


def _wanted(request, meeting, public_id):
    """The page asked for; where that is the receipt, or something was sent, the receipt."""
    receipt = reverse("speakers:receipt", args=[meeting.slug, public_id])
    is_page = request.method in {"GET", "HEAD"} and request.path != receipt
    return Destination(public_id, request.path if is_page else "")


def who_and_when(request: Arrival, inscription: Inscription) -> dict[str, Any]:
    """Who acts, by the credential, and the meeting's moment of arrival: what every rule is told.  R-03 R-59"""
    address = cast(str, access.signed_in_address(request))
    by = access.actor(address, inscription.delegation, access.delegations_of(address))
    return {"by": by, "at": inscription.meeting.moment(request.arrived_at)}
