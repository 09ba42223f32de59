"""Channels: the newest message of each meeting that somebody watches, and those who wait for the next.  R-35

A slow connection skips what it was too slow for: each waits for the newest message, never for a queue.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

logger = logging.getLogger(__name__)

BEAT = 5.0
"""Seconds after which a channel says something again, so that a page knows that its stream lives; it reads again, too,
what an announcement that was lost would have told."""


class Channel:
    """One watched meeting: its newest message with its number, and the event that the next one sets."""

    def __init__(self):
        self.watchers = 0
        self.message, self.number = b"", 0
        self.said: dict | None = None
        self.said_at = 0.0
        self._next = asyncio.Event()
        self.reading = asyncio.Lock()

    def say(self, message):
        """Hand `message` to everyone who waits."""
        self.message, self.number, self.said_at = message, self.number + 1, time.monotonic()
        spoken, self._next = self._next, asyncio.Event()
        spoken.set()

    async def after(self, number):
        """The newest message and its number, once it is newer than the message `number`."""
        while self.number == number:
            await self._next.wait()
        return self.message, self.number


class Hub:
    """All channels of this process. `read(slug)` gives the state of a meeting, or None where the public has none."""

    def __init__(self, read: Callable[[str], dict | None]):
        self.read = read
        self.channels: dict[str, Channel] = {}
        self.reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="floor-reader")

    @property
    def watchers(self):
        """How many connections are held."""
        return sum(channel.watchers for channel in self.channels.values())

    async def join(self, slug):
        """The `Channel` of the meeting `slug` with its message read; None where there is no such meeting.

        Raises what reading raises, where the database is away.
        """
        channel = self.channels.get(slug) or Channel()
        if channel.said is None:
            await self._read(slug, channel)
        if channel.said is None:
            return None
        channel = self.channels.setdefault(slug, channel)
        channel.watchers += 1
        return channel

    def leave(self, slug):
        """One connection fewer; a channel that nobody watches is forgotten."""
        channel = self.channels[slug]
        channel.watchers -= 1
        if not channel.watchers:
            del self.channels[slug]

    async def refresh(self, slug=None):
        """Read the meeting `slug` again, or every watched one, and tell those who watch it if it changed."""
        slugs = list(self.channels) if slug is None else [slug] if slug in self.channels else []
        for each in slugs:
            await self._refresh(each, self.channels[each])

    async def beat_for_ever(self):
        """Where nothing was said for `BEAT` seconds: read again, and say so even where nothing changed.

        A channel that has just told an act is left alone: two messages at once would hold up the next act.
        """
        while True:
            await asyncio.sleep(BEAT / 10)
            for slug, channel in list(self.channels.items()):
                if time.monotonic() - channel.said_at >= BEAT:
                    await self._refresh(slug, channel, is_beat=True)

    async def _refresh(self, slug, channel, *, is_beat=False):
        """Read and say. A database that is away costs a line in the log and this one message."""
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


def event(state):
    """One server-sent event that carries `state`."""
    return b"event: state\ndata: " + json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode() + b"\n\n"


def _is_same(state, said):
    """Would a page show the same? The server's clock alone makes no difference; what runs by it, pages compute."""
    return said is not None and _steady(state) == _steady(said)


def _steady(state):
    """What changes by acts alone: neither the clock nor what it makes of the current statement."""
    current = state.get("current")
    kept = {name: value for name, value in state.items() if name not in {"now", "current"}}
    running = {"elapsed_seconds", "left_seconds", "colour"}
    return kept, {name: value for name, value in current.items() if name not in running} if current else None
