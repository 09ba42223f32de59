"""The language chosen under an address, in which the site writes to it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import clock
import spelling
from languages.models import Choice
from languages.offered import is_offered

_all: ContextVar[dict[str, str] | None] = ContextVar("languages_of_all", default=None)


def language_of(*addresses: str) -> str:
    """The language chosen under the first of `addresses` under which one was that is still offered; empty if none."""
    keys = [spelling.address(address) for address in addresses]
    found = _all.get()
    if found is None:
        found = _read(Choice.objects.filter(address__in=keys))
    elif not found:
        found.update(_read(Choice.objects.all()) or {"": ""})
    return next((found[key] for key in keys if is_offered(found.get(key))), "")


def remember(language: str, addresses: Iterable[str]) -> None:
    """Write in `language` to each of `addresses` from now on; empty ones are left out."""
    for address in filter(None, map(spelling.address, addresses)):
        Choice.objects.update_or_create(address=address, defaults={"language": language, "used_at": clock.now()})


@contextmanager
def read_once() -> Iterator[None]:
    """Let `language_of` read all choices at once in this block, when it is first asked: for mail to many."""
    token = _all.set({})
    try:
        yield
    finally:
        _all.reset(token)


def _read(choices):
    return dict(choices.values_list("address", "language"))
