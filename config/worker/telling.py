"""The thread of a worker that tells webhooks, beside its pool: a slow receiver holds up no mail, and no other receiver.

It needs no broker. Every worker of every machine has one; who holds a cursor tells it (`webhooks/telling.py`).
"""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from celery import bootsteps
from django.conf import settings
from django.db import close_old_connections, connections

import clock

logger = logging.getLogger(__name__)

# How often it looks, and how many receivers it waits for at once.
SECONDS, AT_ONCE = 1.0, 16


class Telling(bootsteps.StartStopStep):
    """The step of a worker that starts the thread, if webhooks are on: after its pool, which forks."""

    requires = ("celery.worker.components:Pool",)

    def start(self, _worker: Any) -> None:
        self.ended = threading.Event()
        if settings.WEBHOOKS:
            threading.Thread(target=tell_for_ever, args=[self.ended], name="webhooks", daemon=True).start()

    def stop(self, _worker: Any) -> None:
        self.ended.set()

    terminate = stop


def tell_for_ever(ended: threading.Event) -> None:
    """Look every second until the event `ended`. An unavailable database costs a line in the log, once."""
    in_hand: set[int] = set()
    was_away = False
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhook")
    while not ended.wait(SECONDS):
        try:
            close_old_connections()
            look(pool, in_hand)
            was_away = False
        except Exception as error:  # noqa: BLE001  whatever fails, the thread looks again
            if not was_away:
                logger.warning("Webhooks are not told for the moment: %s.", type(error).__name__)
            was_away = True
            connections.close_all()
    connections.close_all()
    pool.shutdown(wait=False, cancel_futures=True)


def look(pool: ThreadPoolExecutor, in_hand: set[int]) -> None:
    """Let threads of the `pool` tell all that is behind and not `in_hand`. After a restore nothing is told.  R-76"""
    from secretariat.recovery import banner  # noqa: PLC0415  models: a worker has them once it is set up
    from webhooks import telling  # noqa: PLC0415  as above

    if banner.standing():
        return
    for pk in telling.behind(at=clock.now()):
        if pk not in in_hand:
            in_hand.add(pk)
            pool.submit(_tell, pk, in_hand)


def _tell(pk, in_hand):
    from webhooks import telling  # noqa: PLC0415  as above

    try:
        telling.tell(pk)
    except Exception as error:  # noqa: BLE001  the database is away: the lease expires, and it is told then
        logger.warning("Telling a webhook was broken off: %s.", type(error).__name__)
    finally:
        in_hand.discard(pk)
        connections.close_all()
