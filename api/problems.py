"""Every error is answered in JSON (RFC 9457), in words that reveal nothing internal."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import ValidationError

from speakers.views import causes
from speakers.views.problems import problem

logger = logging.getLogger(__name__)


def not_found(_request: HttpRequest, _error: Exception | None = None) -> HttpResponse:
    return problem(404, "There is nothing at this address.")


def not_readable(_request: HttpRequest) -> HttpResponse:
    return problem(400, "The request cannot be read.")


def not_valid(_request: HttpRequest, error: Any) -> HttpResponse:
    """Say which parameter is wrong, and why."""
    wrong = [f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in error.errors]
    return problem(422, "; ".join(wrong))


def database_away(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database refuses, whatever it says; the cause is in the log under the number."""
    words = "The database does not respond. Please try again in a minute. In the log of the site this has the number"
    return problem(503, f"{words} {causes.logged(error, request)}.", **{"Retry-After": "60"})


def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """Whatever else went wrong; the cause is in the log under the number, and where it came from."""
    logger.exception("The interface failed", exc_info=error)
    words = "Something went wrong on this site. In the log of the site this has the number"
    return problem(500, f"{words} {causes.logged(error, request)}.")


HANDLERS: dict[Any, Callable[..., HttpResponse]] = {
    Http404: not_found,
    ValidationError: not_valid,
    Error: database_away,
    Exception: failed,
}
