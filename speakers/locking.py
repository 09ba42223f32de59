"""The meeting's row as the lock of its list, and waiting for it without losing any submission.  R-03 R-07"""

import time
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from dialogue.models import Meeting

# Total seconds a submission may wait for the lock; shorter than the pause before a list is closed.
WAIT_AT_MOST = 9.0
# Seconds a single wait may last: `lock_timeout` on PostgreSQL, `timeout` on SQLite, set in `config/environment.py`.
WAIT_ONCE = 3.0


def under_lock(meeting_pk: int, act: Callable[..., Any]) -> Any:
    """Call `act(meeting)` in a transaction that locks the row of the meeting `meeting_pk`; return its result.  R-03

    Raises `OperationalError` if the row cannot be locked in time, or for any other failure of the database.
    """
    return under_lock_of(Meeting.objects.filter(pk=meeting_pk), act)


def under_lock_of(rows: QuerySet[Any], act: Callable[..., Any]) -> Any:
    """Call `act(row)` in a transaction that locks the one row of the QuerySet `rows`; return its result.  R-03

    A wait that times out is tried again for up to `WAIT_AT_MOST` seconds; what was read before (`arrived_at`) stays.
    Raises `OperationalError` if the row cannot be locked in that time, or for any other failure of the database.
    """
    give_up_at = time.monotonic() + WAIT_AT_MOST - WAIT_ONCE
    while True:
        try:
            with transaction.atomic():
                return act(rows.select_for_update(of=("self",)).get())
        except OperationalError as error:
            if connection.in_atomic_block or not _is_lock_timeout(error) or time.monotonic() > give_up_at:
                raise


def _is_lock_timeout(error):
    cause = error.__cause__
    return getattr(cause, "pgcode", None) == "55P03" or "database is locked" in str(error)
