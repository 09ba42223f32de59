"""The ASGI application that holds the streams: GET /live/<meeting>/, /live/<meeting>/<page>/<language>/, nothing else.

Bare ASGI, because a connection held for hours pays for every layer: 3,000 screens are 3,000 coroutines and the same
bytes. It knows no session and sets no cookie: everything it sends is public (R-29).
"""

import asyncio
import contextlib
import logging
import re
import time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

import watching as counts
from dialogue.networks import network_at
from floor import fragments
from floor.streaming import snapshot, watching
from floor.streaming.hub import Hub
from floor.streaming.limiting import Networks

logger = logging.getLogger(__name__)

PATH = re.compile(rf"/live/([-\w]{{1,60}}(?:/(?:{'|'.join(fragments.PAGES)})/[-a-z]{{2,10}}(?:,[-a-z]{{2,10}})?)?)/")
# How many connections one process holds. Beyond that a page polls every few seconds, as it does without streams.
AT_MOST = 5000
STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"),
]
# How soon a browser reconnects after its stream was cut, in milliseconds.
RETRY = b"retry: 2000\n\n"
# How soon a network that has too many streams may try again, in seconds. A page asks meanwhile, and tries by itself.
LATER = (b"retry-after", b"10")


class Application:
    """An ASGI 3 application; its hub and its watching task live as long as the process."""

    def __init__(self, read=snapshot.read):
        self.read = read
        self.hub: Any = None
        self.networks = Networks(
            most=settings.LIVE_STREAMS_PER_NETWORK, per_second=settings.LIVE_NEW_STREAMS_PER_SECOND
        )
        self.tasks = []

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive, send):
        while (await receive())["type"] == "lifespan.startup":
            self.hub = Hub(self.read)
            works = (self.hub.beat_for_ever(), watching.watch(self.hub))
            self.tasks = [asyncio.create_task(work) for work in works]
            await send({"type": "lifespan.startup.complete"})
        for task in self.tasks:
            task.cancel()
        self.hub.reader.shutdown(wait=False)
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope, receive, send):
        headers = _for_origin(scope)
        if scope["path"] == "/live/healthz":
            return await _say(send, 200, f"{self.hub.watchers} streams\n", headers)
        found = PATH.fullmatch(scope["path"])
        if scope["method"] != "GET" or found is None:
            return await _say(send, 404, "There is no such stream.\n", headers)
        if self.hub.watchers >= AT_MOST:
            counts.STREAMS_REFUSED.labels("full").inc()
            return await _say(send, 503, "Too many streams; request the state instead.\n", headers)
        network = _network_of(scope)
        if not self.networks.admit(network, time.monotonic()):
            counts.STREAMS_REFUSED.labels("network").inc()
            words = "Too many streams from your network; request the state instead.\n"
            return await _say(send, 429, words, [LATER, *headers])
        try:
            await self._hold(found[1], receive, send, headers)
        finally:
            self.networks.leave(network)

    async def _hold(self, name, receive, send, headers):
        """Stream the channel called `name` until the client disconnects."""
        try:
            channel = await self.hub.join(name)
        except Exception as error:  # noqa: BLE001  who asked is answered, whatever failed
            logger.warning("The state of %s could not be read: %s.", name, type(error).__name__)
            return await _say(send, 503, "The state cannot be read now; try again soon.\n", headers)
        if channel is None:
            return await _say(send, 404, "There is no such meeting.\n", headers)
        try:
            await _stream(channel, receive, send, headers)
        finally:
            self.hub.leave(name)


async def _stream(channel, receive, send, headers):
    """Send the messages of the channel until the client disconnects."""
    await send({"type": "http.response.start", "status": 200, "headers": STREAM + headers})
    sender = asyncio.create_task(_send_for_ever(channel, send))
    try:
        await _gone(receive)
    finally:
        sender.cancel()
        with contextlib.suppress(asyncio.CancelledError, OSError):
            await sender


async def _send_for_ever(channel, send):
    message, number = RETRY + channel.message, channel.number
    while True:
        await send({"type": "http.response.body", "body": message, "more_body": True})
        message, number = await channel.after(number)


async def _gone(receive):
    while (await receive())["type"] != "http.disconnect":
        continue


async def _say(send, status, words, headers):
    plain = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": plain})
    await send({"type": "http.response.body", "body": words.encode()})


def _network_of(scope):
    """The network that the request comes from, as the pages count it (`dialogue/networks.py`)."""
    forwarded = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
    peer = scope.get("client") or ("", 0)
    return network_at(peer[0], forwarded=forwarded.decode("latin-1"))


def _for_origin(scope):
    """Let pages of this site read the stream if it has a port of its own (the embedded mode).

    Everything it sends is public; the origin is checked all the same, so that other sites do not build on it.
    """
    origin = dict(scope["headers"]).get(b"origin", b"")
    if not settings.LIVE_PORT or _host_of(origin) not in {name.strip("[]") for name in settings.ALLOWED_HOSTS}:
        return []
    return [(b"access-control-allow-origin", origin), (b"vary", b"origin")]


def _host_of(origin):
    """The host in the header `origin`; None if it is no address."""
    try:
        return urlsplit(origin.decode("latin-1")).hostname
    except ValueError:
        return None
