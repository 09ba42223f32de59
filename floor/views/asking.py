"""Asking for the floor from a telephone, and withdrawing: the delegation comes from the credential.  R-59 R-70"""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from acts.refusals import Refusal
from dialogue.streaming.permitting import may_stream
from floor.acts import asking
from floor.views.public import page_of_now
from speakers.delegations import access
from speakers.views.arriving import arriving


def own_act(rule: Callable[..., object]) -> Callable[..., HttpResponse]:
    """A view that does `rule(meeting, delegation, by=…, at=…)` for a delegation that the signed-in person acts for.

    The delegation is the one whose `code` is in the address, if the credential proves it; 404 for any other. A visitor
    who is not signed in is sent to sign in. A refusal is shown on the page, in words.
    """

    @may_stream
    @arriving
    @require_POST
    @wraps(rule)
    def view(request, meeting, code):
        page = reverse("floor:now", args=[meeting.slug])
        if (address := access.signed_in_address(request)) is None:
            return redirect(f"{reverse('speakers:sign_in', args=[meeting.slug])}?back={page}")
        delegations = access.delegations_of(address)
        delegation = next((each for each in delegations if each.code == code), None)
        if delegation is None:
            raise Http404
        by = access.actor(address, delegation, delegations)
        try:
            rule(meeting, delegation, by=by, at=meeting.moment(request.arrived_at))
        except Refusal as refusal:
            return page_of_now(request, meeting.slug, refusal=refusal)
        return redirect(page)

    return view


ask: Callable[[HttpRequest], HttpResponse] = own_act(asking.ask)
withdraw: Callable[[HttpRequest], HttpResponse] = own_act(asking.withdraw)
