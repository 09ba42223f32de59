"""What a client does, over and over: read a page, or walk from the form to the receipt.

A scenario runs on any connection that has `get` and `post`.
"""

import itertools
import re
from collections.abc import Iterable
from typing import Any

from tests.bench.client import Answer

# The cookie of a browser that has visited before; Django accepts any 32 letters.
CSRF = "csrftoken=" + "benchmark" * 3 + "token"


class Unexpected(Exception):
    """A server did not answer as expected, so the measurement would mean nothing."""


def expect(answer: Answer, status: int, words: bytes = b"") -> None:
    """Raise `Unexpected` if the `answer` has another `status` or lacks these `words`."""
    if answer.status != status or words not in answer.body:
        raise Unexpected(
            f"{answer.status} instead of {status} {words!r}: {answer.body[:2000].decode(errors='replace')}"
        )


class Reading:
    """Read one page, each time as the next of the visitors with these `cookies`.

    With `another_address` it has a new address each time, so that it is made and not served from a cache.
    """

    requests = ("GET",)

    def __init__(self, *, path: str, words: str, cookies: Iterable[str] = ("",), another_address: bool = False):
        self.path, self.words, self.cookies = path, words.encode(), itertools.cycle(cookies)
        self.numbers = itertools.count() if another_address else None
        self.bytes = 0

    async def once(self, connection: Any) -> None:
        path = self.path if self.numbers is None else f"{self.path}?{next(self.numbers)}"
        answer = await connection.get(path, next(self.cookies))
        expect(answer, 200, self.words)
        self.bytes = len(answer.body)


class Walking:
    """Open the form, send it, and read the receipt: each of `forms` once, a (path, cookie, typed)."""

    requests = ("GET form", "POST", "GET receipt")

    def __init__(self, *, forms: Iterable[tuple[str, str, dict[str, Any]]], words: str):
        self.forms, self.words = iter(forms), words.encode()

    async def once(self, connection: Any) -> None:
        path, cookie, typed = next(self.forms)
        cookie = f"{CSRF}; {cookie}"
        form = await connection.get(path, cookie)
        expect(form, 200, b"csrfmiddlewaretoken")
        sent = await connection.post(path, cookie, {**typed, **hidden_fields(form.body)})
        expect(sent, 302)
        expect(await connection.get(sent.location, cookie), 200, self.words)


def hidden_fields(page: bytes) -> dict[str, str]:
    """The names and values of a form's hidden fields."""
    inputs = re.findall(rb'<input type="hidden" name="(\w+)" value="([^"]+)"', page)
    return {name.decode(): value.decode() for name, value in inputs}
