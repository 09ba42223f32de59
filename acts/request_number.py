"""The number of the request that is being answered, or whose mail is being sent: one from the proxy to the worker.

A proxy may give it as `X-Request-ID`. It is in each line of the log, in the answer, on the pages that tell of a
failure, and beside each mail that the request posted.
"""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

HEADER = "X-Request-ID"
LENGTH = 64
SPOKEN = 8
PROPER = re.compile(r"[0-9A-Fa-f]{16,64}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")

_current: ContextVar[str] = ContextVar("request_number", default="")


def current() -> str:
    """The number, or an empty text outside of any request and task."""
    return _current.get()


def begin(number: str) -> None:
    """Have that `number` from now on in this thread, for a task, which has no body to put into a `with`."""
    _current.set(number)


def judged(given: str) -> str:
    """The number that was `given` if it is hexadecimal or a UUID; otherwise a new one, so that no log is forged."""
    return given if PROPER.fullmatch(given) else uuid.uuid4().hex


def spoken(number: str) -> str:
    """The beginning of the `number`, which a person can say or type, and which finds it in the log."""
    return number[:SPOKEN]


@contextmanager
def known_as(number: str) -> Iterator[None]:
    """Have that `number` for the body of a `with`; an empty one leaves the number that there is."""
    token = _current.set(number or _current.get())
    try:
        yield
    finally:
        _current.reset(token)
