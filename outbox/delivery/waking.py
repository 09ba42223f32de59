"""Waking Celery after a commit, from a thread of its own: a dead or silent broker costs the request nothing.

Waking only saves time. What is lost here (a full queue, a dead broker, a process that ends) is found by the sweep
within a minute, because the row is in the database.
"""

import itertools
import logging
import os
import queue
import threading
from collections.abc import Sequence
from contextlib import suppress

from celery import current_app

logger = logging.getLogger(__name__)

QUEUE_LENGTH = 1000
TASK = "outbox.deliver"
# The urgency of most mail, and Celery’s step from one urgency to the next.
USUAL, PRIORITY_STEP = 1, 3


class Waker:
    """A bounded queue and the daemon thread that publishes from it; the first mail of the process starts it."""

    def __init__(self):
        self.waiting: queue.PriorityQueue[tuple[int, int, Sequence[str]]] = queue.PriorityQueue(maxsize=QUEUE_LENGTH)
        self.numbers = itertools.count()
        self.lock = threading.Lock()
        self.thread = None

    def wake(self, message_ids: Sequence[str], urgency: int) -> None:
        """Ask for these mails to be sent soon. Returns at once; if the queue is full, it does nothing."""
        try:
            self.waiting.put_nowait((urgency, next(self.numbers), message_ids))
        except queue.Full:
            return
        if self.thread is None:
            self._start()

    def _start(self):
        with self.lock:
            if self.thread is None:
                self.thread = threading.Thread(target=self._publish_for_ever, name="outbox-waker", daemon=True)
                self.thread.start()

    def _publish_for_ever(self):
        while True:
            urgency, _number, message_ids = self.waiting.get()
            if not publish(*message_ids, urgency=urgency):
                self._forget()

    def _forget(self):
        """Leave all waiting mail to the sweep: each one would only wait for the same broker again."""
        with suppress(queue.Empty):
            while True:
                self.waiting.get_nowait()


def publish(message_id: str, *others: str, urgency: int = USUAL) -> bool:
    """Publish one task, for one mail or several. Returns whether it went out.

    May wait as long as the socket timeouts allow; never raises.
    A worker takes the most urgent task first, where the broker knows priorities, as Redis does.  R-74
    """
    options = {"priority": urgency * PRIORITY_STEP, "retry": False, "ignore_result": True}
    try:
        current_app.send_task(TASK, kwargs={"message": message_id, "others": others}, **options)
    except Exception as error:  # noqa: BLE001  whatever fails, the thread lives, and the sweep sends
        logger.warning("The broker was not reached (%s); the sweep will send the waiting mail.", type(error).__name__)
        return False
    return True


def wake(*message_ids: str, urgency: int = USUAL) -> None:
    """Ask for the mails with these Message-IDs to be sent soon, in one task. Never waits, never raises."""
    waker.wake(message_ids, urgency)


def start_afresh() -> None:
    """Start a new pair in a forked process, which has the queue but not the thread."""
    global waker
    waker = Waker()


waker = Waker()
os.register_at_fork(after_in_child=start_afresh)
