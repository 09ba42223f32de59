"""Erasing the text and the addresses of mail. The row stays, with its key, kind, Message-ID and moments.  R-57"""

from datetime import datetime

from django.db.models import Q

from outbox.models import Attempt, Message, MessageQuerySet, State


def telling(messages: MessageQuerySet) -> MessageQuerySet:
    """Those of the QuerySet `messages` that still hold a text or an address."""
    return messages.exclude(to=[], cc=[], delivered_to=[], subject="", body="", facts__isnull=True, last_error="")


def erase(messages: MessageQuerySet, *, at: datetime) -> int:
    """Erase the QuerySet `messages` at the real moment `at`, in any state. Returns how many.

    A draft that was never released is deleted; mail on its way is given up, unless it is being sent at this moment.
    Call it in a transaction.
    """
    numbers = list(telling(messages).values_list("pk", flat=True))
    left = Message.objects.filter(pk__in=numbers)
    discarded = left.filter(state=State.HELD).delete()[1].get("outbox.Message", 0)
    waiting = Q(state__in=[State.QUEUED, State.KEPT]) | Q(state=State.SENDING, lease_until__lte=at)
    left.filter(waiting).update(state=State.FAILED, next_attempt_at=None, lease_until=None, lease_token=None)
    return discarded + blank(left.filter(state__in=[State.SENT, State.FAILED, State.DROPPED]), at=at)


def blank(messages: MessageQuerySet, *, at: datetime) -> int:
    """Empty the `messages`, sent, dropped or given up, and the answers of mail servers to them. Returns how many."""
    numbers = list(messages.select_for_update().values_list("pk", flat=True))
    Attempt.objects.filter(message__in=numbers).update(detail="")
    return Message.objects.filter(pk__in=numbers).update(
        body="", subject="", facts=None, to=[], cc=[], delivered_to=[], last_error="", body_erased_at=at
    )
