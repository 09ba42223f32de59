"""Which pages there are to be looked at: one of each kind, as staff and as each visitor of the public reads it."""

import re
from dataclasses import dataclass

from tests.hostile import addresses
from tests.hostile.visitors import PUBLIC, Browser

STAFF = "superuser"
# What a visitor reads who goes astray.
ASTRAY = ["/nothing/of/ours/", "/secretariat/nothing/of/ours/"]
# The parts in which they are looked at, each by the beginning of its addresses; what is in none is the last.
PARTS = {
    "meetings at the desk": "/secretariat/(dialogue|meetings|journal|outbox)",
    "lists at the desk": "/secretariat/speakers",
    "the rest of the desk": "/secretariat|/api|/mailbox",
    "the room": "/meetings/[^/]+/(floor|display|overlay|now|booth|statements|hand-over)",
    "missions and the public": "/",
}


@dataclass(frozen=True)
class Page:
    """A page as the `visitor` reads it at `path`, in a part of the site."""

    visitor: str
    path: str

    def __str__(self):
        return f"{self.path} ({self.visitor})"

    @property
    def part(self):
        return next(name for name, beginning in PARTS.items() if re.match(beginning, self.path))


def every():
    """Every `Page`; of those that are made of the same templates for the same route and act, the first."""
    found = list(addresses.every())
    kinds = {}
    for visitor in (STAFF, *PUBLIC):
        browser = Browser(visitor)
        for address in found:
            if not address.is_slow and (visitor == STAFF or not address.is_of_staff):
                answer = browser.get(address.path)
                if is_page(answer):
                    kinds.setdefault(_kind(address, answer), Page(visitor, address.path))
    return [*kinds.values(), *(Page(STAFF, path) for path in ASTRAY)]


def is_page(answer):
    """Is it a whole page, not a fragment of one, a file or a list for programs?"""
    return answer.status_code == 200 and b"<html" in answer.getvalue()[:2000]


def _kind(address, answer):
    """What a page has in common with others like it: its route, its act, and what it is made of, except fields."""
    templates = {each.name for each in getattr(answer, "templates", []) if each.name}
    act = dict(address.arguments).get("name", "")
    return address.route, act, frozenset(each for each in templates if not re.match("django/forms/|bootstrap5/", each))
