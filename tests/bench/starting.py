"""How soon a web server answers after its start."""

import asyncio
import time

from tests.bench.bench import Side
from tests.bench.client import Connection


def started_in(side: Side) -> float:
    """Seconds from the start of another web server of this side until it has answered a public page."""
    begun = time.perf_counter()
    with side.filled.served() as site:
        asyncio.run(_first_page(site.port, side.page("page")))
        return time.perf_counter() - begun


async def _first_page(port, page):
    connection = Connection(port)
    await page.once(connection)
    connection.close()
