"""Sending one request and looking only at how it fails; nothing of it stays."""

import time
import traceback

from django.conf import settings

from floor import standings
from speakers.views import outage
from tests.scenes import undone

# Pages whose 503 is the truth about the machinery.
MAY_BE_UNWELL = "/healthz"
# So many seconds of computing has no page of a full meeting; a request that takes more stops those of all others.
MOST_SECONDS = 15


def failure(browser, request):
    """What was wrong with the answer to `request`, the arguments of `Client.generic`, in a line; empty if nothing."""
    begun = time.thread_time()
    try:
        with undone():
            status = browser.generic(**request).status_code
    except Exception as error:  # noqa: BLE001  whatever it is, it is the failure
        return f"{type(error).__name__}: {str(error)[:100]!r} in {_place(error)}"
    finally:
        browser.as_before()
        standings.forget()
        outage.forget()
    if (seconds := time.thread_time() - begun) > MOST_SECONDS:
        return f"{seconds:.0f} seconds of computing"
    return f"status {status}" if status >= 500 and request["path"] != MAY_BE_UNWELL else ""


def _place(error):
    """The last line of our own that `error` came through, or else the last of all."""
    frames = traceback.extract_tb(error.__traceback__)
    root = f"{settings.BASE_DIR}/"
    own = [frame for frame in frames if frame.filename.startswith(root) and "/tests/" not in frame.filename]
    last = (own or frames)[-1]
    return f"{last.filename.removeprefix(root)}:{last.lineno}"
