"""Answers to requests that cannot be served: in words, in the site's own design, without a query to the database.

None reads the body of the request, as Django's own do: the body may be what cannot be read.
"""

import sys
from typing import cast

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from speakers.views import causes, outage


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  Django names it
    """What was sent cannot be read, or is not from one of our pages: nothing was recorded, status 400.

    A program is told so in JSON.
    """
    if request.path_info.startswith(reverse("api:api-root")):
        from api import problems  # noqa: PLC0415  ninja and pydantic: `api/urls.py` says why

        return problems.not_readable(request)
    return render(request, "400.html", {"contact": settings.SECRETARIAT_CONTACT}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  as above
    """The page is not open to the person who is signed in, status 403."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  as above
    """There is no such page, status 404."""
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django hands it over by that name
    """The form is older than its session or came from another site: say so, with status 403.

    One of a page of this site, which the browser says, keeps what was typed, to be sent again.
    """
    if request.META.get("HTTP_ORIGIN") != f"{request.scheme}://{request.get_host()}" or request.FILES:
        return render(request, "403_csrf.html", status=403)
    found = request.resolver_match
    return outage.without_cookie(request, found.kwargs.get("slug", "") if found else "")


def server_error(request: HttpRequest) -> HttpResponse:
    """Something failed: 503 if the database refuses, whatever it says; 500 otherwise. Nothing was recorded.  R-09

    The cause is logged with the number that the page shows.
    """
    error = cast(BaseException, sys.exc_info()[1])
    number = causes.logged(error, request)
    if isinstance(error, Error):
        found = request.resolver_match
        answer = outage.not_recorded(request, found.kwargs.get("slug", "") if found else "", number=number)
    else:
        context = {"number": number, "contact": settings.SECRETARIAT_CONTACT}
        answer = render(request, "500.html", context, status=500)
    answer["Cache-Control"] = "no-store"
    return answer
