"""What Celery beat calls; the rules are in the modules named."""

from celery import shared_task

import clock
from config import erasing


@shared_task(name="config.erase_personal_data")
def erase_personal_data(**_later_arguments):
    """Every night. Idempotent.  R-57"""
    erasing.erase_what_is_due(at=clock.now())
