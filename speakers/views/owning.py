"""Access to a receipt: only the credential opens it, and it says who acts.  R-59"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from speakers.delegations import access
from speakers.models import Inscription
from speakers.views import drafts
from speakers.views.arriving import Arrival
from speakers.views.coming_back import Destination


def own(view: Callable[..., HttpResponse] | None = None, *, on_any_list: bool = False) -> Callable[..., Any]:
    """Call `view(request, inscription, …)` with an inscription that the credential may see; 404 for any other.

    It is on the list at hand, or `on_any_list` of the meeting (R-62). A visitor who is not signed in is sent to sign
    in, whether or not the inscription exists. Can also be used as `@own(on_any_list=True)`.
    """
    if view is None:
        return partial(own, on_any_list=on_any_list)

    @wraps(view)
    def found(request, meeting, public_id, **rest):
        if (address := access.signed_in_address(request)) is None:
            wanted = _wanted(request, meeting, public_id, keeps_draft=not on_any_list)
            return redirect(reverse("speakers:sign_in", args=[*meeting.speakers_list.address]) + wanted.query)
        if (inscription := access.own_entry(address, meeting, public_id, on_any_list=on_any_list)) is None:
            raise Http404
        if inscription.speakers_list_id == meeting.speakers_list.pk:
            inscription.speakers_list = meeting.speakers_list
        return view(request, inscription, **rest)

    return found


def _wanted(request, meeting, public_id, *, keeps_draft):
    """The page asked for; for a POST, the receipt, or its form again if it `keeps_draft`."""
    receipt = reverse("speakers:receipt", args=[*meeting.speakers_list.address, public_id])
    if request.method in {"GET", "HEAD"}:
        return Destination(public_id, request.path if request.path != receipt else "")
    is_kept = keeps_draft and drafts.keep(request, path=request.path)
    if is_kept:
        messages.warning(request, _("You were signed out, and nothing was recorded. What you typed is kept."))
    return Destination(public_id, request.path if is_kept else "")


def who_and_when(request: Arrival, inscription: Inscription) -> dict[str, Any]:
    """The actor, by the credential, and the meeting's moment of arrival, as arguments of a rule.  R-03 R-59"""
    address = cast(str, access.signed_in_address(request))
    by = access.actor(address, inscription.delegation, access.delegations_of(address))
    return {"by": by, "at": inscription.meeting.moment(request.arrived_at)}
