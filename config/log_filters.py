"""Keeping one-time links, and what rows hold, out of the logs.  R-59"""

import logging
import re
from typing import Any

from django.core.exceptions import DisallowedHost
from django.db import Error

TOKEN = re.compile(r"(/sign-in/)(?!code/)[^/\s?]+|(/tickets/(?:address|request|offer|voucher)/)[^/\s?]+")


class WithoutTokens(logging.Filter):
    """Masks the token of a sign-in or ticket link in everything that is logged, such as the path of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/sign-in/" in message or "/tickets/" in message:
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


def configuration(level: str) -> dict[str, Any]:
    """The setting `LOGGING`: everything from `level` on goes to the standard error, through the filters."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
        "filters": {
            "without_tokens": {"()": "config.log_filters.WithoutTokens"},
            "without_rows": {"()": "config.log_filters.WithoutRows"},
            "hosts_in_short": {"()": "config.log_filters.HostsInShort"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["without_tokens", "without_rows", "hosts_in_short"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
    }
