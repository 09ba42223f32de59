"""How far a chain has grown, and what was recorded since, for code that must know whether something changed.  R-58"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db.models import CharField
from django.db.models.expressions import RawSQL

import clock
from journal.models import Entry, Head, Payload

# Of the chains named %s or below it, and of those that are not below another %s, the sums of the last numbers.
ACTS = """
    SELECT
        coalesce(sum(sequence) FILTER (WHERE is_own), 0) AS own,
        coalesce(sum(sequence) FILTER (WHERE NOT is_own AND NOT is_another), 0) AS beside
    FROM (
        SELECT
            sequence,
            stream = %s OR substr(stream, 1, length(%s)) = %s AS is_own,
            substr(stream, 1, length(%s)) = %s AS is_another
        FROM journal_head
    ) AS head
"""


def position(stream: str) -> int:
    """The number of the last entry of `stream`, 0 if it has none (one statement)."""
    return Head.objects.filter(stream=stream).values_list("sequence", flat=True).first() or 0


def acts_so_far(stream: str, *, among: str) -> tuple[tuple[int, int], datetime]:
    """How many acts are in `stream` and `stream`/…, and in all chains that do not begin with `among`; and the moment.

    What follows from these acts alone is the same as long as both numbers are. One statement, which every page of the
    room asks: it is put together here, once.  R-03
    """
    return clock.read_with_row(ACTS, _parameters(stream, among))


def as_expression(stream: str, *, among: str) -> RawSQL:
    """The two numbers of `acts_so_far` as a text, for a query that reads what was never older than these acts."""
    return RawSQL(f"SELECT own || '/' || beside FROM ({ACTS}) AS acts", _parameters(stream, among), CharField())  # noqa: S608 S611  ours


def _parameters(stream, among):
    below = f"{stream}/"
    return [stream, below, below, among, among]


def since(stream: str, sequence: int) -> list[Entry]:
    """The entries of `stream` after the number `sequence`, oldest first, with their payloads (one statement)."""
    return list(Entry.objects.of_stream(stream).filter(sequence__gt=sequence))


def times(stream: str, acts: Collection[str], *, after: datetime) -> Counter[str]:
    """How often each of `acts` was recorded in `stream` after the moment `after` (one statement)."""
    found = Entry.objects.filter(stream=stream, act__in=acts, at__gt=after)
    return Counter(found.order_by().values_list("act", flat=True))


def payload_of(entry: Entry) -> Payload | None:
    """The `Payload` of an `entry` that was fetched with it, or None if it is erased.  R-57"""
    try:
        return entry.payload
    except Payload.DoesNotExist:
        return None
