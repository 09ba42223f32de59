"""How many SQL statements each request of the scenarios costs, counted inside one process, those of transactions too.

Nothing is kept: everything is rolled back in the end. Run as `python -m tests.bench.statements` in the environment of a
site; reads on its standard input what the site's filling printed, and prints the counts of each scenario as JSON.
"""

import json
import sys
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from tests.bench.client import Answer  # noqa: E402
from tests.bench.scenarios import scenarios_of  # noqa: E402


class Counting:
    """A connection that stays in this process and counts."""

    def __init__(self):
        self.counts = []

    async def get(self, path: str, cookie: str = "") -> Answer:
        return self._answer("get", path, cookie)

    async def post(self, path: str, cookie: str, typed: dict[str, Any]) -> Answer:
        return self._answer("post", path, cookie, typed)

    def _answer(self, method, path, cookie, *typed):
        with CaptureQueriesContext(connection) as statements:
            answer = getattr(Client(enforce_csrf_checks=True), method)(
                path, *typed, headers={"cookie": cookie, "host": "localhost"}
            )
        self.counts.append(len(statements))
        head = "".join(f"\r\n{name}: {value}" for name, value in answer.headers.items())
        return Answer(answer.status_code, head.encode(), answer.content)


def counts_of(scenario: Any) -> dict[str, int]:
    """The statements of each request of one turn; the first turn only warms the caches."""
    with transaction.atomic():
        for _ in range(2):
            counting = Counting()
            _run(scenario.once(counting))
        transaction.set_rollback(True)
    return dict(zip(scenario.requests, counting.counts, strict=True))


def _run(coroutine):
    """Run a coroutine that never waits to its end, outside an event loop, because Django refuses queries inside one."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    raise RuntimeError("It waited.")


if __name__ == "__main__":
    scenarios = scenarios_of(json.load(sys.stdin))
    sys.stdout.write(json.dumps({name: counts_of(scenario) for name, scenario in scenarios.items()}))
