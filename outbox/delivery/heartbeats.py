"""Signs of life: that the scheduler reaches the broker, and that a worker works off what comes from there.

The scheduler stamps its own whenever it has published its tiny task, `outbox.pulse`. The worker's is stamped whenever a
task was worked off, that one or any other: a worker whose pool hangs is silent, however alive its process is.
"""

import logging
import threading
import time

from django.db import Error

import clock
from outbox.models import Heartbeat

logger = logging.getLogger(__name__)

# How often a busy process stamps, at most.
SECONDS = 10
_stamped = threading.local()


def stamp(part: Heartbeat.Part) -> None:
    """Store that `part` (of `Heartbeat.Part`) is alive now."""
    at = clock.now()
    if not Heartbeat.objects.filter(part=part).update(at=at):
        Heartbeat.objects.bulk_create([Heartbeat(part=part, at=at)], ignore_conflicts=True)


def stamp_now_and_then(part: Heartbeat.Part) -> None:
    """Stamp, unless this thread did so in the last `SECONDS`. An unavailable database costs a line in the log."""
    now = time.monotonic()
    if now - getattr(_stamped, part, -SECONDS) < SECONDS:
        return
    try:
        stamp(part)
        setattr(_stamped, part, now)
    except Error as error:
        logger.warning("The heartbeat of the %s was not stored: %s.", part, type(error).__name__)
