"""The breaker of the mail server: what all senders know of how it answers, in one row.  R-74

While it is closed, everyone sends. After three failures or slow answers in a row it is open: then one mail is sent at a
time, the most urgent that is due, and after a failure a while passes before the next; only a one-time code does not
wait for that. So a server that is away, or slow, holds one sender and not all, and no code waits behind more than one
other mail. A quick answer closes it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

import clock
from outbox.models import MailServer, Urgency

STRIKES = 3
SLOW = timedelta(seconds=5)
# The pauses after the third failure, the fourth and so on; the last one stays.
PAUSES = [timedelta(seconds=seconds) for seconds in (5, 10, 20, 40, 60)]
# How long others wait for the one that sends, if it does not come back.
HELD_FOR = timedelta(seconds=60)


def look() -> tuple[MailServer, datetime]:
    """The mail server as it is known, and this moment: one statement, or two before the first trouble ever.  R-03"""
    rows, at = clock.read_with(MailServer.objects.all())
    return (rows or [MailServer()])[0], at


@contextmanager
def turn(server: MailServer, *, urgency: int, at: datetime) -> Iterator[bool]:
    """Say whether a mail of that `urgency` may be sent now, at the moment `at`, to the `server` that was looked at.

    If the breaker is open, the turn is taken from all others for the body of the `with`.
    """
    if not server.is_open:
        yield True
        return
    is_free = Q(held_until=None) | Q(held_until__lte=at)
    is_time = Q() if urgency == Urgency.CODE else Q(next_at__lte=at)
    is_taken = MailServer.objects.filter(is_free, is_time, is_open=True).update(held_until=at + HELD_FOR)
    try:
        yield bool(is_taken)
    finally:
        if is_taken:
            MailServer.objects.update(held_until=None)


def note(server: MailServer, *, answered: bool, took: timedelta) -> None:
    """Note whether the `server` that was looked at `answered`, after so long.

    Costs nothing unless there was trouble before or is now.
    """
    is_strike = not answered or took > SLOW
    if not is_strike and not server.strikes:
        return
    at = clock.now()
    with transaction.atomic():
        MailServer.objects.bulk_create([MailServer(pk=1)], ignore_conflicts=True)
        known = MailServer.objects.select_for_update().get(pk=1)
        known.strikes = min(known.strikes + 1, STRIKES + len(PAUSES)) if is_strike else 0
        known.is_open = known.strikes >= STRIKES
        known.next_at = at if answered else at + PAUSES[max(0, min(known.strikes - STRIKES, len(PAUSES) - 1))]
        known.save(update_fields=["strikes", "is_open", "next_at"])


def close() -> None:
    """Let everyone send again, because a person says so."""
    MailServer.objects.update(strikes=0, is_open=False, held_until=None)
