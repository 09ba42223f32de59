"""Load in short rounds, alternating between two sides, so that other work of the machine affects both alike."""

import asyncio
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.bench.client import Connection


def percentile(seconds: list[float], percent: int) -> float:
    """The seconds that `percent` of all took at most; endless if there are none."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else math.inf


@dataclass(frozen=True)
class Round:
    """One round on one site: the seconds of each turn, the seconds of the round, and the site's processor time."""

    turns: list
    seconds: float
    processor_seconds: float

    @property
    def per_second(self) -> float:
        return len(self.turns) / self.seconds


@dataclass(frozen=True)
class Rounds:
    """All rounds on one site of one scenario with so many clients."""

    rounds: list

    @property
    def per_second(self) -> float:
        """The throughput: the median of the rounds."""
        return median(each.per_second for each in self.rounds)

    @property
    def processor_seconds(self) -> float:
        """The processor time of the site's workers that one turn takes."""
        return sum(each.processor_seconds for each in self.rounds) / sum(len(each.turns) for each in self.rounds)

    def percentile(self, percent: int) -> float:
        """The seconds within which `percent` of all turns were done."""
        return percentile([turn for each in self.rounds for turn in each.turns], percent)


@dataclass(frozen=True)
class Comparison:
    """One scenario with so many `clients`, in pairs of rounds on two sides: `one`, and the `other` as its measure."""

    clients: int
    one: Rounds
    other: Rounds

    @property
    def share(self) -> float:
        """The throughput of `one` as a share of the other's: the median of the pairs."""
        pairs = zip(self.one.rounds, self.other.rounds, strict=True)
        return median(one.per_second / other.per_second for one, other in pairs)


@dataclass(frozen=True)
class Load:
    """How much is measured: so many pairs of rounds of so many `seconds`, after so many of `warming`."""

    rounds: int
    seconds: float
    warming: float


Side = Callable[[float], Round]


def compare(clients: int, one: Side, other: Side, size: Load) -> Comparison:
    """Load both sides, each a function that runs one round of so many seconds, taking turns to go first."""
    done: tuple[list[Round], list[Round]] = ([], [])
    for side in (one, other):
        side(size.warming)
    for number in range(size.rounds):
        turn = [(done[0], one), (done[1], other)]
        for kept, side in turn if number % 2 == 0 else reversed(turn):
            kept.append(side(size.seconds))
    return Comparison(clients, Rounds(done[0]), Rounds(done[1]))


def load(site: Any, scenario: Any, clients: int, seconds: float) -> Round:
    """Let so many `clients` repeat the `scenario` on the `site`, each as fast as it gets answers, for `seconds`."""
    before, begun = site.processor_seconds(), time.perf_counter()
    turns = asyncio.run(_all_clients(site.port, scenario, clients, begun + seconds))
    elapsed = time.perf_counter() - begun
    return Round(turns, elapsed, site.processor_seconds() - before)


async def _all_clients(port, scenario, clients, end):
    turns: list[float] = []
    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(_client(port, scenario, end, turns))
    return turns


async def _client(port, scenario, end, turns):
    """Run one client: at least one turn, however long it takes, then more until the end."""
    connection = Connection(port)
    try:
        while True:
            begun = time.perf_counter()
            await scenario.once(connection)
            turns.append(time.perf_counter() - begun)
            if time.perf_counter() > end:
                return
    finally:
        connection.close()
