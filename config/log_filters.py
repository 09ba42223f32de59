"""Keeping one-time links out of the logs.  R-59"""

import logging
import re

TOKEN = re.compile(r"(/sign-in/)(?!code/)[^/\s?]+|(/tickets/(?:address|request|offer|voucher)/)[^/\s?]+")


class WithoutTokens(logging.Filter):
    """Masks the token of a sign-in or ticket link in everything that is logged, such as the path of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/sign-in/" in message or "/tickets/" in message:
            record.msg, record.args = TOKEN.sub(lambda found: f"{found[1] or found[2]}…", message), ()
        return True
