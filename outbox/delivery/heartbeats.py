"""Signs of life: the worker stamps its own every fifteen seconds, the scheduler's whenever its task arrives."""

import logging
import threading
from typing import Any

from django.db import connections

import clock
from outbox.models import Heartbeat

logger = logging.getLogger(__name__)

SECONDS = 15
_ended = threading.Event()
_thread = None
_lock = threading.Lock()


def stamp(part: Heartbeat.Part) -> None:
    """Store that `part` (of `Heartbeat.Part`) is alive now."""
    at = clock.now()
    if not Heartbeat.objects.filter(part=part).update(at=at):
        Heartbeat.objects.bulk_create([Heartbeat(part=part, at=at)], ignore_conflicts=True)


def start_worker_pulse(**_signal: Any) -> None:
    """Start stamping for this worker, in a thread of its own; a second call changes nothing."""
    global _thread
    with _lock:
        if _thread is None or not _thread.is_alive():
            _ended.clear()
            _thread = threading.Thread(target=_stamp_for_ever, name="worker-pulse", daemon=True)
            _thread.start()


def end_worker_pulse(**_signal: Any) -> None:
    """Stop stamping."""
    _ended.set()


def _stamp_for_ever():
    """Stamp until told to stop. An unavailable database costs a line in the log, never the thread."""
    while True:
        try:
            stamp(Heartbeat.Part.WORKER)
        except Exception as error:  # noqa: BLE001  whatever fails, the thread stamps again
            logger.warning("The worker’s heartbeat was not stored: %s.", type(error).__name__)
        finally:
            connections.close_all()
        if _ended.wait(SECONDS):
            return
