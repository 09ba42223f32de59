"""Recognizing by a mark that the database was restored, before anything is mailed or done on time.  R-76"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connections

import clock
from outbox import posting
from secretariat.models import Database
from secretariat.recovery import banner, marks, restoring

logger = logging.getLogger(__name__)

# How often a process looks for a newer mark, at most.
SECONDS = 10
_next_look = 0.0


def look() -> None:
    """Put the database on hold if a mark shows that it is older than when it was last seen. Looks every time."""
    global _next_look
    first = Database.of_this_site()
    mark = marks.newest(first.identity)
    # A mark is left after its row: only a row that is read after the mark can be behind it.
    if mark and mark.number > first.number and restoring.is_behind(Database.of_this_site()):
        logger.error("The database is older than when it was last seen: it is put on hold.")
        restoring.hold(was_recognized=True, at=clock.now())
    _next_look = time.monotonic() + SECONDS


def look_now_and_then() -> None:
    """Look, unless this process did so within the last ten seconds."""
    if time.monotonic() >= _next_look:
        look()


def look_at_the_start() -> None:
    """Look before the first page is served. If the database does not answer, that is logged: workers look too."""
    try:
        look()
    except DatabaseError as error:
        logger.warning("Whether the database was restored could not be seen: %s.", type(error).__name__)
    finally:
        connections.close_all()


@contextmanager
def on_time() -> Iterator[None]:
    """What is done on time in this block may be done a second time after a restore: its mail is kept back meanwhile."""
    if banner.standing(fresh=True) is None:
        yield
        return
    with posting.kept_back():
        yield
