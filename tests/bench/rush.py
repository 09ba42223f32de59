"""A rush: many visitors who walk from the form to the receipt, each once, all within some seconds."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from tests.bench.client import Connection
from tests.bench.rounds import percentile
from tests.bench.scenarios import Unexpected, Walking


@dataclass(frozen=True)
class Rush:
    """How it went: the seconds of each walk, those until the last receipt, and the words of each error."""

    walks: list
    seconds: float
    errors: list

    def percentile(self, percent: int) -> float:
        """The seconds within which `percent` of all had their receipt."""
        return percentile(self.walks, percent)


def rush(site: Any, walking: Walking, *, visitors: int, within: float) -> Rush:
    """Let so many `visitors` begin the walk on the `site`, one after another, evenly `within` so many seconds."""
    return asyncio.run(gathered(site.port, walking, visitors, within))


async def gathered(port: int, walking: Walking, visitors: int, within: float) -> Rush:
    """The rush itself, on the running event loop."""
    walks: list[float] = []
    errors: list[str] = []
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(visitors):
            begins_at = begun + within * number / visitors
            group.create_task(_visitor(port, walking, begins_at, walks, errors))
    return Rush(walks, time.perf_counter() - begun, errors)


async def _visitor(port, walking, begins_at, walks, errors):
    await asyncio.sleep(max(0.0, begins_at - time.perf_counter()))
    connection = Connection(port)
    try:
        await walking.once(connection)
        walks.append(time.perf_counter() - begins_at)
    except (Unexpected, OSError, TimeoutError) as error:
        errors.append(f"{type(error).__name__}: {error}")
    finally:
        connection.close()
