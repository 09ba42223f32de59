"""The tasks that Celery beat schedules; the rules are in the modules they call."""

from typing import Any

from celery import shared_task

import clock
from secretariat import erasing
from secretariat.recovery import marks, recognizing
from secretariat.signing_in import limits
from speakers.publishing import witness


@shared_task(name="secretariat.leave_mark")
def leave_mark(**_later_arguments: Any) -> None:
    """Every minute, leave a mark outside the database, by which an older state of it is recognized.  R-76"""
    recognizing.look()
    marks.leave(at=clock.now())


@shared_task(name="secretariat.erase_personal_data", time_limit=6 * 60 * 60)
def erase_personal_data(**_later_arguments: Any) -> None:
    """Every night, erase personal data that are due, and counts that are over. Idempotent.  R-57"""
    at = clock.now()
    erasing.erase_what_is_due(at=at)
    limits.forget(at)
    witness.forget(at)
