"""Streams: how soon an act is seen on each of many open screens of one process, beside a bare ASGI stream.

The project's act is a message of the officer's console, sent over HTTP to gunicorn; the bare one's is a POST to the
process that holds the streams.
"""

import asyncio
import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import sites
from tests.bench.client import Connection
from tests.bench.scenarios import CSRF, expect
from tests.servers import answers, free_port

FILES = 8192
# Seconds after which a screen that has not shown an act counts as lost.
PATIENCE = 10
UVICORN = ["--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "3"]


@dataclass(frozen=True)
class Seen:
    """How long it took, in seconds: until all screens had `opened`, and until each showed each act (`arrivals`)."""

    opened: float
    arrivals: list
    memory: float

    @property
    def first(self) -> float:
        """Until the first screen showed an act, the median of all acts."""
        return median(min(times) for times in self.arrivals)

    @property
    def last(self) -> float:
        """Until the last screen showed an act, the median of all acts."""
        return median(max(times) for times in self.arrivals)

    @property
    def slowest(self) -> float:
        """Until the last screen showed the slowest act."""
        return max(max(times) for times in self.arrivals)


class Screens:
    """All screens of one server, which look for one mark at a time."""

    def __init__(self):
        self.mark, self.arrivals, self.open, self.expected = None, [], 0, 0
        self.all_seen = asyncio.Event()

    def look_for(self, mark: bytes) -> None:
        self.mark, self.arrivals = mark, []
        self.all_seen.clear()

    def seen(self) -> None:
        self.arrivals.append(time.perf_counter())
        if len(self.arrivals) == self.open:
            self.all_seen.set()


class Screen(asyncio.Protocol):
    """One stream, open as soon as its first message has come."""

    def __init__(self, screens, path):
        self.screens, self.path, self.received, self.last, self.is_open = screens, path, b"", None, False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        self.received += data
        is_whole = self.received.endswith((b"\n\n", b"\n\n\r\n"))
        if is_whole and not self.is_open:
            self.is_open = True
            self.screens.open += 1
        mark = self.screens.mark
        if mark and self.last != mark and mark in self.received:
            self.last = mark
            self.screens.seen()
        if is_whole:
            self.received = b""


@contextmanager
def streaming(application: str, environment: dict[str, str], log: Path) -> Iterator[tuple[int, sites.Program]]:
    """Run the ASGI `application` under uvicorn as in production. Yields its port and the program."""
    port = free_port()
    with sites.running(["uvicorn", application, "--port", str(port), *UVICORN], environment, log) as program:
        program.wait(lambda: answers(port))
        yield port, program


def watch(
    streaming: tuple[int, sites.Program], path: str, act_port: int, act: Callable[..., Any], *, screens: int, acts: int
) -> Seen:
    """Open so many `screens` of `path`, then do so many `acts`: `act(connection, words)`. Returns what was `Seen`."""
    port, program = streaming
    opened, arrivals = asyncio.run(_watch(port, path, act_port, act, screens, acts))
    return Seen(opened, arrivals, sites.memory_of(program.process.pid))


def allow_files(number: int = FILES) -> None:
    """Let this process and its children open so many files, as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = number if hard == resource.RLIM_INFINITY else min(number, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, allowed), hard))


async def _watch(port, path, act_port, act, number, acts):
    loop, screens, held = asyncio.get_running_loop(), Screens(), []
    begun = time.perf_counter()
    for begin in range(0, number, 100):
        new = [
            loop.create_connection(lambda: Screen(screens, path), "127.0.0.1", port)
            for _ in range(min(100, number - begin))
        ]
        held += await asyncio.gather(*new)
    await _until(lambda: screens.open == number)
    opened = time.perf_counter() - begun
    officer, arrivals = Connection(act_port), []
    for each in range(acts):
        await asyncio.sleep(0.7)
        words = f"mark-{os.getpid()}-{each:03d}-end"
        screens.look_for(words.encode())
        begun = time.perf_counter()
        await act(officer, words)
        await asyncio.wait_for(screens.all_seen.wait(), PATIENCE)
        arrivals.append([at - begun for at in screens.arrivals])
    for transport, _ in held:
        transport.abort()
    officer.close()
    return opened, arrivals


async def _until(is_so):
    end = time.monotonic() + 60
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError("Not all streams were opened.")
        await asyncio.sleep(0.01)


def act_of_the_project(facts: dict[str, Any]) -> Callable[..., Any]:
    """The officer's message, by the console's own address."""

    async def act(connection, words):
        typed = {"message": words, "csrfmiddlewaretoken": CSRF.partition("=")[2]}
        expect(await connection.post(facts["act"], f"{CSRF}; {facts['cookie']}", typed), 302)

    return act


async def act_of_the_bare_one(connection: Any, words: str) -> None:
    """A message to the bare stream."""
    expect(await connection.post("/", "", {"message": words}), 200)
