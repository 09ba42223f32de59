"""The tasks Celery beat runs; the rules are in the modules they call."""

from typing import Any

from celery import shared_task

import clock
from speakers.entries import closing, opening
from speakers.mail import digest_mail, reminding
from speakers.moves import swapping


@shared_task(name="speakers.close_due_lists")
def close_due_lists(**_later_arguments: Any) -> None:
    """Every minute. Idempotent.  R-06"""
    closing.close_due_lists(at=clock.now())


@shared_task(name="speakers.fix_terms")
def fix_terms(**_later_arguments: Any) -> None:
    """Every minute. Idempotent.  R-61"""
    opening.fix_terms_due(at=clock.now())


@shared_task(name="speakers.remind_delegations")
def remind_delegations(**_later_arguments: Any) -> None:
    """Every ten minutes. Idempotent.  R-14"""
    reminding.remind_delegations(at=clock.now())


@shared_task(name="speakers.expire_swaps")
def expire_swaps(**_later_arguments: Any) -> None:
    """Every minute. Idempotent.  R-26"""
    swapping.expire_due(at=clock.now())


@shared_task(name="speakers.send_digests")
def send_digests(**_later_arguments: Any) -> None:
    """Every minute. Idempotent."""
    digest_mail.send_due(at=clock.now())
