"""Which pages there are to be looked at: one of each kind, for staff and for each visitor of the public."""

import re
from dataclasses import dataclass

from tests.hostile import addresses
from tests.hostile.visitors import PUBLIC, Browser

STAFF = "superuser"
# What a visitor is answered who may not, or for whom there is nothing.
REFUSALS = ["/nothing/of/ours/", "/secretariat/nothing/of/ours/"]


@dataclass(frozen=True)
class Page:
    """A page as the `visitor` reads it at `path`; `kind` is the route, and the templates of which it is made."""

    visitor: str
    path: str
    kind: tuple

    def __str__(self):
        return f"{self.visitor.split(',')[0]} {self.path}"


def every():
    """Every `Page`; of those that are made of the same templates for the same route the first."""
    found = list(addresses.every())
    kinds = {}
    for visitor in (STAFF, *PUBLIC):
        browser = Browser(visitor)
        for address in found:
            if not address.is_slow and (visitor == STAFF or not address.is_of_staff):
                _add(kinds, browser, visitor, address)
    return list(kinds.values())


def _add(kinds, browser, visitor, address):
    answer = browser.get(address.path)
    if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
        templates = frozenset(each.name for each in answer.templates if not of_a_field(each.name))
        kind = (address.route, templates)
        kinds.setdefault(kind, Page(visitor, address.path, kind))


def of_a_field(template):
    return bool(re.match(r"django/forms/|bootstrap5/", template or ""))
