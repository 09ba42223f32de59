"""The plan: in which order the entries of a list are called, and who is likely to speak in which sitting.  R-64

Pure: no database and no clock. The places of the list stay as they are. An entry fixed to a sitting is called in it, at
its place among those who speak there; all others are called in the order of the list, before and after it.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from speakers.forecast.turns import FACTOR_AT_FIRST, NOTHING, Stretch, Waiting


def in_calling_order(
    entries: Sequence[Waiting],
    fixed: Mapping[object, int],
    times: Sequence[timedelta],
    *,
    factor: float = FACTOR_AT_FIRST,
    taken: timedelta = NOTHING,
) -> list[Waiting]:
    """The `entries` (in the order of the list) in the order in which they are called.  R-64

    `fixed` has for the key of an entry the index of its sitting, and `times` the floor time of each sitting; what is
    `taken` is used up already. Before a sitting is filled from the list, the time of those fixed to it is set aside. If
    that is more than the sitting has, they go on into the next one; they never speak before it begins (`after`).
    Without `fixed` the order is that of the list.
    """
    if not fixed:
        return list(entries)
    number = {entry.key: position for position, entry in enumerate(entries)}
    queue = deque(entry for entry in entries if entry.key not in fixed)
    ordered: list[Waiting] = []
    passed, ends = taken, NOTHING
    for index, time in enumerate(times):
        own = [replace(entry, after=ends) for entry in entries if fixed.get(entry.key) == index]
        passed = max(passed, ends) if own else passed
        ends += time
        passed += sum((entry.limit * factor for entry in own), NOTHING)
        while queue and passed < ends and passed + min(queue[0].limit, queue[0].limit * factor) <= ends:
            own.append(queue.popleft())
            passed += own[-1].limit * factor
        ordered += sorted(own, key=lambda entry: number[entry.key])
    return ordered + list(queue)


def times_of(sittings: Sequence[Any], stretches: Sequence[Stretch]) -> list[timedelta]:
    """The floor time in each of the `sittings`, of which the `stretches` are parts."""
    return [
        sum((part.length for part in stretches if each.starts_at <= part.starts_at < each.ends_at), NOTHING)
        for each in sittings
    ]


def time_before(sitting: Any, stretches: Sequence[Stretch]) -> timedelta:
    """The floor time in the `stretches` before `sitting` begins."""
    return sum((part.length for part in stretches if part.starts_at < sitting.starts_at), NOTHING)


def fixings(
    entries: Sequence[tuple[object, int | None]], sittings: Sequence[Any], *, at: datetime
) -> dict[object, int]:
    """For pairs of a key and the key of the sitting an entry is fixed to: the index of that sitting, if it still holds.

    Once its sitting is over at the moment `at`, an entry that has not spoken is called by its place on the list.
    """
    open_ones = {each.pk: index for index, each in enumerate(sittings) if each.ends_at > at}
    return {key: open_ones[sitting] for key, sitting in entries if sitting in open_ones}


def sitting_at(sittings: Sequence[Any], at: datetime) -> Any | None:
    """The sitting to which what happens at the moment `at` belongs: the one that has begun last, or the first.

    None if there are no `sittings`.
    """
    return next((each for each in reversed(sittings) if each.starts_at <= at), sittings[0] if sittings else None)
