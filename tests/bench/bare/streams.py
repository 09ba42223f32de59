"""A bare ASGI stream: every GET stays open, and every POST is sent unchanged to all open GETs."""

import asyncio
from typing import Any


class Application:
    def __init__(self):
        self.message = b""
        self.next: Any = None

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            return await self._live(receive, send)
        if scope["method"] == "POST":
            return await self._hear(receive, send)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
        await send({"type": "http.response.body", "body": b": open\n\n", "more_body": True})
        while True:
            await self.next.wait()
            await send({"type": "http.response.body", "body": self.message, "more_body": True})

    async def _live(self, receive, send):
        while (await receive())["type"] == "lifespan.startup":
            self.next = asyncio.Event()
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})

    async def _hear(self, receive, send):
        self.message = b"data: " + (await receive()).get("body", b"") + b"\n\n"
        spoken, self.next = self.next, asyncio.Event()
        spoken.set()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


application = Application()
