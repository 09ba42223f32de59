"""The tasks Celery beat runs; the rules are in the modules they call."""

from typing import Any

from celery import shared_task

import clock
from floor.mail import alerting


@shared_task(name="floor.alert_rooms")
def alert_rooms(**_later_arguments: Any) -> None:
    """Every ten seconds. Idempotent.  R-45"""
    alerting.alert_rooms(at=clock.now())
