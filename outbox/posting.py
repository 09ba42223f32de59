"""Posting: a mail becomes a row in the transaction of the act it reports.  R-10"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from typing import Any, cast

from django.db import transaction

import clock
from acts import request_number
from languages import remembering
from outbox import kinds
from outbox.delivery import waking
from outbox.models import KeptFor, Message, State, Urgency
from outbox.wording import body_safe, distinct_addresses, subject_safe

# How many mails of one act a worker sends after each other; to publish and to take a task costs as much as to send one.
IN_ONE_TASK = 4
_together: ContextVar[list[Message] | None] = ContextVar("outbox_posted_together", default=None)
_keeps_back: ContextVar[bool] = ContextVar("outbox_keeps_back", default=False)


def post(
    *,
    key: str,
    kind: str,
    to: list[str],
    subject: str = "",
    body: str = "",
    facts: dict[str, Any] | None = None,
    cc: Iterable[str] = (),
    language: str = "en",
    about: str = "",
    hold: bool = False,
    at: datetime | None = None,
    **marks: Any,
) -> None:
    """Store one plain-text mail under the unique `key`; posting under the same key again stores nothing.  R-10

    Once the surrounding transaction commits, Celery is woken in the background; without Celery, the sweep or
    `manage.py drain_outbox` sends it. With `hold` it waits for staff. Of the `marks`, `is_secret` means that the text
    (a one-time code) is erased as soon as it is sent; `is_rehearsal` shows staff that it belongs to a rehearsal, and
    `is_withheld` that it is held only for that reason. `at` is the real moment (not a meeting's), by default read from
    the clock. `kind`, `about` and `key` are kept for ever and are logged: nothing personal may be in them. Stores
    nothing if `to` and `cc` hold no address.

    With `facts` instead of a text, the writer of its `kind` writes it when it is sent, and says to whom it goes if `to`
    is empty (`delivery/writing.py`): so no one waits for it under a lock.
    """
    to, cc = distinct_addresses(to, cc)
    if not to and facts is None:
        return
    message = Message(key=key, kind=kind, about=about, language=language, to=to, cc=cc, facts=facts, **marks)
    message.request_number = request_number.current()
    message.subject, message.body = subject_safe(subject), body_safe(body)
    message.state, message.kept_back_for = (State.HELD, "") if hold else _first_state_of(message)
    message.urgency = _urgency_of(message)
    message.created_at = cast(datetime, at)  # where it is not given, `_write` gives it
    if (others := _together.get()) is not None:
        others.append(message)
    else:
        _write([message])


def _first_state_of(message):
    """Whether it is queued or, after a restore, kept back, and why.  R-76"""
    if _keeps_back.get() and message.kind not in kinds.of_the_moment():
        return State.KEPT, KeptFor.REPEATED
    return State.QUEUED, ""


def _urgency_of(message):
    """One-time codes go out before everything, and what goes to many, secret links too, after all others.  R-74"""
    if message.kind in kinds.to_many():
        return Urgency.MANY
    return Urgency.CODE if message.is_secret else Urgency.ONE


@contextmanager
def kept_back() -> Iterator[None]:
    """Keep back mail posted in this block: after a restore, what is done on time may be done a second time.  R-76

    Alerts and one-time codes are sent all the same.
    """
    token = _keeps_back.set(True)
    try:
        yield
    finally:
        _keeps_back.reset(token)


@contextmanager
def together(at: datetime | None = None) -> Iterator[None]:
    """Store all mail posted in this block (or in the decorated function) at its end, as cheaply as one mail.

    `at` is the real moment, by default read from the clock.
    """
    token = _together.set([])
    try:
        with remembering.read_once():
            yield
        messages = _together.get()
    finally:
        _together.reset(token)
    if messages:
        _write(messages, at)


def _write(messages, at=None):
    """Store the `messages`, except those whose key is taken, and wake Celery once they are committed.

    Takes two statements at most. A Message-ID that was not stored wakes Celery for nothing, which is harmless.
    """
    for message in messages:
        message.created_at = message.created_at or (at := at or clock.now())
        if message.state != State.HELD:
            message.queued_at = message.created_at
        if message.state == State.QUEUED:
            message.next_attempt_at = message.created_at
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    queued = [message for message in messages if message.state == State.QUEUED]
    for urgency in Urgency:
        names = [message.message_id for message in queued if message.urgency == urgency]
        for first in range(0, len(names), IN_ONE_TASK):
            some = names[first : first + IN_ONE_TASK]
            transaction.on_commit(partial(waking.wake, *some, urgency=urgency), robust=True)
