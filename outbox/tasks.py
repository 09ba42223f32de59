"""What Celery calls; the rules are in the modules named. Each may run twice, at any time."""

from celery import shared_task
from celery.signals import beat_init, worker_ready, worker_shutdown

from outbox.delivery import heartbeats as pulses
from outbox.delivery import sending, sweeping, waking
from outbox.models import Heartbeat

worker_ready.connect(pulses.start_worker_pulse)
worker_shutdown.connect(pulses.end_worker_pulse)


@shared_task(name=waking.TASK)
def deliver(*, message, **_later_arguments):
    """Send the mail with the Message-ID `message`, if it is stored and due."""
    sending.deliver_named(message)


@shared_task(name="outbox.sweep")
def sweep(**_later_arguments):
    """Every minute: send what was left behind."""
    sweeping.sweep()


@shared_task(name="outbox.pulse")
def pulse(**_later_arguments):
    """Every thirty seconds: that this task arrives shows that the scheduler lives."""
    pulses.stamp(Heartbeat.Part.BEAT)


@beat_init.connect
def pulse_at_once(**_signal):
    """When the scheduler starts: show life now, not in thirty seconds."""
    pulse.apply_async(retry=False)
