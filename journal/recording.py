"""Recording an act in the transaction that performs it.  R-58"""

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from journal.actors import Actor
from journal.canonical import entry_hash, payload_digest, plain, text
from journal.models import Entry, Head, Payload


def record(
    act: str,
    *,
    stream: str,
    subject: str,
    by: Actor,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: list[dict[str, Any]] | dict[str, Any] | None = None,
    reason: str = "",
    head: Head | None = None,
) -> Entry:
    """Append one entry to the chain of `stream` and return it; its `hash` is the witness.  R-58

    `act` is a short verb (“inscribed”), `subject` is what it is about (“inscription/<public_id>”), `by` is an `Actor`,
    `at` an aware moment. What has several languages is recorded in that of the site. Nothing personal may be in `act`,
    `subject` or the actor's role: only `by.name`, `before`, `after` and `reason` can be erased later (R-57). Entries of
    one stream wait for each other on its head row until the surrounding transaction ends; a caller that has locked it
    (`locked_head`) gives the `head`, as it still is. Raises `TransactionManagementError` outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An act is recorded in the transaction that performs it.")
    head = head or locked_head(stream)
    payload = _payload(by, before, after, reason)
    entry = Entry(
        stream=stream,
        sequence=head.sequence + 1,
        at=at,
        act=act,
        subject=text(subject),
        actor_role=by.role,
        payload_digest=payload_digest(payload),
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    payload.entry = entry
    payload.save(force_insert=True)
    Head.objects.filter(pk=head.pk).update(sequence=entry.sequence, hash=entry.hash)
    return entry


def locked_head(stream: str, **told: Any) -> Head:
    """The head row of `stream`, locked until the transaction ends; created if the stream is new.

    With what is `told` about it in the same statement, expressions by name.
    """
    heads = Head.objects.select_for_update().filter(stream=stream).annotate(**told)
    if (head := heads.first()) is None:
        Head.objects.bulk_create([Head(stream=stream)], ignore_conflicts=True)
        head = heads.get()
    return head


def _payload(by, before, after, reason):
    """An unsaved payload under a salt of its own."""
    with translation.override(settings.LANGUAGE_CODE):
        return Payload(
            salt=secrets.token_hex(32),
            actor_name=text(by.name),
            before=plain(before),
            after=plain(after),
            reason=text(reason),
        )
