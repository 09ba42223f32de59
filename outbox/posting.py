"""Posting: a mail becomes a row in the transaction of the act it reports.  R-10"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from typing import Any, cast

from django.db import transaction

import clock
from outbox.delivery import waking
from outbox.models import Message, State

# Control characters, separators of lines and paragraphs, and lone surrogates.
CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff]")
SUBJECT_LENGTH = Message._meta.get_field("subject").max_length

_together: ContextVar[list[Message] | None] = ContextVar("outbox_posted_together", default=None)


def post(
    *,
    key: str,
    kind: str,
    to: list[str],
    subject: str,
    body: str,
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
    """
    to, cc = distinct_addresses(to, cc)
    if not to:
        return
    message = Message(key=key, kind=kind, about=about, language=language, to=to, cc=cc, **marks)
    message.subject, message.body = header_safe(subject)[:SUBJECT_LENGTH], body_safe(body)
    message.state = State.HELD if hold else State.QUEUED
    message.created_at = cast(datetime, at)  # where it is not given, `_write` gives it
    if (others := _together.get()) is not None:
        others.append(message)
    else:
        _write([message])


@contextmanager
def together(at: datetime | None = None) -> Iterator[None]:
    """Store all mail posted in this block (or in the decorated function) at its end, as cheaply as one mail.

    `at` is the real moment, by default read from the clock.
    """
    token = _together.set([])
    try:
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
        if message.state == State.QUEUED:
            message.queued_at = message.next_attempt_at = message.created_at
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    for message in messages:
        if message.state == State.QUEUED:
            transaction.on_commit(partial(waking.wake, message.message_id), robust=True)


def header_safe(text: str) -> str:
    """`text` on one line: every control character and line separator becomes a space, and spaces run together."""
    return " ".join(CONTROL.sub(" ", str(text)).split())


def body_safe(text: str) -> str:
    """`text` without control characters other than line ends and tabs."""
    text = str(text).replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub(lambda found: found[0] if found[0] in "\n\t" else "", text)


def distinct_addresses(to: list[str], cc: Iterable[str]) -> tuple[list[str], list[str]]:
    """`to` and `cc` as two lists without duplicates; the first of `cc` moves up if `to` is empty."""
    seen: set[str] = set()
    first, copies = _unseen(to, seen), _unseen(cc, seen)
    return (first, copies) if first else (copies[:1], copies[1:])


def _unseen(addresses, seen):
    """The `addresses` that are not in the set `seen`, in their order; adds them to it."""
    kept = []
    for address in (str(given).strip() for given in addresses):
        if address and address.casefold() not in seen:
            seen.add(address.casefold())
            kept.append(address)
    return kept
