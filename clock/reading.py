"""Reading the time: the database's on PostgreSQL, this machine's on SQLite (which has no clock of its own).  R-03"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Func, QuerySet, Value
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Greatest

_stopped_at: ContextVar[datetime | None] = ContextVar("clock_stopped_at", default=None)


def now() -> datetime:
    """This moment, an aware `datetime` in UTC.  R-03

    On PostgreSQL this is `clock_timestamp()`: it moves on inside a transaction, and it is the same clock for every
    web process on every machine. It costs one statement there and none on SQLite.
    """
    if (moment := _stopped_at.get()) is not None:
        return moment
    if connection.vendor != "postgresql":
        return datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def is_the_databases() -> bool:
    """Does the moment come from the database, with each statement that asks for it?"""
    return _stopped_at.get() is None and connection.vendor == "postgresql"


def as_expression() -> BaseExpression:
    """The moment `now()` returns, as an expression of a query: a page that reads rows learns the time with them.  R-03

    It takes no statement of its own on PostgreSQL either. Each row has its own moment there; the first is the earliest.
    """
    if is_the_databases():
        return Func(function="clock_timestamp", output_field=DateTimeField())
    return Value(_stopped_at.get() or datetime.now(UTC), output_field=DateTimeField())


def read_with(rows: QuerySet[Any]) -> tuple[list[Any], datetime]:
    """The objects of the QuerySet `rows` as a list, and this moment (see `now`), in the one statement for `rows`.  R-03

    If `rows` is empty, the clock is read by itself.
    """
    found = list(rows.annotate(read_at=as_expression()))
    return found, found[0].read_at if found else now()


def read_with_row(sql: str, parameters: list[Any]) -> tuple[tuple[Any, ...], datetime]:
    """The one row that the statement `sql` selects, and this moment (see `now`), in one statement.  R-03

    For what is asked so often that to put the query together would take longer than to ask it.
    """
    with connection.cursor() as cursor:
        if not is_the_databases():
            cursor.execute(sql, parameters)
            return cursor.fetchone(), now()
        cursor.execute(f"SELECT found.*, clock_timestamp() FROM ({sql}) AS found", parameters)  # noqa: S608  ours
        *row, at = cursor.fetchone()
        return tuple(row), at


def no_earlier(field: str, at: datetime) -> Func:
    """The moment `at`, or that in the `field` of the row if it is later: what ends, ends no earlier than it began.

    For an `update`, as the clock may have been set back in between.
    """
    return Greatest(field, Value(at, output_field=DateTimeField()))


def host_ahead(at: datetime, *, since: datetime) -> timedelta:
    """How far this machine's own clock is ahead of the one clock, which was just read as `at`; negative if behind.

    `since` is this machine's moment before that was asked: how long it took counts for neither. Zero where this
    machine's clock is the one clock, and where that is held.
    """
    if _stopped_at.get() is not None:
        return timedelta(0)
    return max(since - at, timedelta(0)) + min(datetime.now(UTC) - at, timedelta(0))


@contextmanager
def stopped(at: datetime) -> Iterator[datetime]:
    """Hold the clock at the moment `at` (aware) in this thread, for tests and for pictures in the documentation."""
    token = _stopped_at.set(at)
    try:
        yield at
    finally:
        _stopped_at.reset(token)
