"""Streams: how soon an act is seen on each of many open screens of one process, beside a bare ASGI stream.

Run by `script/bench streams`. The project's act is a message of the officer's console, sent over HTTP to gunicorn; the
bare one's is a POST to the process that holds the streams.
"""

import asyncio
import os
import resource
import subprocess
import sys
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
from tests.servers import free_port

FILES = 8192
# Seconds after which a screen that has not shown an act counts as lost.
PATIENCE = 10
WANTED_OPENED, WANTED_FIRST, WANTED_LAST = 2.0, 0.15, 0.25
WANTED_MEDIAN, WANTED_SLOWEST, WANTED_ANSWER = 0.1, 0.5, 0.2


@dataclass(frozen=True)
class Seen:
    """How long it took, in seconds: until all screens were `opened`, and until acts were seen and answered.

    `arrivals` has for each act when each screen showed it.
    """

    opened: float
    arrivals: list
    answers: list
    memory: float

    @property
    def first(self) -> float:
        return median(min(times) for times in self.arrivals)

    @property
    def last(self) -> float:
        return median(max(times) for times in self.arrivals)

    @property
    def median(self) -> float:
        return median(median(times) for times in self.arrivals)

    @property
    def slowest(self) -> float:
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
    """One open stream."""

    def __init__(self, screens, path):
        self.screens, self.path, self.received, self.last = screens, path, b"", None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        if not self.received and self.last is None:
            self.screens.open += 1
            self.last = b""
        self.received += data
        mark = self.screens.mark
        if mark and self.last != mark and mark in self.received:
            self.last = mark
            self.screens.seen()
        if self.received.endswith((b"\n\n", b"\n\n\r\n")):
            self.received = b""


@contextmanager
def streaming(
    application: str, environment: dict[str, str], log: Path
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Run the ASGI `application` under uvicorn as in production. Yields its port and its process."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", application, "--port", str(port), "--no-access-log"]
    command += ["--log-level", "warning", "--timeout-graceful-shutdown", "3"]
    with log.open("wb") as words:
        process = subprocess.Popen(command, env=environment, cwd=sites.ROOT, stdout=words, stderr=words)
    try:
        sites.wait(process, port, log)
        yield port, process
    finally:
        sites.end(process)


def measure(
    port: int,
    process: subprocess.Popen[bytes],
    path: str,
    act_port: int,
    act: Callable[..., Any],
    *,
    screens: int,
    acts: int,
) -> Seen:
    """Open so many `screens` of `path`, then do so many `acts`: `act(connection, words)`. Returns what was `Seen`."""
    allow_files(FILES)
    opened, arrivals, answers = asyncio.run(_watch(port, path, act_port, act, screens, acts))
    return Seen(opened, arrivals, answers, sites.memory_of(process.pid)[0])


def allow_files(number: int) -> None:
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
    officer, arrivals, answers = await Connection.to(act_port), [], []
    for each in range(acts):
        await asyncio.sleep(0.7)
        words = f"mark-{os.getpid()}-{each:03d}-end"
        screens.look_for(words.encode())
        begun = time.perf_counter()
        await act(officer, words)
        answers.append(time.perf_counter() - begun)
        await asyncio.wait_for(screens.all_seen.wait(), PATIENCE)
        arrivals.append([at - begun for at in screens.arrivals])
    for transport, _ in held:
        transport.abort()
    return opened, arrivals, answers


async def _until(is_so):
    end = time.monotonic() + 60
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError("Not all streams were opened.")
        await asyncio.sleep(0.05)


def act_of_the_project(facts: dict[str, Any]) -> Callable[..., Any]:
    """The officer's message, by the console's own address."""

    async def act(connection, words):
        typed = {"message": words, "csrfmiddlewaretoken": CSRF.partition("=")[2]}
        expect(await connection.post(facts["act"], f"{CSRF}; {facts['cookie']}", typed), 302)

    return act


async def act_of_the_bare_one(connection: Any, words: str) -> None:
    expect(await connection.post("/", "", {"message": words}), 200)


def of_the_bare_one(environment: dict[str, str], folder: Path, **size: Any) -> Seen:
    """What was `Seen` on a bare stream."""
    with streaming("tests.bench.bare.streams:application", environment, folder / "bare-streams.log") as (port, process):
        return measure(port, process, "/", port, act_of_the_bare_one, **size)


def of_the_project(environment: dict[str, str], folder: Path, facts: dict[str, Any], **size: Any) -> Seen:
    """What was `Seen` of the project's floor, with its pages under gunicorn."""
    act = act_of_the_project(facts)
    live = streaming("config.asgi:application", environment, folder / "streams.log")
    with sites.running("config.wsgi", environment, folder / "pages.log") as pages, live as (port, process):
        return measure(port, process, facts["path"], pages.port, act, **size)


def missed(seen: Seen) -> list[str]:
    """The missed targets, as sentences."""
    found = {
        f"Streams, all opened: {seen.opened:.1f} s, not {WANTED_OPENED}": seen.opened > WANTED_OPENED,
        f"Streams, first screen: {seen.first:.2f} s, not {WANTED_FIRST}": seen.first > WANTED_FIRST,
        f"Streams, last screen: {seen.last:.2f} s, not {WANTED_LAST}": seen.last > WANTED_LAST,
        f"Streams, median screen: {seen.median:.2f} s, not {WANTED_MEDIAN}": seen.median > WANTED_MEDIAN,
        f"Streams, slowest screen: {seen.slowest:.2f} s, not {WANTED_SLOWEST}": seen.slowest > WANTED_SLOWEST,
        f"Streams, the act answered: {median(seen.answers):.2f} s, not {WANTED_ANSWER}": median(seen.answers)
        > WANTED_ANSWER,
    }
    return [sentence for sentence, is_missed in found.items() if is_missed]
