"""Sending one mail: claim it, hand it to a mail server, store the outcome.  R-10

Each mail is sent at least once, under one Message-ID. If a sender dies between the server's answer and the stored
outcome, its lease ends and the mail is sent again. A sender that wakes after its lease has ended changes nothing: its
token is no longer the row's.
"""

import logging
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

import clock
import watching
from acts import request_number
from outbox.delivery import retrying, writing
from outbox.delivery.failures import judge
from outbox.delivery.line import Line
from outbox.models import Attempt, Message, State

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
Outcome = Attempt.Outcome


def deliver(pk: int, line: Line | None = None) -> Attempt.Outcome | None:
    """Send the mail `pk` if it is due and no other sender holds it. Returns its `Outcome`, or None if nothing was done.

    It goes over `line`, which was just looked at, or over one of its own. Errors of the mail or the server are stored
    with the mail, not raised. A database error is raised; the lease then expires.
    """
    if line is None:
        with Line() as line:
            line.look()
            return deliver(pk, line)
    if (token := claim(pk, at=line.at)) is None:
        return None
    message = Message.objects.get(pk=pk)
    with request_number.known_as(message.request_number):
        return _send(message, token, line)


def _send(message, token, line):
    try:
        _write(message, token, line.at)
        if not message.to:
            message.delete()
            return None
        line.send(message)
    except Exception as error:  # noqa: BLE001  whatever failed is judged, and stored with the mail
        return _store_failure(message, token, judge(error))
    return store_success(message, token)


def _write(message, token, at):
    """Write the text if it is not written yet, and keep it: whenever this mail is sent again, it says the same."""
    if writing.write(message, at=at):
        held = Message.objects.filter(pk=message.pk, lease_token=token)
        held.update(**{name: getattr(message, name) for name in writing.WRITTEN})


def claim(pk: int, *, at: datetime) -> uuid.UUID | None:
    """Take the mail `pk` for the duration of a lease, by one conditional UPDATE. Returns the fencing token, or None."""
    token = uuid.uuid4()
    taken = (
        Message.objects.due(at)
        .filter(pk=pk)
        .update(
            state=State.SENDING,
            next_attempt_at=None,
            lease_until=at + LEASE,
            lease_token=token,
            lost_claims=F("lost_claims") + 1,
        )
    )
    return token if taken else None


def store_success(message: Message, token: uuid.UUID) -> Outcome | None:
    """Store that the server accepted every recipient."""
    at = clock.now()
    changes = {"state": State.SENT, "sent_at": at, "delivered_to": message.to + message.cc, "last_error": ""}
    if message.is_secret:
        changes |= {"body": "", "body_erased_at": at}
    return _store(message, token, at, Outcome.SENT, changes)


def _store_failure(message, token, verdict):
    """Store that some or all recipients were refused: try the rest again later, or give up and show it to staff."""
    at = clock.now()
    wait = None if verdict.is_final else retrying.delay(message.attempts + 1)
    changes = {"last_error": verdict.detail, "delivered_to": _delivered_to(message, verdict)}
    if wait is None:
        outcome, state = Outcome.FAILED, State.FAILED
    else:
        outcome, state = Outcome.RETRY, State.QUEUED
        changes["next_attempt_at"] = at + wait
    logger.warning("Mail %s (%s) was not sent: %s; outcome: %s.", message.pk, message.kind, verdict.name, outcome)
    return _store(message, token, at, outcome, changes | {"state": state}, detail=verdict.detail)


def _delivered_to(message, verdict):
    """The recipients accepted so far: if a server refused some, it accepted the others."""
    if not verdict.accepted_others:
        return message.delivered_to
    return [address for address in message.to + message.cc if address not in verdict.refused]


def _store(message, token, at, outcome, changes, detail=""):
    """Store the outcome and the attempt if `token` still holds the mail; otherwise only the attempt."""
    with transaction.atomic():
        held = Message.objects.filter(pk=message.pk, state=State.SENDING, lease_token=token)
        stored = held.update(attempts=F("attempts") + 1, lost_claims=0, lease_until=None, lease_token=None, **changes)
        Attempt.objects.create(message=message, at=at, outcome=outcome, detail=detail)
    watching.MAIL_ATTEMPTS.labels(outcome.value).inc()
    if not stored:
        logger.warning("Mail %s (%s): an outcome arrived after its lease had ended.", message.pk, message.kind)
    return outcome
