"""*My mission*: where a person lands after signing in, and the calendar to which they subscribe.  R-30 R-59"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

import clock
from speakers.delegations import access
from speakers.mission import mission, own_entries, subscribing, waiting
from speakers.views import caching, drafts
from speakers.views.coming_back import Destination


def _signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, address, …)`; a visitor who is not signed in is sent to sign in, and comes back.

    Answers are never cached.
    """

    @never_cache
    @wraps(view)
    def found(request: HttpRequest, **rest: Any) -> HttpResponse:
        if (address := access.signed_in_address(request)) is None:
            return _to_sign_in(request, **rest)
        return view(request, address, **rest)

    return found


def _to_sign_in(request, slug=""):
    """The sign-in page of the meeting, or of the one that comes next; without any, the page of all meetings."""
    if not slug:
        found = own_entries.not_over().filter(slug="").order_by("meeting__starts_at").first()
        if found is None:
            return redirect("speakers:meetings")
        return redirect("speakers:sign_in", found.meeting.slug)
    back = Destination(back=request.path)
    return redirect(reverse("speakers:sign_in", args=[slug]) + back.query)


@require_safe
@_signed_in
def home(request: HttpRequest, address: str) -> HttpResponse:
    """Everything of the person's own at the coming meetings, and what waits for an answer."""
    return _page(request, mission.of(address))


@require_safe
@_signed_in
def of_meeting(request: HttpRequest, address: str, slug: str) -> HttpResponse:
    """What is the person's own at one meeting, which may be over; 404 if there is none."""
    found = mission.of(address, slug=slug)
    if not found.meetings:
        raise Http404
    return _page(request, found, meeting=found.meetings[0].meeting)


def _page(request, found, **more):
    context = {"mission": found, "address": found.address, "waiting": waiting.of(found), **more}
    return render(request, "speakers/home.html", context)


@require_safe
@_signed_in
def subscription(request: HttpRequest, address: str) -> HttpResponse:
    """The address of the calendar, or how to have one."""
    made = subscribing.of(address)
    url = subscribing.url_of(made) if made else ""
    context = {"address": address, "subscription": made, "url": url, "webcal": f"webcal:{url.partition(':')[2]}"}
    return render(request, "speakers/subscription.html", context)


@require_POST
@_signed_in
def subscribe(request: HttpRequest, address: str) -> HttpResponse:  # noqa: ARG001  who asks is all that is asked
    """Make the address of the calendar, or make it again."""
    subscribing.subscribe(address, at=clock.now())
    return redirect("speakers:subscription")


@require_POST
@_signed_in
def unsubscribe(request: HttpRequest, address: str) -> HttpResponse:  # noqa: ARG001  who asks is all that is asked
    """End the address of the calendar."""
    subscribing.end(address)
    return redirect("speakers:subscription")


@require_safe
@cache_control(private=True, no_cache=True)
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar at a private address, for programs that subscribe to it: the address is the credential.  R-59

    Programs bring no choice of a language: it is the one chosen under the person's address.
    """
    if (found := subscribing.find(token)) is None:
        raise Http404
    language = subscribing.language_of(found)
    with translation.override(language):
        content = subscribing.calendar_of(found, at=clock.now())
    tag = caching.tag_of(content.decode())
    answer = caching.answer(request, lambda: content, "text/calendar; charset=utf-8", tag=tag, filename="mission.ics")
    answer["Content-Language"] = language
    return answer


@require_POST
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign this browser out."""
    access.forget_address(request)
    drafts.forget(request)
    return redirect("speakers:meetings")
