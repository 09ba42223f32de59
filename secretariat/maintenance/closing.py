"""The middleware of a site under maintenance."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from secretariat.maintenance import announcing
from speakers.views import outage
from speakers.views.problems import problem


def closed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """During maintenance, 503 for every address but `/healthz`, without the database: nothing is carried out.  R-09"""

    def answer(request: HttpRequest) -> HttpResponse:
        maintenance = announcing.announced()
        if maintenance is None or request.path == reverse("healthz"):
            return get_response(request)
        response = _for_programs(request, maintenance) if _is_program(request) else _for_people(request, maintenance)
        response["Retry-After"] = str(maintenance.seconds_left(announcing.now()))
        response["Cache-Control"] = "no-store"
        return response

    return answer


def _is_program(request):
    """Does the request read data, or send JSON or a key, as people do not?"""
    asks_for_data = request.path.startswith("/api/") or request.path.endswith(".json")
    has_key = request.headers.get("Authorization", "").startswith("Bearer ")
    return asks_for_data or has_key or request.content_type == "application/json"


def _for_people(request, maintenance):
    """The page with the form to send again, unless another site sent that form to a page that would refuse it."""
    view, slug = _asked(request)

    def page(request):
        more = announcing.context(maintenance)
        return outage.closed(request, slug, announcing.TEMPLATE, officers=maintenance.officers, **more)

    takes_from_all = getattr(view, "csrf_exempt", False) and not getattr(view, "checks_forgery", False)
    return page(request) if takes_from_all else csrf_protect(page)(request)


def _for_programs(request, maintenance):
    slug = _asked(request)[1]
    more = {
        "until": maintenance.until and maintenance.until.isoformat(),
        "call": outage.whom_to_call(slug, maintenance.officers),
        "secretariat": settings.SECRETARIAT_CONTACT,
    }
    return problem(503, _("The site is under maintenance. Nothing is recorded."), more)


def _asked(request: HttpRequest) -> tuple[Callable[..., Any] | None, str]:
    """The page that was asked for, and the short name of its meeting; None and empty where there is none."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None, ""
    return match.func, match.kwargs.get("slug", "")
