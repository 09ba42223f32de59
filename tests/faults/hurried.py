"""The site's Celery in a hurry: seconds where it takes minutes, so that small tests end soon. Nothing else differs.

Passed to Celery in place of `config`.
"""

import time
from datetime import timedelta

import django

django.setup()

from config import celery_app as app  # noqa: E402
from config import stand_in  # noqa: E402
from outbox.delivery import heartbeats, sending  # noqa: E402
from speakers.entries import closing  # noqa: E402
from webhooks import telling  # noqa: E402

__all__ = ["app", "closing", "sending", "stand_in", "telling"]

# Seconds between two sweeps, and between two looks for what is due to close.
EVERY = 2.0

sending.LEASE = telling.LEASE = timedelta(seconds=8)
closing.PAUSE = timedelta(seconds=3)
heartbeats.SECONDS = EVERY / 2
stand_in.SECONDS, stand_in.SILENT_FOR = EVERY, timedelta(seconds=6)
app.conf.beat_schedule = {
    name: entry | {"schedule": EVERY, "options": {"expires": EVERY}} for name, entry in app.conf.beat_schedule.items()
}


@app.task(name="tests.hang")
def hang(**_later_arguments):
    """Hold a place in the pool for an hour."""
    time.sleep(3600)
