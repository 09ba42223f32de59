"""What a client does, over and over: read a page, or walk from the form to the receipt.

A scenario runs on any connection that has `get` and `post`: over the network for its speed (`client.py`), inside one
process for its SQL statements (`statements.py`).
"""

import itertools
import re
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
    """Read one page; with `another_address`, under a new address each time, so that no cached copy is served."""

    requests = ("GET",)

    def __init__(self, *, path, words, cookie="", another_address=False):
        self.path, self.words, self.cookie = path, words.encode(), cookie
        self.numbers = itertools.count() if another_address else None

    async def once(self, connection: Any) -> None:
        path = self.path if self.numbers is None else f"{self.path}?{next(self.numbers)}"
        expect(await connection.get(path, self.cookie), 200, self.words)


class Walking:
    """Open the form, send it, and read the receipt, each time as another delegation.

    `paths` are forms to which each of `cookies` may send once; `typed` is what goes into them.
    """

    requests = ("GET form", "POST", "GET receipt")

    def __init__(self, *, paths, cookies, typed, words):
        self.turns = itertools.product(paths, cookies)
        self.typed, self.words = typed, words.encode()

    async def once(self, connection: Any) -> None:
        path, cookie = next(self.turns)
        cookie = f"{CSRF}; {cookie}"
        form = await connection.get(path, cookie)
        expect(form, 200, b"csrfmiddlewaretoken")
        sent = await connection.post(path, cookie, {**self.typed, **hidden_fields(form.body)})
        expect(sent, 302)
        expect(await connection.get(sent.location, cookie), 200, self.words)


def hidden_fields(page: bytes) -> dict[str, str]:
    """The names and values of a form's hidden fields."""
    inputs = re.findall(rb'<input type="hidden" name="(\w+)" value="([^"]+)"', page)
    return {name.decode(): value.decode() for name, value in inputs}


KINDS: dict[str, type[Reading] | type[Walking]] = {
    "page": Reading,
    "uncached": Reading,
    "list": Reading,
    "walk": Walking,
}


def scenarios_of(facts: dict[str, dict[str, Any]]) -> dict[str, Reading | Walking]:
    """The scenarios by name, from what a site's filling says about each."""
    return {name: KINDS[name](**own) for name, own in facts.items()}
