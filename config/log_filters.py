"""Keeping one-time links, and what rows hold, out of the logs.  R-59"""

import logging
import re

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
