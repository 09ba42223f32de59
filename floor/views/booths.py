"""The page of interpreters and reporters, its link without an account, and “please slow down”.  R-59 R-73"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from acts.refusals import Refusal
from dialogue import moments
from dialogue.models import Meeting
from dialogue.streaming.permitting import may_stream
from floor import standings
from floor import state as states
from floor.access import RUN, TEXTS
from floor.booths import linking, reading, slowing
from floor.models import Booth

# The cookie that a link is exchanged for; it goes to the pages of its meeting alone.
COOKIE = "booth"


def booth_of(request: HttpRequest, meeting: Meeting, at: datetime) -> Booth | None:
    """The booth of `meeting` as which this browser reads; None without a link that works at the moment `at`."""
    kept = request.get_signed_cookie(COOKIE, default=None, salt=linking.TOKEN)
    return Booth.objects.live(at).filter(meeting=meeting.pk, token_hash=kept).first() if kept else None


def may_read(request: HttpRequest, meeting: Meeting, at: datetime) -> bool:
    """May this browser read the texts of `meeting` before delivery, as a booth or by a permission?"""
    return booth_of(request, meeting, at) is not None or is_permitted(request)


def is_permitted(request: HttpRequest) -> bool:
    """Is it a member of staff who may read texts before delivery?"""
    return request.user.is_active and request.user.is_staff and any(map(request.user.has_perm, (TEXTS, RUN)))


def reader(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, floor, at, booth)` for the booth of this browser, or for staff (None); 404 for all others."""

    @never_cache
    @wraps(view)
    def found(request, slug):
        floor, at = standings.read_published(slug)
        booth = booth_of(request, floor.meeting, at)
        if booth is None and not is_permitted(request):
            raise Http404
        return _private(view(request, floor, at, booth))

    return found


@require_safe
@may_stream
@reader
def page(request: HttpRequest, floor: standings.Floor, at: datetime, booth: Booth | None) -> HttpResponse:
    """Who has the floor, the next ten, and every text that is in."""
    return _page(request, floor, at, booth)


@require_safe
@reader
def state(_request: HttpRequest, floor: standings.Floor, at: datetime, booth: Booth | None) -> HttpResponse:
    """The public state, and whether the sign of this booth is shown: by it the page keeps itself up to date."""
    return JsonResponse(states.of_floor(floor, at) | {"sign": _sign(booth, floor, at)})


@require_POST
@may_stream
@reader
def slow_down(request: HttpRequest, floor: standings.Floor, at: datetime, booth: Booth | None) -> HttpResponse:
    """“Please slow down”: a sign of a booth for the console; staff without a booth give none."""
    if booth is None:
        raise Http404
    try:
        slowing.ask(booth, floor, at=at)
    except Refusal as refusal:
        return _page(request, floor, at, booth, refusal=refusal)
    messages.success(request, _("The officer at the console sees that you ask the speaker to slow down."))
    return redirect("floor:booth", floor.meeting.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def link(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show a button for the link of a booth; only pressing it opens its page, because mail gateways open links.  R-59

    It is exchanged for a cookie, so that the address of no page holds it.
    """
    floor, at = standings.read_published(slug)
    find = linking.open_link if request.method == "POST" else linking.find
    booth = find(floor.meeting, token, at=at)
    if booth is None or request.method != "POST":
        context = {"meeting": floor.meeting, "booth": booth}
        return _private(render(request, "floor/booth_link.html", context, status=200 if booth else 410))
    answer = redirect("floor:booth", slug)
    answer.set_signed_cookie(
        COOKIE,
        booth.token_hash,
        salt=linking.TOKEN,
        path=reverse("speakers:meeting", args=[slug]),
        max_age=booth.expires_at - at,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return _private(answer)


def _private(answer):
    """Such a page is not indexed, and sends no referrer."""
    answer["Referrer-Policy"] = "strict-origin"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _sign(booth, floor, at):
    return "shown" if booth and slowing.is_shown(booth, floor, at) else ""


def _page(request, floor, at, booth, *, refusal=None):
    said: dict[str, Any] = states.of_floor(floor, at)
    context = {
        "meeting": floor.meeting,
        "live_port": settings.LIVE_PORT,
        "booth": booth,
        "state": said,
        "reading": reading.of(floor),
        "sign": _sign(booth, floor, at),
        "refusal": refusal,
        "as_at": moments.seconds_in_words(at, floor.meeting),
    }
    return TemplateResponse(request, "floor/booth.html", context, status=422 if refusal else 200)
