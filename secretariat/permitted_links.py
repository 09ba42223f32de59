"""Which lines of the front page are links for the person who reads it: only pages that they may open.  R-58"""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from floor.access import RUN, SEE
from registration.views.staff import SCAN

# Staff pages outside the admin, with the permissions any one of which opens them.
OUTSIDE_THE_ADMIN = {"floor:console": (RUN, SEE), "registration:hand_over": (SCAN,)}


def without_shut_doors(blocks: list[Any], user: Any) -> list[Any]:
    """The `blocks` of the front page without the links that `user` may not open; the words stay."""
    return [_open_to(user, block) for block in blocks]


def _open_to(user, block):
    lines = [line if may_open(user, line.address) else replace(line, address="") for line in block.lines]
    return replace(block, lines=lines, address=block.address if may_open(user, block.address) else "")


def may_open(user: Any, address: str) -> bool:
    """May `user` open the page at `address`? In the admin, the permission to view its model decides (no statement)."""
    if not address:
        return True
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return False
    if permissions := OUTSIDE_THE_ADMIN.get(found.view_name):
        return any(user.has_perm(permission) for permission in permissions)
    app, _, rest = (found.url_name or "").partition("_")
    model = rest.partition("_")[0]
    return any(user.has_perm(f"{app}.{verb}_{model}") for verb in ("view", "change"))
