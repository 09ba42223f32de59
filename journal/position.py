"""How far a chain has grown, and what was recorded since, for code that must know whether something changed.  R-58"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from journal.models import Entry, Head, Payload


def position(stream: str) -> int:
    """The number of the last entry of `stream`, 0 if it has none (one statement)."""
    return Head.objects.filter(stream=stream).values_list("sequence", flat=True).first() or 0


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
