"""Reporting failures to Sentry, if `SENTRY_DSN` names one: which kind of error, and where in the code.  R-59

Nothing that was typed leaves: no words of an error, no values of variables, no body, query, cookie, header, user or
address, and no path, which may hold a one-time link.
"""

from typing import Any

import sentry_sdk

from acts import request_number

KEPT = {"event_id", "timestamp", "platform", "level", "logger", "release", "environment", "sdk", "tags", "exception"}
KEPT_OF_ERRORS = {"type", "module", "stacktrace", "mechanism"}
KEPT_OF_FRAMES = {"filename", "abs_path", "function", "module", "lineno", "context_line", "in_app"}


def begin(dsn: str, *, release: str) -> None:
    """Report to the Sentry at `dsn` from now on; nothing happens if it is empty."""
    if dsn:
        sentry_sdk.init(
            dsn,
            release=release,
            include_local_variables=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            server_name="",
            auto_session_tracking=False,
            before_send=scrubbed,
        )


def scrubbed(event: Any, _hint: dict[str, Any]) -> Any:
    """What is kept of `event`: see above. An event without an error is not sent."""
    if not (found := event.get("exception", {}).get("values")):
        return None
    kept = {name: value for name, value in event.items() if name in KEPT}
    kept["exception"] = {"values": [_error(each) for each in found]}
    kept["tags"] = {"request": request_number.current() or "none"}
    return kept


def _error(error):
    kept = {name: value for name, value in error.items() if name in KEPT_OF_ERRORS}
    frames = (error.get("stacktrace") or {}).get("frames", [])
    told = [{name: value for name, value in frame.items() if name in KEPT_OF_FRAMES} for frame in frames]
    return kept | {"stacktrace": {"frames": told}, "value": ""}
