"""What Celery beat calls; the rules are in the modules named."""

from celery import shared_task

import clock
from secretariat import erasing


@shared_task(name="secretariat.erase_personal_data")
def erase_personal_data(**_later_arguments):
    """Every night. Idempotent.  R-57"""
    erasing.erase_what_is_due(at=clock.now())
