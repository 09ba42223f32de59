"""The fragments of the public live pages: rendered once per act and language, for pages and for streams.  R-29 R-35"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from floor import standings, state

# The live pages that are the same for everyone, and the fragments of each, by their ids; each has a template.
PAGES = {
    "display": {"display-room": "floor/_display.html", "display-foot": "floor/_display_foot.html"},
    "now": {"room-now": "floor/_room_now.html", "room-next": "floor/_room_next.html"},
}


@dataclass(frozen=True, slots=True)
class Shown:
    """The `fragments` of a page by their ids; `stamp` differs if anything but a running clock does."""

    state: dict[str, Any]
    stamp: str
    fragments: dict[str, str]

    def message(self, at: datetime) -> dict[str, Any]:
        """What the stream says at the moment `at`: all that the page's script needs."""
        return {
            "version": self.state["version"],
            "state": self.state["state"],
            "now": state.moment(at),
            "stamp": self.stamp,
            "fragments": self.fragments,
        }


def of(page: str, floor: standings.Floor, at: datetime) -> Shown:
    """What the `page` shows of a `floor` read by `standings.read_published`, in the active language.

    Clocks are rendered as at `at`, or up to a second before: the page's script lets them run.
    """
    return floor.shared((page, get_language()), lambda: _rendered(page, floor, at), at=at)


def context_of(page: str, floor: standings.Floor, at: datetime) -> dict[str, Any]:
    """What the template of the live `page` needs."""
    shown = of(page, floor, at)
    return {
        "meeting": floor.meeting,
        "state": shown.state | {"now": state.moment(at)},
        "fragments": shown.fragments,
        "live_port": settings.LIVE_PORT,
    }


def whole_page(page: str, template: str, floor: standings.Floor, at: datetime) -> str:
    """The whole live `page` by its `template`, for pages that are the same for everyone to the last letter."""
    key = (template, get_language(), settings.LIVE_PORT)
    return floor.shared(key, lambda: render_to_string(template, context_of(page, floor, at)), at=at)


def _rendered(page, floor, at):
    said = state.of_floor(floor, at)
    context = {"meeting": floor.meeting, "state": said, "as_at": at}
    stamp = hashlib.sha256(repr((get_language(), state.steady(said))).encode()).hexdigest()[:16]
    return Shown(said, stamp, {name: render_to_string(each, context) for name, each in PAGES[page].items()})
