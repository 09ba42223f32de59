"""The tasks that Celery runs; the rules are in the modules they call. Each may run twice, at any time."""

from collections.abc import Sequence
from typing import Any

from celery import shared_task
from celery.signals import after_task_publish, beat_init, task_postrun
from django.db import close_old_connections

from outbox.delivery import heartbeats, sweeping, waking
from outbox.models import Heartbeat


@shared_task(name=waking.TASK)
def deliver(*, message: str, others: Sequence[str] = (), **_later_arguments: Any) -> None:
    """Send the mail with the Message-ID `message`, and the `others`, each if it is stored and due."""
    sweeping.deliver_named(message, *others)


@shared_task(name="outbox.sweep")
def sweep(**_later_arguments: Any) -> None:
    """Every minute: send what was left behind."""
    sweeping.sweep()


@shared_task(name="outbox.pulse")
def pulse(**_later_arguments: Any) -> None:
    """Every thirty seconds: a task that does nothing, so that there is one to work off."""


@task_postrun.connect
def a_task_was_worked_off(**_signal: Any) -> None:
    """Show that this worker works off tasks."""
    heartbeats.stamp_now_and_then(Heartbeat.Part.WORKER)


@after_task_publish.connect(sender=pulse.name)
def the_scheduler_reached_the_broker(**_signal: Any) -> None:
    """Show that the scheduler is alive and that the broker takes what it publishes: runs in the scheduler's process."""
    close_old_connections()
    heartbeats.stamp_now_and_then(Heartbeat.Part.BEAT)


@beat_init.connect
def pulse_at_once(**_signal: Any) -> None:
    """Show that the scheduler is alive as soon as it starts, not thirty seconds later."""
    pulse.apply_async(retry=False)
