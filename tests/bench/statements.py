"""What requests cost the database, as PostgreSQL counts it: health checks, BEGIN, COMMIT and foreign keys too."""

import asyncio
import re
import time
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.bench.client import Answer, Connection
from tests.bench.ground import Ground

# How PostgreSQL looks for the row that a foreign key names.
FOREIGN_KEY = "%FOR KEY SHARE OF x"
COST = """
    SELECT coalesce(sum(calls), 0), coalesce(sum(calls) FILTER (WHERE query LIKE '{key}'), 0),
        coalesce(sum(total_plan_time + total_exec_time), 0)
    FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid WHERE datname = '{database}'
"""
# A line of the log: when a statement was done, in which process, on which database.
DONE = re.compile(r"^([\d.]+) (\d+) (\S+) LOG:  duration: \S+ ms  statement: (.*)$", re.MULTILINE)
LOCKS_LIST = re.compile(r'"speakers_speakerslist".* FOR (?:NO KEY )?UPDATE|^UPDATE "speakers_speakerslist"')
# Seconds between two walks that are counted, so that nothing which a process keeps for a second is left of the first.
PAUSE = 1.1


@dataclass(frozen=True)
class Cost:
    """What one request cost: its `statements`, those of them that check a foreign `key`, and their milliseconds."""

    statements: int
    keys: int
    milliseconds: float


class Counting:
    """A connection that asks after each request what it cost."""

    def __init__(self, connection, ground, database):
        self.connection, self.ground, self.database = connection, ground, database
        self.costs = []

    async def get(self, path: str, cookie: str = "") -> Answer:
        return await self._counted(self.connection.get(path, cookie))

    async def post(self, path: str, cookie: str, typed: dict[str, Any]) -> Answer:
        return await self._counted(self.connection.post(path, cookie, typed))

    async def _counted(self, request):
        self.ground.ask("SELECT pg_stat_statements_reset()")
        answer = await request
        found = self.ground.ask(COST.format(key=FOREIGN_KEY, database=self.database)).split("|")
        self.costs.append(Cost(int(found[0]), int(found[1]), float(found[2])))
        return answer


def costs(ground: Ground, database: str, site: Any, scenario: Any, *, times: int = 5) -> list[Cost]:
    """What each request of the `scenario` costs on a `site` that has served it before, asked for so many `times`.

    Statements are the median; milliseconds the least, as other work only adds. No two follow within a second.
    """
    found = [asyncio.run(_once(ground, database, site, scenario)) for _ in range(times)]
    return [
        Cost(
            statements=int(median(cost.statements for cost in each)),
            keys=int(median(cost.keys for cost in each)),
            milliseconds=min(cost.milliseconds for cost in each),
        )
        for each in zip(*found, strict=True)
    ]


async def _once(ground, database, site, scenario):
    time.sleep(PAUSE)
    connection = Connection(site.port)
    counting = Counting(connection, ground, database)
    try:
        await scenario.once(counting)
    finally:
        connection.close()
    return counting.costs


def holds(log: str, database: str) -> list[float]:
    """How many milliseconds each transaction in the `log` held the lock of a list: until its COMMIT was done."""
    since: dict[str, float] = {}
    found = []
    for at, process, name, statement in DONE.findall(log):
        if name != database:
            continue
        if LOCKS_LIST.search(statement):
            since.setdefault(process, float(at))
        elif statement.startswith(("COMMIT", "ROLLBACK")) and process in since:
            found.append(1000 * (float(at) - since.pop(process)))
    return found
