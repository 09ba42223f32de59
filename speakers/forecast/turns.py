"""The forecast: how many can speak, when each turn comes, when it all ends.  R-42 R-43 R-44

Pure: no database and no clock, so that it serves both the days before (`list_forecast.py`) and the room. The room hands
in what is left: the entries still waiting, the `floor_time` from now on, the `factor_of` the statements delivered, and
what `is_left_of` the statement under way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Any

# The cost of a slot as a multiple of its limit, until the meeting has shown it.  R-42; E/CN.6/2000/PC/9: 1.32–1.43
FACTOR_AT_FIRST = 1.40
STATEMENTS_TO_LEARN_FROM = 8
LOWEST_FACTOR, HIGHEST_FACTOR = 0.8, 2.0
# The range of a turn: slots that cost a tenth less (withdrawals, absences), or three twentieths more.
EARLY, LATE = 0.90, 1.15
LIMITS_ARE_MULTIPLES_OF = timedelta(seconds=15)
NOTHING, SECOND = timedelta(0), timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time without a break: a sitting, a reserved part of it, or what is left of it for the list."""

    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry still to speak, under any `key` the caller chooses, and its limit.

    `is_own` says that the limit was given to this entry alone; a shorter limit for all does not affect it. It does not
    speak before so much floor time has passed as `after` says: the sitting to which it is fixed has begun then (R-64).
    """

    key: object
    limit: timedelta
    is_own: bool = False
    after: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Delivered:
    """A delivered statement: its limit, and the time from its start to the start of the next, without breaks."""

    took: timedelta
    limit: timedelta


@dataclass(frozen=True, slots=True)
class Turn:
    """When the entry `key` is likely to begin, and between which moments; `fits` says whether it ends in time.

    For an entry that does not fit, the moments are those at which it would begin if the last sitting continued.
    """

    key: object
    at: datetime
    earliest: datetime
    latest: datetime
    fits: bool


@dataclass(frozen=True)
class Forecast:
    """The forecast for `entries` in `stretches` of floor time, if a slot costs its limit times `factor`.

    Statements follow each other without loss at a break, as if time cut off by the hour were made up: so the capacity
    is the available time divided by the cost of a slot (R-44). Each fact is computed when it is asked for. No range of
    a turn reaches back before the last of the moments `hours_begin`, when sittings begin, that is not after the turn.
    """

    entries: tuple[Waiting, ...]
    stretches: tuple[Stretch, ...]
    factor: float
    limit: timedelta
    taken: timedelta
    hours_begin: tuple[datetime, ...] = ()

    @property
    def count(self) -> int:
        return len(self.entries)

    @cached_property
    def available(self) -> timedelta:
        """The floor time left for the entries."""
        return max(sum((stretch.length for stretch in self.stretches), NOTHING) - self.taken, NOTHING)

    @cached_property
    def begun(self) -> list[timedelta]:
        """The floor time elapsed when none, one, two and so on have spoken, and, as the last item, all."""
        return list(accumulate(self.entries, self._spoken, initial=NOTHING))

    def _spoken(self, passed, entry):
        return max(passed, entry.after - self.taken) + entry.limit * self.factor

    @cached_property
    def capacity(self) -> int:
        """How many can speak: the entries in their order and, if all can, further ones with the usual limit."""
        fit = sum(1 for end in self.begun[1:] if end <= self.available)
        if fit < self.count:
            return fit
        spoken = sum((entry.limit for entry in self.entries), NOTHING) * self.factor
        return fit + (self.available - spoken) // (self.limit * self.factor)

    @property
    def too_many(self) -> int:
        return max(0, self.count - self.capacity)

    @cached_property
    def fitting_limit(self) -> timedelta | None:
        """If there are too many: the longest limit in whole seconds under which all fit, or None if there is none.

        Shorter limits stay as they are, and so do limits given to a single entry.
        """
        if not self.too_many:
            return None
        low, high = 0, max(int(entry.limit / SECOND) for entry in self.entries)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._fit_under(middle * SECOND) else (low, middle - 1)
        return low * SECOND if low else None

    @property
    def suggested_limit(self) -> timedelta | None:
        """The fitting limit rounded down to a multiple of 15 seconds; None if that leaves nothing."""
        return (self.fitting_limit or NOTHING) // LIMITS_ARE_MULTIPLES_OF * LIMITS_ARE_MULTIPLES_OF or None

    def spoken_by(self, number: int, share: float = 1.0) -> datetime | None:
        """When the first `number` entries have spoken, if slots cost `share` of their likely cost.

        After the last stretch, as if that one continued; None without floor time.
        """
        return _end(self.stretches, (self.taken + self.begun[number]) * share)

    @property
    def likely_end(self) -> datetime | None:
        """When all have spoken; later than the last sitting if there is not enough time. None without floor time."""
        return self.spoken_by(self.count)

    @property
    def worst_end(self) -> datetime | None:
        """When all have spoken if slots cost as much more as the range of a turn allows for."""
        return self.spoken_by(self.count, LATE)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The `Turn` of each entry, in order; none without floor time."""
        return tuple(self._turn(number) for number in range(self.count)) if self.stretches else ()

    @cached_property
    def numbers(self) -> dict[object, int]:
        """How many entries come before each, by its key."""
        return {entry.key: number for number, entry in enumerate(self.entries)}

    def turn_of(self, key: int | str) -> Turn | None:
        """The `Turn` of the entry `key`, or None."""
        number = self.numbers.get(key)
        return None if number is None or not self.stretches else self._turn(number)

    @cached_property
    def begins(self) -> dict[object, datetime | None]:
        """When each entry is likely to begin, by its key; None for one that does not fit. Empty without floor time."""
        numbers = range(self.count) if self.stretches else ()
        return {self.entries[each].key: self._begin(each, 1.0) if self._fits(each) else None for each in numbers}

    def _turn(self, number):
        at, earliest, latest = (self._begin(number, share) for share in (1.0, EARLY, LATE))
        earliest = max([earliest, *(begin for begin in self.hours_begin if begin <= at)])
        return Turn(self.entries[number].key, at, earliest, latest, fits=self._fits(number))

    def _fits(self, number):
        return self.begun[number + 1] <= self.available

    def _begin(self, number, share):
        """When an entry begins if slots cost a `share` of their likely cost."""
        entry = self.entries[number]
        need = min(entry.limit, entry.limit * self.factor)
        return _start(self.stretches, max((self.taken + self.begun[number]) * share, entry.after), need * share)

    def _fit_under(self, limit):
        return sum((_under(entry, limit) * self.factor for entry in self.entries), NOTHING) <= self.available


