"""Why a request failed, logged once with the number of the request, which its page shows, without what was typed.  R-09

An operator who is told the number finds the cause by it. What was typed may be quoted by the database in the details of
an error, and in every error about a value; so neither is logged, and tracebacks of the database are not either
(`config/log_filters.py`).
"""

import logging
import traceback
from pathlib import Path

from django.conf import settings
from django.db import DataError, Error
from django.http import HttpRequest

from acts import request_number

logger = logging.getLogger(__name__)


def logged(error: BaseException, request: HttpRequest) -> str:
    """Log the cause of `error`, by which `request` failed. Returns what finds it in the log."""
    number = request_number.current() or request_number.judged("")
    logger.error("Failure %s at %s %r: %s%s", number, request.method, request.path, _cause(error), _place(error))
    return request_number.spoken(number)


def _cause(error):
    """The kind of `error`, and what the database says about it in general."""
    driver = error.__cause__
    code, kind = getattr(driver, "pgcode", None), type(error).__name__
    if not isinstance(error, Error) or isinstance(error, DataError):
        return kind
    words = driver.diag.message_primary if code else str(error).partition("\n")[0]
    return f"{kind} {code}: {words}" if code else f"{kind}: {words}"


def _place(error):
    """The last line of our own that `error` came through."""
    lines = [
        f"{Path(frame.filename).relative_to(settings.BASE_DIR)}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(settings.BASE_DIR) and ".venv" not in frame.filename
    ]
    return f", in {lines[-1]}" if lines else ""
