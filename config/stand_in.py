"""Standing in for the scheduler: if no scheduled task arrives, each worker does what is due itself.  R-06 R-10

A dead scheduler, a dead broker and a silent one look alike from here: the scheduler's sign of life, which it stamps
when the broker has taken its task, grows old. If no worker works off what the broker holds, theirs does. The worker
looks from a thread of its own that needs neither broker nor pool. Several workers may stand in at once: every scheduled
task may run twice, at any time.
"""

import logging
import threading
from datetime import datetime, timedelta
from typing import Any

from celery import bootsteps, current_app
from django.conf import settings
from django.db import connections

import clock

logger = logging.getLogger(__name__)

# How often a worker looks.
SECONDS = 20
# How old the last sign of life may be; the scheduler sends one every thirty seconds.
SILENT_FOR = timedelta(seconds=60)
# Erasing waits until a night when the scheduler runs: it is not urgent, and rewrites the whole file of SQLite.  R-57
LEFT_TO_THE_SCHEDULER = {"outbox.pulse", "secretariat.erase_personal_data"}
NOT_HEARD_OF = "No scheduled task arrives: this worker does what is due."
HEARD_OF_AGAIN = "Scheduled tasks arrive again."


class StandIn(bootsteps.StartStopStep):
    """The step of a worker that starts the thread: after its pool, which forks, and before it waits for a broker."""

    requires = ("celery.worker.components:Pool",)

    def start(self, _worker: Any) -> None:
        self.ended = threading.Event()
        threading.Thread(target=look_for_ever, args=[self.ended], name="stand-in", daemon=True).start()

    def stop(self, _worker: Any) -> None:
        self.ended.set()

    terminate = stop


def look_for_ever(ended: threading.Event) -> None:
    """Look every `SECONDS` until the event `ended`. An unavailable database costs a line in the log."""
    was_away = False
    while not ended.wait(SECONDS):
        try:
            is_away = stand_in(at=clock.now())
            if is_away != was_away:
                logger.warning(NOT_HEARD_OF if is_away else HEARD_OF_AGAIN)
            was_away = is_away
        except Exception as error:  # noqa: BLE001  whatever fails, the thread looks again
            logger.warning("This worker could not check whether the scheduler is alive: %s.", type(error).__name__)
        finally:
            connections.close_all()


def stand_in(*, at: datetime) -> bool:
    """Carry out all scheduled tasks if none arrives at the real moment `at`. Returns whether that was so.

    If the scheduler or the broker is away, the worker is seen all the same, because it works off what is due. If they
    are not, and the tasks stay where they are, its pool hangs: that is not covered up.
    """
    from outbox.delivery import heartbeats  # noqa: PLC0415  models: a worker has them once it is set up
    from outbox.models import Heartbeat  # noqa: PLC0415  as above

    seen = dict(Heartbeat.objects.values_list("part", "at"))
    nothing_is_sent, nothing_is_done = (
        part not in seen or at - seen[part] >= SILENT_FOR for part in (Heartbeat.Part.BEAT, Heartbeat.Part.WORKER)
    )
    if not nothing_is_sent and not nothing_is_done:
        return False
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        if entry["task"] not in LEFT_TO_THE_SCHEDULER:
            _carry_out(entry["task"])
            if nothing_is_sent:
                heartbeats.stamp_now_and_then(Heartbeat.Part.WORKER)
    return True


def _carry_out(name):
    """Run the task `name` here and now. A task that fails does not hold up the others."""
    try:
        current_app.tasks[name]()
    except Exception:
        logger.exception("The task %s failed; it will be tried again.", name)
