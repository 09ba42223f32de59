"""Lines of the log: each with the number of its request, none with a one-time link or with what rows hold.  R-59"""

import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import DisallowedHost
from django.db import Error
from pythonjsonlogger.json import JsonFormatter

from acts import request_number

TOKEN = re.compile(
    r"(/sign-in/)(?!code/)[^/\s?]+"
    r"|(/tickets/(?:address|request|offer|voucher)/|/booth/link/|/mission/calendar/(?!(?:new|end)/))[^/\s?]+"
)


class WithoutTokens(logging.Filter):
    """Masks the token of a secret link in everything that is logged, such as the path of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if any(part in message for part in ("/sign-in/", "/tickets/", "/booth/", "/mission/calendar/")):
            record.msg, record.args = TOKEN.sub(lambda found: f"{found[1] or found[2]}…", message), ()
        return True


class WithoutRows(logging.Filter):
    """Takes the traceback of an error of the database from what is logged: its details quote rows, and what was typed.

    The cause is logged without them (`speakers/views/causes.py`).
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], Error):
            record.exc_info = record.exc_text = None
        return True


class HostsInShort(logging.Filter):
    """Says in one short line that a request asked for a host that is not ours: strangers send many."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "django.security.DisallowedHost":
            record.exc_info = record.exc_text = None
            record.msg, record.args = "A request was refused: its host is not in ALLOWED_HOSTS", ()
        return not (getattr(record, "status_code", 0) == 400 and _is_for_a_foreign_host(record))


def _is_for_a_foreign_host(record):
    """Is this the second line about such a request, which says only that it was bad?"""
    try:
        record.request.get_host()
    except DisallowedHost:
        return record.name == "django.request"
    return False


class OfTasksInShort(logging.Filter):
    """Says of a task that failed by which kind of error, and not in its words, which may quote what was typed."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "celery.app.trace" and isinstance(record.args, dict) and record.exc_info:
            record.args = {**record.args, "exc": type(record.exc_info[1]).__name__}
        return True


class Line(logging.Formatter):
    """A line for people: when, how serious, from where, the number of the request, and what happened."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # as another handler may have written it
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:
        number = request_number.current()
        where = f"{record.name} {number}" if number else record.name
        return f"{record.asctime} {record.levelname} {where}: {record.message}"

    def formatException(self, ei: Any) -> str:
        return without_words(ei[1])


class JsonLine(JsonFormatter):
    """What is in a line, as JSON. What else a logger hands over is left out: it may be a request, or a mail."""

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, _message: dict[str, Any]) -> None:
        log_data["time"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        log_data |= {"level": record.levelname, "logger": record.name, "message": record.message}
        if number := request_number.current():
            log_data["request"] = number
        if record.exc_info and record.exc_info[1]:
            log_data["error"] = without_words(record.exc_info[1])


def without_words(error: BaseException | None) -> str:
    """An error and those behind it, as their kinds and the lines of code they came through.

    Their words are left out, for they may quote what was typed.
    """
    told: list[str] = []
    while error is not None:
        told += [*traceback.format_tb(error.__traceback__), f"{type(error).__qualname__}\n"]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "".join(told).rstrip()


def configuration(level: str, form: str = "line") -> dict[str, Any]:
    """The setting `LOGGING`: everything from `level` on goes to the standard error in that `form`, past the filters."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"()": "config.log_filters.Line", "format": "%(asctime)s"},
            "json": {"()": "config.log_filters.JsonLine"},
        },
        "filters": {
            "without_tokens": {"()": "config.log_filters.WithoutTokens"},
            "without_rows": {"()": "config.log_filters.WithoutRows"},
            "hosts_in_short": {"()": "config.log_filters.HostsInShort"},
            "of_tasks_in_short": {"()": "config.log_filters.OfTasksInShort"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["of_tasks_in_short", "without_tokens", "without_rows", "hosts_in_short"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
    }
