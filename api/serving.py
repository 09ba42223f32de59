"""The interface as the site serves it: GET and HEAD, open to pages of other sites, and always JSON."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, path, re_path
from django.urls.resolvers import RegexPattern
from django.utils.cache import get_conditional_response, patch_cache_control

from api import problems
from api.interface import api
from speakers.views.caching import tag_of

DESCRIBED: list[Any] = api.urls[0]
ALLOWED = "GET, HEAD, OPTIONS"
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "X-Content-Type-Options": "nosniff",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": ALLOWED,
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def reading(view: Any) -> Callable[..., HttpResponse]:
    """Let any site read `view` by GET and HEAD; refuse any other method with a problem in JSON."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        response = _answer(view, request, *args, **kwargs)
        for name, value in OPEN_TO_ALL.items():
            response[name] = value
        return response

    return answered


def _answer(view, request, *args, **kwargs):
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": ALLOWED, **PREFLIGHT})
    if request.method not in {"GET", "HEAD"}:
        return problems.problem(405, "This interface is read-only: use GET or HEAD.", Allow=ALLOWED)
    asked, request.method = request.method, "GET"
    try:
        response = view(request, *args, **kwargs)
    finally:
        request.method = asked  # the server leaves the body out for HEAD
    return response if response.has_header("ETag") else _tagged(request, response)


def _tagged(request, response):
    """The `response` with the ETag of its content, if a cache may keep it."""
    if response.status_code != 200:
        return response
    response["ETag"] = tag_of(response.content.decode())
    patch_cache_control(response, public=True, max_age=300)
    return get_conditional_response(request, etag=response["ETag"], response=response)


ADDRESSES = URLResolver(
    RegexPattern(""),
    [
        *(path(str(each.pattern), reading(each.callback)) for each in DESCRIBED if each.name != "api-root"),
        re_path("", reading(problems.not_found)),
    ],
)


def answer(request: HttpRequest, address: str) -> HttpResponse:
    """The answer for `address`, relative to the root of the interface, or a problem if there is nothing."""
    found = ADDRESSES.resolve(address)
    return found.func(request, *found.args, **found.kwargs)
