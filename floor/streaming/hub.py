"""Channels: the newest message of each watched meeting, and the connections that wait for the next.  R-35

A slow connection skips the messages it was too slow for: each waits for the newest one, and nothing is queued.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

logger = logging.getLogger(__name__)

# Seconds after which a quiet channel reads the state and sends it again, so that a page knows that its stream is alive,
# and so that a lost announcement is made up for.
BEAT = 5.0


class Channel:
    """One watched meeting: its newest message with its number, and the event that the next message sets."""

    def __init__(self):
        self.watchers = 0
        self.message, self.number = b"", 0
        self.said: dict | None = None
        self.said_at = 0.0
        self._next = asyncio.Event()
        self.reading = asyncio.Lock()

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
    """All channels of this process. `read(slug)` returns the public state of a meeting, or None if there is none."""

    def __init__(self, read: Callable[[str], dict | None]):
        self.read = read
        self.channels: dict[str, Channel] = {}
        self.reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="floor-reader")

    @property
    def watchers(self) -> int:
        """How many connections are held."""
        return sum(channel.watchers for channel in self.channels.values())

    async def join(self, slug: str) -> Channel | None:
        """Return the `Channel` of the meeting `slug` with its message read; None if there is no such meeting.

        Raises what reading raises if the database is not available.
        """
        channel = self.channels.get(slug) or Channel()
        if channel.said is None:
            await self._read(slug, channel)
        if channel.said is None:
            return None
        channel = self.channels.setdefault(slug, channel)
        channel.watchers += 1
        return channel

    def leave(self, slug: str) -> None:
        """Count one connection fewer; drop a channel that no connection watches."""
        channel = self.channels[slug]
        channel.watchers -= 1
        if not channel.watchers:
            del self.channels[slug]

    async def refresh(self, slug: str | None = None) -> None:
        """Read the meeting `slug` again, or every watched one, and send the state to its watchers if it changed."""
        slugs = list(self.channels) if slug is None else [slug] if slug in self.channels else []
        for each in slugs:
            await self._refresh(each, self.channels[each])

    async def beat_for_ever(self) -> None:
        """Read every channel that was quiet for `BEAT` seconds again, and send its state even if nothing changed.

        A channel that has just sent an act is left alone: two messages at once would hold up the next act.
        """
        while True:
            await asyncio.sleep(BEAT / 10)
            for slug, channel in list(self.channels.items()):
                if time.monotonic() - channel.said_at >= BEAT:
                    await self._refresh(slug, channel, is_beat=True)

    async def _refresh(self, slug, channel, *, is_beat=False):
        """Read and send. If the database is not available, this message is lost and a line is logged."""
        try:
            await self._read(slug, channel, is_beat=is_beat)
        except Exception as error:  # noqa: BLE001  whatever failed, the other channels are still read
            logger.warning("The state of %s could not be read: %s.", slug, type(error).__name__)

    async def _read(self, slug, channel, *, is_beat=False):
        async with channel.reading:
            state = await asyncio.get_running_loop().run_in_executor(self.reader, self.read, slug)
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
    """The part of the state that only acts change: without the clock, and without the running times that follow it."""
    current = state.get("current")
    kept = {name: value for name, value in state.items() if name not in {"now", "current"}}
    running = {"elapsed_seconds", "left_seconds", "colour"}
    return kept, {name: value for name, value in current.items() if name not in running} if current else None
