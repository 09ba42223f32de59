"""The ASGI application that holds the streams: GET /live/<meeting>/ and nothing else.

Bare ASGI, for a connection held for hours pays for every layer: 3,000 screens are 3,000 coroutines and the same bytes.
It knows no session and sets no cookie: what it sends, everybody may see (R-29).
"""

import asyncio
import contextlib
import gc
import logging
import re
from urllib.parse import urlsplit

from django.conf import settings

from floor.streaming import snapshot, watching
from floor.streaming.hub import Hub

logger = logging.getLogger(__name__)

PATH = re.compile(r"/live/([-\w]{1,60})/")
AT_MOST = 5000
"""Connections that one process holds; beyond it a page asks again every few seconds, as without streams."""
TIDY = 60.0
"""Seconds between two looks of the garbage collector through all objects."""
YOUNG, NEVER = 10_000, 1_000_000_000
"""New objects before it looks through these; and the number that a look through all waits for."""
STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"),
]
RETRY = b"retry: 2000\n\n"
"""How soon a browser comes back after its stream was cut, in milliseconds."""


class Application:
    """An ASGI 3 application; its hub and its watching live as long as the process."""

    def __init__(self, read=snapshot.state_of):
        self.read = read
        self.hub = None
        self.tasks = []

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive, send):
        while (await receive())["type"] == "lifespan.startup":
            self.hub = Hub(self.read)
            works = (self.hub.beat_for_ever(), watching.watch(self.hub), _tidy_for_ever())
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
            return await _say(send, 503, "Too many streams; ask for the state instead.\n", headers)
        try:
            channel = await self.hub.join(found[1])
        except Exception as error:  # noqa: BLE001  who asked is answered, whatever failed
            logger.warning("The state of %s could not be read: %s.", found[1], type(error).__name__)
            return await _say(send, 503, "The state cannot be read now; ask again soon.\n", headers)
        if channel is None:
            return await _say(send, 404, "There is no such meeting.\n", headers)
        try:
            await _stream(channel, receive, send, headers)
        finally:
            self.hub.leave(found[1])


async def _tidy_for_ever():
    """Look through all objects once a minute, rather than whenever many were made: while an act is handed out.

    With 3,000 screens such a look takes a quarter of a second, in which nobody sees anything.
    """
    young, middle, _old = gc.get_threshold()
    gc.set_threshold(max(young, YOUNG), middle, NEVER)
    gc.collect()
    gc.freeze()
    while True:
        await asyncio.sleep(TIDY)
        gc.collect()


async def _stream(channel, receive, send, headers):
    """Send what the channel says until the other side goes."""
    await send({"type": "http.response.start", "status": 200, "headers": STREAM + headers})
    sender = asyncio.create_task(_send_for_ever(channel, send))
    gone = asyncio.create_task(_gone(receive))
    await asyncio.wait({sender, gone}, return_when=asyncio.FIRST_COMPLETED)
    for task in (sender, gone):
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, OSError):
            await task


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


def _for_origin(scope):
    """Let pages of this site read the stream where it has a port of its own (the embedded mode).

    Whatever it sends is public; the origin is checked all the same, so that nobody builds on it elsewhere.
    """
    origin = dict(scope["headers"]).get(b"origin", b"").decode("latin-1")
    host = urlsplit(origin).hostname
    if not settings.LIVE_PORT or host not in {name.strip("[]") for name in settings.ALLOWED_HOSTS}:
        return []
    return [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"origin")]