def factor_of(delivered: list[Delivered]) -> float:
    """The factor that the statements `delivered` so far show: 1.40 for fewer than eight, then their mean.  R-42

    The mean of start-to-start time over limit, clamped to 0.8–2.0.
    """
    if len(delivered) < STATEMENTS_TO_LEARN_FROM:
        return FACTOR_AT_FIRST
    mean = sum(statement.took / statement.limit for statement in delivered) / len(delivered)
    return min(max(mean, LOWEST_FACTOR), HIGHEST_FACTOR)


def is_left_of(limit: timedelta, *, elapsed: timedelta, factor: float) -> timedelta:
    """How much longer a statement with that `limit` takes after `elapsed` (without pauses)."""
    return max(limit * factor - elapsed, NOTHING)


def floor_time(sittings: list[Stretch], reserved: list[Stretch], *, from_at: datetime) -> list[Stretch]:
    """The time for the list of speakers in the `sittings`, as stretches in order, from `from_at` on, less `reserved`.

    R-43. `from_at` is now or the opening of the floor, whichever is later. A sitting ends on its hour.
    """
    open_stretches = [Stretch(max(each.starts_at, from_at), each.ends_at) for each in sittings]
    for taken in reserved:
        open_stretches = [piece for stretch in open_stretches for piece in _without(stretch, taken)]
    return sorted(
        (stretch for stretch in open_stretches if stretch.length > NOTHING), key=lambda stretch: stretch.starts_at
    )


def forecast(
    entries: list[Waiting],
    stretches: list[Stretch],
    *,
    factor: float = FACTOR_AT_FIRST,
    limit: timedelta,
    taken: timedelta = NOTHING,
    sittings: Iterable[Any] = (),
) -> Forecast:
    """The `Forecast` for `entries` (`Waiting`, in speaking order) in the `stretches` of floor time.  R-42 R-43 R-44

    `limit` is that of a further speaker, for the remaining capacity. `taken` is how much longer the statement under way
    takes. The range of a turn begins no earlier than that of the `sittings` in which it is likely.
    """
    begins = tuple(each.starts_at for each in sittings)
    return Forecast(tuple(entries), tuple(stretches), factor, limit, taken, begins)


def _start(stretches, passed, need):
    """When a statement of length `need` begins after `passed` floor time: before a break only if it ends by then.

    After the last of the `stretches`, as if that one continued.
    """
    *earlier, last = stretches
    for stretch in earlier:
        if passed < stretch.length and passed + need <= stretch.length:
            return stretch.starts_at + max(passed, NOTHING)
        passed -= stretch.length
    return last.starts_at + max(passed, NOTHING)


def _end(stretches, passed):
    """The moment at which `passed` floor time is over, with the last stretch extended; None without `stretches`."""
    if not stretches:
        return None
    *earlier, last = stretches
    for stretch in earlier:
        if passed <= stretch.length:
            return stretch.starts_at + passed
        passed -= stretch.length
    return last.starts_at + passed


def _under(entry, limit):
    """The limit of `entry` if `limit` is the longest allowed, except for entries with a limit of their own."""
    return entry.limit if entry.is_own else min(entry.limit, limit)


def _without(stretch, taken):
    """What remains of `stretch` without `taken`: one piece, two, or none."""
    pieces = [
        Stretch(stretch.starts_at, min(stretch.ends_at, taken.starts_at)),
        Stretch(max(stretch.starts_at, taken.ends_at), stretch.ends_at),
    ]
    return [piece for piece in pieces if piece.length > NOTHING]
