"""Telling: which webhooks are behind the journal, and telling one of them what comes next, in order, at least once.

The journal is the queue: an act is in it if and only if it was committed, and numbers of a chain are given under its
lock, so none appears below one that was told. How far a webhook was told stands in a row (`Cursor`). Who holds the row
sends; who dies leaves a lease that ends, and the event is sent again, under the same identity.
"""

import logging
import time
import uuid
from datetime import datetime, timedelta

from django.db import Error
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

import clock
import watching
from journal.models import Entry
from languages.stored import Sentences
from outbox.delivery import retrying
from webhooks import addresses, events, sending, subscribing
from webhooks.models import FAILURES_SHOWN, Cursor, Webhook

logger = logging.getLogger(__name__)

# Longer than one event may take.
LEASE = timedelta(minutes=1)
# One turn of one webhook: so many acts of the journal, and so many seconds; then it is another's turn.
ACTS, SECONDS = 200, 20.0
DIED = "its senders died"
POISON = gettext_noop("Each of the last %(number)d attempts ended without an outcome: telling it stops the worker.")
NOT_TOLD = gettext_noop("It could not be told (%s).")
# What is said of a failure with facts in it: it is stored in English, and read in the language of each reader.
SAID = Sentences(POISON, NOT_TOLD, *sending.SAID, *addresses.SAID)


def behind(*, at: datetime) -> list[int]:
    """The keys of the cursors that have something to tell at the real moment `at`, those that failed least first.

    Four statements at most; one if there is no webhook that is to be told anything.
    """
    webhooks = list(Webhook.objects.heard().select_related("meeting").prefetch_related("meeting__lists", "cursors"))
    if not webhooks:
        return []
    subscribing.begin_new_streams(webhooks)
    return list(
        Cursor.objects.free(at)
        .behind()
        .filter(webhook__in=webhooks)
        .order_by("attempts", "pk")
        .values_list("pk", flat=True)
    )


def tell(pk: int) -> int:
    """Tell one turn of the cursor `pk`, if it is free. Returns how many events arrived.

    What the receiver or an event does wrong is stored with the cursor. A database error is raised; the lease then
    expires.
    """
    began, arrived, token = time.monotonic(), 0, uuid.uuid4()
    if (cursor := claim(pk, token, at=clock.now())) is None:
        return 0
    for entry in Entry.objects.of_stream(cursor.stream).filter(sequence__gt=cursor.told_up_to)[:ACTS]:
        webhook = Webhook.objects.heard().select_related("meeting").filter(pk=cursor.webhook_id).first()
        if webhook is None or time.monotonic() - began > SECONDS:
            break
        try:
            was_sent = _tell_of(entry, webhook)
        except Error:
            raise
        except Exception as error:  # noqa: BLE001  whatever it is, the others are told, and staff see it
            _store_failure(cursor, token, error)
            return arrived
        if not _store_success(cursor, token, entry, was_sent=was_sent):
            return arrived
        arrived += was_sent
    _held(cursor, token).update(attempts=0, lease_until=None, lease_token=None)
    return arrived


def claim(pk: int, token: uuid.UUID, *, at: datetime) -> Cursor | None:
    """Take the cursor `pk` for the duration of a lease, by one conditional UPDATE. Returns it, or None.

    If its senders have died again and again, it is given up.
    """
    free = Cursor.objects.free(at).filter(pk=pk)
    if not free.update(lease_until=at + LEASE, lease_token=token, attempts=F("attempts") + 1):
        return None
    cursor = Cursor.objects.get(pk=pk)
    if cursor.attempts <= len(retrying.DELAYS) + 1:
        return cursor
    _give_up(cursor, token, _(POISON) % {"number": cursor.attempts - 1}, DIED)
    return None


def _tell_of(entry, webhook):
    """Send what is told of `entry`, if `webhook` wants it. Returns whether anything was sent."""
    event = events.of(entry, webhook.meeting)
    if event is None or not webhook.wants(event["kind"], event["list"]):
        return False
    sending.send(webhook, event)
    watching.WEBHOOK_ATTEMPTS.labels("sent").inc()
    return True


def _store_success(cursor, token, entry, *, was_sent):
    """Store that it was told up to `entry`, if `token` still holds it, and hold it on. Returns whether that was so."""
    at = clock.now()
    changes = {"told_up_to": entry.sequence, "lease_until": at + LEASE}
    if was_sent:
        changes |= {"attempts": 1, "arrived_at": at, "next_attempt_at": None, "last_error": ""}
        cursor.attempts = 1
    return _held(cursor, token).update(**changes)


def _store_failure(cursor, token, error):
    """Store that an event did not arrive: it is tried again later, or given up and shown to staff."""
    name = getattr(error, "name", "") or type(error).__name__
    words = str(error) if isinstance(error, sending.NotDelivered) else _(NOT_TOLD) % name
    wait = retrying.delay(cursor.attempts)
    watching.WEBHOOK_ATTEMPTS.labels("retry" if wait else "failed").inc()
    if wait is None:
        _give_up(cursor, token, words, name)
        return
    if cursor.attempts == FAILURES_SHOWN:
        logger.warning("Webhook %s, %s: %d failures in a row: %s.", *_logged(cursor), cursor.attempts, name)
    at = clock.now() + wait
    _held(cursor, token).update(next_attempt_at=at, last_error=words, lease_until=None, lease_token=None)


def _give_up(cursor, token, words, name):
    logger.error("Webhook %s, %s was given up after %d attempts: %s.", *_logged(cursor), cursor.attempts, name)
    _held(cursor, token).update(stopped_at=clock.now(), last_error=words, lease_until=None, lease_token=None)


def _logged(cursor):
    return cursor.webhook_id, cursor.stream


def _held(cursor, token):
    return Cursor.objects.filter(pk=cursor.pk, lease_token=token)
