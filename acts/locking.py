"""Locking the rows that an act counts on, and waiting for it without losing any submission.  R-03 R-07"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Model, QuerySet

import watching

# Total seconds a submission may wait for the lock; shorter than the pause before a list is closed.
WAIT_AT_MOST = 9.0
# Seconds a single wait may last: `lock_timeout` on PostgreSQL, `timeout` on SQLite, set in `config/environment.py`.
WAIT_ONCE = 3.0


@contextmanager
def locked(of: Model | QuerySet[Any] | Callable[[], list[Any]]) -> Iterator[Any]:
    """Lock one row in a transaction for the body of a `with`, which gets the row as it is now.  R-03

    `of` is a saved object, a QuerySet of one row, or a function that reads one row and locks it. A wait that times out
    is tried again for up to `WAIT_AT_MOST` seconds, unless a transaction was open before; what was read before
    (`arrived_at`) stays. The body runs once, and the transaction is committed at its end, or rolled back if it raises.
    Raises `OperationalError` if the row cannot be locked in that time, or for any other failure of the database, and
    `DoesNotExist` if there is no such row.
    """
    rows, until_the_end = _acquire(of if callable(of) else partial(_read, of))
    with until_the_end:
        [row] = rows
        yield row


@contextmanager
def locked_in_order(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """Lock all `rows` of one table, in the order of their keys: so no two acts that lock several wait for each other.

    An act takes all that it needs at once, and locks no other of them later. Otherwise as `locked`.
    """
    found, until_the_end = _acquire(partial(_read_in_order, rows))
    with until_the_end:
        yield found


def _read(of):
    """The row of a saved object or a QuerySet, locked, in a list."""
    rows = type(of)._default_manager.filter(pk=of.pk) if isinstance(of, Model) else of
    return [rows.select_for_update(of=("self",), no_key=True).get()]


def _read_in_order(rows):
    return list(rows.order_by("pk").select_for_update(of=("self",), no_key=True))


def _acquire(read):
    """The rows that `read` returns, locked, and the transaction that holds them, which the caller ends."""
    began = time.monotonic()
    give_up_at = began + WAIT_AT_MOST - WAIT_ONCE
    while True:
        try:
            with ExitStack() as entered:
                entered.enter_context(transaction.atomic())
                rows = read()
                watching.LOCK_SECONDS.observe(time.monotonic() - began)
                return rows, entered.pop_all()
        except OperationalError as error:
            watching.LOCK_SECONDS.observe(time.monotonic() - began)
            if connection.in_atomic_block or not is_lock_timeout(error) or time.monotonic() > give_up_at:
                raise


def is_lock_timeout(error: Exception) -> bool:
    """Did the database say only that another transaction held a lock for too long?"""
    cause = error.__cause__
    return getattr(cause, "pgcode", None) == "55P03" or "database is locked" in str(error)
