"""Sweeping: send what was not sent when it should have been, and set aside what kills its senders.  R-10"""

import logging
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

import clock
from outbox import erasing
from outbox.delivery import sending, waking
from outbox.models import Attempt, Message, State

logger = logging.getLogger(__name__)

MAILS_AT_A_TIME = 200
SECONDS = 45
BY_TURN = ("urgency", F("next_attempt_at").asc(nulls_last=True), "pk")


def sweep() -> None:
    """Once a minute: set aside what kills its senders, send what is due, and ask other workers to send the rest.

    Sends at most 200 mails and starts none after 45 seconds, so that sweeps do not pile up.
    """
    set_poison_aside(at=clock.now())
    drain(limit=MAILS_AT_A_TIME, seconds=SECONDS)
    due = Message.objects.due(clock.now()).order_by(*BY_TURN)
    for message_id, urgency in due.values_list("message_id", "urgency")[:MAILS_AT_A_TIME]:
        waking.wake(message_id, urgency=urgency)


def drain(*, limit: int | None = None, seconds: float | None = None) -> list[Attempt.Outcome]:
    """Send what is due, the most urgent and then the oldest turn first, one by one. Returns the outcomes.

    Ends when nothing is due, after `limit` mails, or after `seconds`; neither limit applies by default.
    """
    began, tried, outcomes = time.monotonic(), 0, []
    while pk := _next_due():
        if (limit and tried >= limit) or (seconds and time.monotonic() - began > seconds):
            break
        tried += 1
        if outcome := sending.deliver(pk):
            outcomes.append(outcome)
    return outcomes


def set_poison_aside(*, at: datetime) -> int:
    """Fail each mail that five senders took without storing an outcome, so that staff see it. Returns how many."""
    found = list(Message.objects.poisonous(at))
    for message in found:
        _fail(message, at)
    return len(found)


def erase_old_bodies(*, at: datetime, after: timedelta) -> int:
    """Erase the text and the addresses of mail that was sent or given up `after` ago or more. Returns how many.  R-57

    The row stays, with its key, kind, Message-ID and moments.
    """
    with transaction.atomic():
        return erasing.blank(erasing.telling(Message.objects.done_with(at - after)), at=at)


def _next_due():
    """The most urgent due mail whose turn came first, or None; what a dead sender left behind comes last.  R-74"""
    return Message.objects.due(clock.now()).order_by(*BY_TURN).values_list("pk", flat=True).first()


def _fail(message, at):
    """Set one poisonous mail aside, unless another process was faster."""
    words = _("Each of the last %(number)d attempts ended without an outcome: sending this mail stops the worker.")
    detail = words % {"number": message.lost_claims}
    with transaction.atomic():
        changed = (
            Message.objects.poisonous(at)
            .filter(pk=message.pk)
            .update(state=State.FAILED, lease_until=None, lease_token=None, last_error=detail)
        )
        if changed:
            Attempt.objects.create(message=message, at=at, outcome=Attempt.Outcome.FAILED, detail=detail)
    logger.error("Mail %s (%s) was set aside: its senders died.", message.pk, message.kind)
