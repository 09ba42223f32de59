"""What staff do to webhooks: add and change one, give it another secret, send again. Each act is journalled.  R-58

The journal keeps the host of an address, and neither the rest of it, which may hold a password, nor any secret.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from acts.locking import locked
from acts.refusals import Refusal
from journal import position, recording
from journal.actors import Actor
from journal.models import Entry
from webhooks.models import Cursor, Webhook

# How long events are signed by the former secret too.
BOTH_HOLD = timedelta(days=1)


class WebhookRefused(Refusal):
    """The act on the webhook is not possible; the words say why. Nothing was changed."""


def facts(webhook: Webhook) -> dict[str, Any]:
    """What the journal keeps of `webhook`."""
    names = ["name", "host", "kinds", "lists", "is_on"]
    return {name: getattr(webhook, name) for name in names}


@transaction.atomic
def add(webhook: Webhook, *, by: Actor, at: datetime) -> None:
    """Store the new `webhook` at the meeting's moment `at`: it is told what happens from now on. Journals.

    Raises `ValidationError` if it is not whole. Nothing is sent before it has a secret.
    """
    webhook.full_clean()
    webhook.save(force_insert=True)
    for stream in _streams_of(webhook):
        Cursor.objects.create(webhook=webhook, stream=stream, told_up_to=position.position(stream))
    _record("webhook added", webhook, by=by, at=at, after=facts(webhook))


@transaction.atomic
def change(webhook: Webhook, *, by: Actor, at: datetime) -> None:
    """Store the changed `webhook`, and journal what changed. Raises `ValidationError` if it is not whole."""
    stored = Webhook.objects.select_for_update().get(pk=webhook.pk)
    webhook.full_clean()
    webhook.save(update_fields=["name", "url", "kinds", "lists", "is_on"])
    before, after = facts(stored), facts(webhook)
    changed = [name for name in after if after[name] != before[name]]
    if not changed and stored.url == webhook.url:
        return
    after = {name: after[name] for name in changed} | ({"address": True} if stored.url != webhook.url else {})
    _record("webhook changed", webhook, by=by, at=at, before={name: before[name] for name in changed}, after=after)


def give_secret(webhook: Webhook, half: str, *, by: Actor, at: datetime) -> Webhook:
    """Let the secret that follows from `half` be that of `webhook`; the former one holds for a day more. Journals."""
    with locked(webhook) as webhook:
        if half in {webhook.secret_half, webhook.former_half}:
            raise WebhookRefused(_("This secret was given already. Open the page again for another one."))
        webhook.former_half = webhook.secret_half
        webhook.former_until = clock.now() + BOTH_HOLD if webhook.former_half else None
        webhook.secret_half = half
        webhook.save(update_fields=["secret_half", "former_half", "former_until"])
        _record("webhook given a secret", webhook, by=by, at=at)
        return webhook


def try_again(webhook: Webhook, *, by: Actor, at: datetime) -> int:
    """Tell `webhook` at once what it did not take, however often that failed. Journals. Returns how many chains."""
    with locked(webhook) as webhook:
        if not (failed := list(webhook.cursors.exclude(last_error="", stopped_at=None))):
            raise WebhookRefused(_("Nothing has failed."))
        _record("webhook tried again", webhook, by=by, at=at)
        for cursor in failed:
            cursor.take_up_again()
        return len(failed)


def replay(webhook: Webhook, stream: str, number: int, *, by: Actor, at: datetime) -> None:
    """Tell `webhook` again what the chain `stream` of its meeting holds from the entry `number` on. Journals.

    With a number beyond what it was told, it leaves out what lies between.
    """
    with locked(webhook) as webhook:
        cursor = webhook.cursors.filter(stream=stream).first()
        if cursor is None:
            raise WebhookRefused(_("This meeting has no such list."), field="stream")
        if not 1 <= number <= position.position(stream) + 1:
            words = _("Write a number from 1 to %(last)d, which is the next one.")
            raise WebhookRefused(words % {"last": position.position(stream) + 1}, field="number")
        after = {"stream": stream, "from": number, "told_up_to": cursor.told_up_to}
        _record("webhook sent again", webhook, by=by, at=at, after=after)
        cursor.take_up_again(told_up_to=number - 1)


def begin_new_streams(webhooks: Iterable[Webhook]) -> None:
    """Let `webhooks` be told lists that their meetings were given since, from the first act on.

    No statement if there are none, and the lists and cursors were read.
    """
    missing = [
        Cursor(webhook=webhook, stream=stream)
        for webhook in webhooks
        for stream in set(_streams_of(webhook)) - {each.stream for each in webhook.cursors.all()}
    ]
    if missing:
        Cursor.objects.bulk_create(missing, ignore_conflicts=True)


def _streams_of(webhook):
    return [webhook.meeting.journal_stream + (f"/{each.slug}" if each.slug else "") for each in _lists(webhook)]


def _lists(webhook: Any) -> Any:
    return webhook.meeting.lists.all()


def _record(act, webhook, *, by, at, before=None, after=None) -> Entry:
    return recording.record(
        act,
        stream=webhook.meeting.journal_stream,
        subject=f"webhook/{webhook.pk}",
        by=by,
        at=at,
        before=before,
        after={"name": webhook.name, **(after or {})},
    )
