"""The tasks that Celery runs; the rules are in the modules they call. Each may run twice, at any time."""

from collections.abc import Sequence
from typing import Any

from celery import shared_task
from celery.signals import beat_init, worker_ready, worker_shutdown

from outbox.delivery import heartbeats as pulses
from outbox.delivery import sending, sweeping, waking
from outbox.models import Heartbeat

worker_ready.connect(pulses.start_worker_pulse)
worker_shutdown.connect(pulses.end_worker_pulse)


@shared_task(name=waking.TASK)
def deliver(*, message: str, others: Sequence[str] = (), **_later_arguments: Any) -> None:
    """Send the mail with the Message-ID `message`, and the `others`, each if it is stored and due."""
    for each in (message, *others):
        sending.deliver_named(each)


@shared_task(name="outbox.sweep")
def sweep(**_later_arguments: Any) -> None:
    """Every minute: send what was left behind."""
    sweeping.sweep()


@shared_task(name="outbox.pulse")
def pulse(**_later_arguments: Any) -> None:
    """Every thirty seconds: the arrival of this task shows that the scheduler is alive."""
    pulses.stamp(Heartbeat.Part.BEAT)


@beat_init.connect
def pulse_at_once(**_signal: Any) -> None:
    """Show that the scheduler is alive as soon as it starts, not thirty seconds later."""
    pulse.apply_async(retry=False)
