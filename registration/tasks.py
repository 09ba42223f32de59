"""The tasks Celery beat runs; the rules are in the modules they call."""

from typing import Any

from celery import shared_task

import clock
from registration import due
from registration.manifests import reminding


@shared_task(name="registration.carry_on")
def carry_on(**_later_arguments: Any) -> None:
    """Every minute. Idempotent.  R-46 R-48"""
    due.carry_on(at=clock.now())


@shared_task(name="registration.remind_of_manifests")
def remind_of_manifests(**_later_arguments: Any) -> None:
    """Every ten minutes. Idempotent.  R-52"""
    reminding.remind_of_manifests(at=clock.now())
