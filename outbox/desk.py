"""The mail desk: what staff may do with a mail."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from acts.foreseeing import require_seen
from acts.locking import locked
from acts.refusals import Refusal
from outbox import posting, wording
from outbox.batches import Batch
from outbox.delivery import waking
from outbox.models import Message, State
from spelling.listing import in_a_row


class DeskRefused(Refusal):
    """The mail is not in a state that allows it; the message says why."""


def release(message: Message, *, at: datetime) -> None:
    """Release the held `message` at the real moment `at`. Raises `DeskRefused` if it is not held."""
    _queue(message, at, from_states=[State.HELD], otherwise=_("Only held mail can be released."))


def release_all(chosen: Collection[int], *, seen: str | None = None, at: datetime) -> Batch:
    """Release the held mails with the primary keys `chosen` at the real moment `at`, all or none; others are left.

    A page says what it has `seen` of them; see `require_seen`. Returns what was released. Raises `DeskRefused`.
    """
    return _do_to_all(Message.objects.held(), chosen, release, seen, at)


def discard(message: Message) -> bool:
    """Take back a held `message`, which was never sent and no longer applies. Returns whether it was held."""
    with transaction.atomic():
        # Django reads what it deletes first, and then deletes it whatever has become of it: so the row is locked.
        held = list(Message.objects.held().filter(pk=message.pk).select_for_update())
        for each in held:
            each.delete()
    return bool(held)


def release_kept(message: Message, *, at: datetime) -> None:
    """Send the `message` that a restore kept back. `at` is a real moment. Raises `DeskRefused` if it is not.  R-76"""
    _queue(message, at, from_states=[State.KEPT], otherwise=_("Only mail that is kept back can be released so."))


def release_kept_all(chosen: Collection[int], *, seen: str | None = None, at: datetime) -> Batch:
    """Send the mails with the primary keys `chosen` that a restore kept back, as `release_all` does.  R-76"""
    return _do_to_all(Message.objects.kept(), chosen, release_kept, seen, at)


def drop_kept_all(chosen: Collection[int], *, seen: str | None = None, at: datetime) -> Batch:
    """Drop the mails with the primary keys `chosen` that a restore kept back: they were sent before it.  R-76

    Each row stays, so that the same mail is not written again. All or none; raises `DeskRefused`.
    """
    return _do_to_all(Message.objects.kept(), chosen, _drop, seen, at)


def retry(message: Message, *, at: datetime) -> None:
    """Try the failed or waiting `message` again now, with the whole retry table before it.

    A recipient whose server has already accepted it gets no second copy. Raises `DeskRefused` in any other state.
    """
    words = _("Only mail that failed, or that waits for its next attempt, can be tried again, while its text is kept.")
    _queue(message, at, from_states=[State.FAILED, State.QUEUED], otherwise=words)


def retry_all(chosen: Collection[int], *, seen: str | None = None, at: datetime) -> Batch:
    """Try the failed and waiting mails with the primary keys `chosen` again now, as `retry` does and all or none.

    A page says what it has `seen` of them; see `require_seen`. Returns what is tried. Raises `DeskRefused`.
    """
    return _do_to_all(Message.objects.to_retry(), chosen, retry, seen, at)


def readdress(message: Message, *, to: list[str], cc: list[str], at: datetime) -> None:
    """Give a mail that was not sent other addresses, and put it back in the queue; held mail stays held.

    Recipients whose server has already accepted it keep it and get no second copy. Raises `DeskRefused`, for instance
    for a one-time code, which goes only to the address that asked for it (R-59).
    """
    to, cc = wording.distinct_addresses(to, cc)
    with locked(message) as kept:
        if kept.is_secret:
            raise DeskRefused(_("A one-time code is never sent to another address."))
        if kept.state not in {State.HELD, State.QUEUED, State.FAILED} or kept.body_erased_at:
            raise DeskRefused(_("Only mail that was not sent, and whose text is kept, can be given other addresses."))
        if not to:
            raise DeskRefused(_("A mail needs an address."))
        if gone := [address for address in kept.delivered_to if address not in to + cc]:
            raise DeskRefused(_("%(address)s has already received it.") % {"address": in_a_row(gone)})
        kept.to, kept.cc = to, cc
        kept.save(update_fields=["to", "cc"])
        if kept.state != State.HELD:
            retry(kept, at=at)


def send_again(message: Message, *, to: list[str], cc: list[Any], at: datetime) -> Message:
    """Send a copy of a sent mail to the addresses given. Returns the copy, a mail of its own.

    Raises `DeskRefused` if the mail was not sent or its text is erased.
    """
    with locked(message) as kept:
        if kept.state != State.SENT or kept.body_erased_at:
            raise DeskRefused(_("Only mail that was sent, and whose text is kept, can be sent again."))
        copies = Message.objects.filter(key__startswith=f"again/{kept.pk}/").count()
        key = f"again/{kept.pk}/{copies + 1}"
        posting.post(
            key=key,
            kind=kept.kind,
            about=kept.about,
            language=kept.language,
            to=to,
            cc=cc,
            subject=kept.subject,
            body=kept.body,
            is_rehearsal=kept.is_rehearsal,
            at=at,
        )
        copy = Message.objects.filter(key=key).first()
        if copy is None:
            raise DeskRefused(_("A mail needs an address."))
        return copy


def _do_to_all(possible, chosen, act, seen, at):
    with transaction.atomic():
        batch = Batch(list(possible.filter(pk__in=chosen).select_for_update().order_by("pk")))
        require_seen(batch, seen, DeskRefused)
        for message in batch.messages:
            act(message, at=at)
    return batch


def _drop(message, *, at):
    """Drop `message`, which is locked; one that is secret loses its text."""
    message.state = State.DROPPED
    if message.is_secret:
        message.body, message.body_erased_at = "", at
    message.save(update_fields=["state", "body", "body_erased_at"])


def _queue(message, at, *, from_states, otherwise):
    """Put `message` back in the queue if its state is one of `from_states`, and wake Celery on commit."""
    changed = Message.objects.filter(pk=message.pk, state__in=from_states, body_erased_at=None).update(
        state=State.QUEUED, queued_at=clock.no_earlier("created_at", at), next_attempt_at=at, attempts=0, lost_claims=0
    )
    if not changed:
        raise DeskRefused(otherwise)
    message.refresh_from_db()
    transaction.on_commit(partial(waking.wake, message.message_id, urgency=message.urgency), robust=True)
