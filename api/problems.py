"""Every error is answered in JSON (RFC 9457), in words that reveal nothing internal."""

import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import ValidationError

logger = logging.getLogger(__name__)


def problem(status: int, detail: str, **headers: Any) -> HttpResponse:
    """An answer with that `status`, which says `detail`."""
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return HttpResponse(json.dumps(content), status=status, content_type="application/problem+json", headers=headers)


def not_found(_request: HttpRequest, _error: Exception | None = None) -> HttpResponse:
    return problem(404, "There is nothing at this address.")


def not_valid(_request: HttpRequest, error: Any) -> HttpResponse:
    """Say which parameter is wrong, and why."""
    wrong = [f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in error.errors]
    return problem(422, "; ".join(wrong))


def database_away(_request: HttpRequest, error: Exception) -> HttpResponse:
    logger.warning("The database does not respond: %s", type(error).__name__)
    return problem(503, "The database does not respond. Please try again in a minute.", **{"Retry-After": "60"})


def failed(_request: HttpRequest, error: Any) -> HttpResponse:
    logger.exception("The interface failed", exc_info=error)
    return problem(500, "Something went wrong on this site. The error has been logged.")


HANDLERS: dict[Any, Callable[..., HttpResponse]] = {
    Http404: not_found,
    ValidationError: not_valid,
    OperationalError: database_away,
    InterfaceError: database_away,
    Exception: failed,
}
