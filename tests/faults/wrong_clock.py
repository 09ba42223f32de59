"""The site on a machine whose clock is wrong, and is set while it runs; the clocks of the others are right.

Passed to gunicorn in place of `config.wsgi`, and to Celery in place of `config`. The file in `WRONG_CLOCK` says by how
many seconds the clock is ahead; durations are measured rightly, as on a machine whose clock is set.
"""

import os
import threading
from datetime import timedelta
from pathlib import Path

import time_machine

_lock = threading.Lock()
_now = {"ahead": 0.0, "traveller": None}


class WrongClock:
    """The file, from the side of the test."""

    def __init__(self, file):
        self.file, self.environment = file, {"WRONG_CLOCK": str(file)}
        self.set(timedelta(0))

    def set(self, ahead):
        """Let the clock be that far `ahead` from now on; behind, if negative."""
        following = self.file.with_suffix(".next")
        following.write_text(str(ahead.total_seconds()))
        os.replace(following, self.file)


def set_clock():
    """Set the clock of this process to what the file says, if it says something else than before."""
    ahead = float(Path(os.environ["WRONG_CLOCK"]).read_text())
    with _lock:
        if ahead != _now["ahead"]:
            if _now["traveller"]:
                _now["traveller"].stop()
            _now["traveller"] = time_machine.travel(timedelta(seconds=ahead), tick=True)
            _now["traveller"].start()
            _now["ahead"] = ahead


def application(environ, start_response):
    """The site; the clock is set before the request is looked at."""
    set_clock()
    return _site(environ, start_response)


if "WRONG_CLOCK" in os.environ:
    from config.wsgi import application as _site
    from tests.faults.hurried import app  # noqa: F401  for Celery

    set_clock()
