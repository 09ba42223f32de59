"""Channels: the newest message of each watched page, and the connections that wait for the next.  R-35

A slow connection skips the messages it was too slow for: each waits for the newest one, and nothing is queued.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import watching
from floor.state import steady

logger = logging.getLogger(__name__)

# Seconds after which a quiet channel reads the state and sends it again, so that a page knows that its stream is alive,
# and so that a lost announcement is made up for.
BEAT = 5.0


class Channel:
    """One watched page of a meeting: its newest message with its number, and the event that the next message sets."""

    def __init__(self):
        self.watchers = 0
        self.message, self.number = b"", 0
        self.said: dict | None = None
        self.said_at = 0.0
        self._next = asyncio.Event()
        self.reading = asyncio.Lock()
        self.opening: asyncio.Future | None = None

    def say(self, message: bytes) -> None:
        """Hand `message` to every connection that waits."""
        self.message, self.number, self.said_at = message, self.number + 1, time.monotonic()
        spoken, self._next = self._next, asyncio.Event()
        spoken.set()

    async def after(self, number: int) -> tuple[bytes, int]:
        """Return the newest message and its number, once it is newer than the message `number`."""
        while self.number == number:
            await self._next.wait()
        return self.message, self.number


class Hub:
    """All channels of this process, by name: the slug of a meeting, with or without a page after it.

    `read(name)` returns what a channel says, as plain values, or None if there is no such channel.
    """

    def __init__(self, read: Callable[[str], dict | None]):
        self.read = read
        self.channels: dict[str, Channel] = {}
        self.reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="floor-reader")

    @property
    def watchers(self) -> int:
        """How many connections are held."""
        return sum(channel.watchers for channel in self.channels.values())

    async def join(self, name: str) -> Channel | None:
        """Return the `Channel` called `name` with its message read; None if there is none of that name.

        Of many who come at once the first reads, and the others wait for what it reads. Raises what reading raises if
        the database is not available.
        """
        channel = self.channels.setdefault(name, Channel())
        channel.watchers += 1
        watching.STREAMS.inc()
        try:
            if channel.said is None:
                channel.opening = channel.opening or asyncio.ensure_future(self._read(name, channel))
                await asyncio.shield(channel.opening)
        except BaseException:
            self.leave(name)
            raise
        if channel.said is None:
            self.leave(name)
            return None
        return channel

    def leave(self, name: str) -> None:
        """Count one connection fewer; drop a channel that no connection watches."""
        channel = self.channels[name]
        channel.watchers -= 1
        watching.STREAMS.dec()
        if not channel.watchers:
            del self.channels[name]

    async def refresh(self, slug: str | None = None) -> None:
        """Read the channels of the meeting `slug` again, or all, and send to their watchers what changed."""
        for name, channel in list(self.channels.items()):
            if slug is None or name.partition("/")[0] == slug:
                await self._refresh(name, channel)

    async def beat_for_ever(self) -> None:
        """Read every channel that was quiet for `BEAT` seconds again, and send its state even if nothing changed.

        A channel that has just sent an act is left alone: two messages at once would hold up the next act.
        """
        while True:
            await asyncio.sleep(BEAT / 10)
            for name, channel in list(self.channels.items()):
                if time.monotonic() - channel.said_at >= BEAT:
                    await self._refresh(name, channel, is_beat=True)

    async def _refresh(self, name, channel, *, is_beat=False):
        """Read and send. If the database is not available, this message is lost and a line is logged."""
        try:
            await self._read(name, channel, is_beat=is_beat)
        except Exception as error:  # noqa: BLE001  whatever failed, the other channels are still read
            logger.warning("The state of %s could not be read: %s.", name, type(error).__name__)

    async def _read(self, name, channel, *, is_beat=False):
        async with channel.reading:
            state = await asyncio.get_running_loop().run_in_executor(self.reader, self.read, name)
            if state is not None and (is_beat or not _is_same(state, channel.said)):
                channel.said = state
                channel.say(event(state))


def event(state: dict[str, Any]) -> bytes:
    """A server-sent event that carries `state`."""
    return b"event: state\ndata: " + json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode() + b"\n\n"


def _is_same(state, said):
    """Would a page show the same? The server's clock alone makes no difference: pages compute what depends on it."""
    return said is not None and _steady(state) == _steady(said)


def _steady(state):
    """What only acts change; of a page its stamp says as much as its fragments, in which clocks run."""
    return state["stamp"] if "stamp" in state else steady(state)
