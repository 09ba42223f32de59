"""Sweeping: send what was not sent when it should have been, and set aside what kills its senders.  R-10"""

import logging
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

import clock
from outbox import erasing
from outbox.delivery import breaker, failures, sending, waking
from outbox.delivery.line import Line
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
    server, at = breaker.look()
    if not server.is_open:
        due = Message.objects.due(at).order_by(*BY_TURN)
        for message_id, urgency in due.values_list("message_id", "urgency")[:MAILS_AT_A_TIME]:
            waking.wake(message_id, urgency=urgency)


def deliver_named(*message_ids: str) -> None:
    """Send the mails with these Message-IDs, each if it is stored and due, over one connection.

    While the breaker is open, the most urgent mail goes instead, whichever it is, and then the next.  R-74
    """
    named = Message.objects.filter(message_id__in=message_ids).order_by(*BY_TURN)
    with Line() as line:
        for pk in named.values_list("pk", flat=True):
            line.look()
            if line.server.is_open:
                break
            sending.deliver(pk, line)
        else:
            return
    drain(limit=MAILS_AT_A_TIME, seconds=SECONDS)


def drain(*, limit: int | None = None, seconds: float | None = None) -> list[Attempt.Outcome]:
    """Send what is due, the most urgent and then the oldest turn first, one by one. Returns the outcomes.

    Ends when nothing is due or the breaker lets nothing pass, after `limit` mails, or after `seconds`; neither limit
    applies by default.
    """
    began, tried, outcomes = time.monotonic(), 0, []
    with Line() as line:
        while due := _next_due(line.look()):
            if (limit and tried >= limit) or (seconds and time.monotonic() - began > seconds):
                break
            pk, urgency = due
            with breaker.turn(line.server, urgency=urgency, at=line.at) as may_send:
                if not may_send:
                    break
                tried += 1
                if outcome := sending.deliver(pk, line):
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


def _next_due(at):
    """Number and urgency of the most urgent mail due at the moment `at`, of these the one whose turn came first.  R-74

    None if none is due. What a dead sender left behind comes last.
    """
    return Message.objects.due(at).order_by(*BY_TURN).values_list("pk", "urgency").first()


def _fail(message, at):
    """Set one poisonous mail aside, unless another process was faster."""
    detail = failures.poison(message.lost_claims)
    with transaction.atomic():
        changed = (
            Message.objects.poisonous(at)
            .filter(pk=message.pk)
            .update(state=State.FAILED, lease_until=None, lease_token=None, last_error=detail)
        )
        if changed:
            Attempt.objects.create(message=message, at=at, outcome=Attempt.Outcome.FAILED, detail=detail)
    logger.error("Mail %s (%s) was set aside: its senders died.", message.pk, message.kind)
