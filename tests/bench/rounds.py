"""Load in short rounds, alternating between both projects, so that other work of the machine affects both alike."""

import asyncio
import time
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.bench.client import Connection


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
        turns = sorted(turn for each in self.rounds for turn in each.turns)
        return turns[min(len(turns) - 1, len(turns) * percent // 100)]


@dataclass(frozen=True)
class Comparison:
    """One scenario with so many `clients`, on both sites, in pairs of rounds."""

    scenario: str
    clients: int
    project: Rounds
    bare: Rounds

    @property
    def ratio(self) -> float:
        """The project's throughput as a share of the bare project's: the median of the pairs."""
        pairs = zip(self.project.rounds, self.bare.rounds, strict=True)
        return median(ours.per_second / theirs.per_second for ours, theirs in pairs)


def compare(name: str, clients: int, project: Any, bare: Any, *, rounds: int, seconds: float) -> Comparison:
    """Load both, each a (site, scenario), in `rounds` pairs of `seconds` each, taking turns to go first."""
    done: tuple[list[Round], list[Round]] = ([], [])
    for number in range(rounds):
        turn = [(done[0], project), (done[1], bare)]
        for kept, (site, scenario) in turn if number % 2 == 0 else reversed(turn):
            kept.append(load(site, scenario, clients=clients, seconds=seconds))
    return Comparison(name, clients, Rounds(done[0]), Rounds(done[1]))


def load(site: Any, scenario: Any, *, clients: int, seconds: float) -> Round:
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
    connection = await Connection.to(port)
    try:
        while True:
            begun = time.perf_counter()
            await scenario.once(connection)
            turns.append(time.perf_counter() - begun)
            if time.perf_counter() > end:
                return
    finally:
        connection.close()
