"""Which pages a person may open, which alone are links for them, and on which they may act.  R-58"""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from floor.access import RUN, SEE, TEXTS
from registration.views.staff import SCAN

# Staff pages outside the admin, with the permissions any one of which opens them.
OUTSIDE_THE_ADMIN = {"floor:console": (RUN, SEE), "floor:booth": (TEXTS,), "registration:hand_over": (SCAN,)}
# The same, with those any one of which allows the acts on it.
ACTS_OUTSIDE_THE_ADMIN = {"floor:console": (RUN,), "registration:hand_over": (SCAN,)}
# Models on which no one acts: what their pages say is for anyone who may see them.
ONLY_SEEN = {"journal_entry"}


def without_shut_doors(blocks: list[Any], user: Any) -> list[Any]:
    """The `blocks` of the front page without the links that `user` may not open; the words stay."""
    return [_open_to(user, block) for block in blocks]


def _open_to(user, block):
    lines = [line if may_open(user, line.address) else replace(line, address="") for line in block.lines]
    return replace(block, lines=lines, address=block.address if may_open(user, block.address) else "")


def may_open(user: Any, address: str) -> bool:
    """May `user` open the page at `address`? In the admin, the permission to view its model decides (no statement)."""
    return not address or _has_one_of(user, address, OUTSIDE_THE_ADMIN, ("view", "change"))


def may_act(user: Any, address: str) -> bool:
    """May `user` do what the page at `address` is for? In the admin, the permission to change its model decides.

    What has no page is for everyone who reads it. No statement.
    """
    return not address or _has_one_of(user, address, ACTS_OUTSIDE_THE_ADMIN, ("change",))


def _has_one_of(user, address, outside, verbs):
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return False
    if permissions := outside.get(found.view_name):
        return any(user.has_perm(permission) for permission in permissions)
    app, _, rest = (found.url_name or "").partition("_")
    model = rest.partition("_")[0]
    verbs = ("view",) if f"{app}_{model}" in ONLY_SEEN else verbs
    return any(user.has_perm(f"{app}.{verb}_{model}") for verb in verbs)
