"""A client that is as light as possible, so that the servers are measured: HTTP/1.1, keep-alive, no library."""

import asyncio
import re
from typing import Any, NamedTuple
from urllib.parse import urlencode

# For how many seconds the client waits for an answer.
PATIENCE = 60


def _told(line, head):
    """What the `line` of a header says in its group."""
    if (found := re.search(rb"\r\n" + line, head, re.IGNORECASE)) is None:
        raise ConnectionError(f"The server did not send {line!r}.")
    return found[1]


class Answer(NamedTuple):
    """What a server answered; `head` holds the header lines."""

    status: int
    head: bytes
    body: bytes

    @property
    def location(self) -> str:
        """Where a redirect leads, as a path."""
        return _told(rb"location: (\S+)", self.head).decode()


class Connection:
    """A browser's connection to one server, one request at a time; it connects again if the server closed it."""

    def __init__(self, port: int):
        self.port = port
        self._line: Any = None

    async def get(self, path: str, cookie: str = "") -> Answer:
        """The `Answer` to a GET of `path` with `cookie`."""
        return await self._ask(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode())

    async def post(self, path: str, cookie: str, typed: dict[str, Any]) -> Answer:
        """The `Answer` to a POST of a form that holds what was `typed`."""
        body = urlencode(typed)
        return await self._ask(
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )

    async def _ask(self, request):
        if self._line is None or not self._line.is_open:
            _, self._line = await asyncio.get_running_loop().create_connection(_Line, "127.0.0.1", self.port)
        async with asyncio.timeout(PATIENCE):
            return await self._line.ask(request)

    def close(self) -> None:
        if self._line is not None:
            self._line.close()


class _Line(asyncio.Protocol):
    """One TCP connection, open until the server says that it closes it."""

    def __init__(self):
        self._received, self._length, self.is_open = bytearray(), None, True
        self._answer: Any = None

    def ask(self, request):
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._answer

    def close(self):
        self.is_open = False
        self._transport.close()

    def connection_made(self, transport):
        self._transport = transport

    def connection_lost(self, error):
        self.is_open = False
        if self._answer and not self._answer.done():
            self._answer.set_exception(error or ConnectionError("The server closed the connection."))

    def data_received(self, data):
        self._received += data
        if self._length is None and (end := self._received.find(b"\r\n\r\n")) >= 0:
            self._head = bytes(self._received[:end])
            self._length = int(_told(rb"content-length: (\d+)", self._head))
            del self._received[: end + 4]
        if self._length is not None and len(self._received) >= self._length:
            self._finish()

    def _finish(self):
        answer = Answer(int(self._head.split(b" ", 2)[1]), self._head, bytes(self._received[: self._length]))
        del self._received[: self._length]
        self._length = None
        if b"\r\nconnection: close" in self._head.lower():
            self.close()
        self._answer.set_result(answer)
