"""The fragments of the public live pages: rendered once per act and language, for pages and for streams.  R-29 R-35"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language

from floor import standings, state
from languages.offered import is_offered

# How many languages a screen shows in turn at most: each row of them has a stream of its own. Side by side stand two.
AT_MOST, BESIDE = 3, 2
# The live pages that are the same for everyone, and the fragments of each, by their ids; each has a template.
PAGES = {
    "display": {"display-room": "floor/_display.html", "display-foot": "floor/_display_foot.html"},
    "overlay": {"overlay": "floor/_overlay.html"},
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


def in_turn(page: str, floor: standings.Floor, at: datetime, languages: Sequence[str]) -> Shown:
    """What the `page` shows in each of `languages` in turn: its fragments by their ids with the language after a dash.

    One language is the page as it is. Each is rendered once for all pages that show it, alone or with another.
    """
    shown = []
    for language in languages:
        with translation.override(language):
            shown.append(of(page, floor, at))
    if len(shown) == 1:
        return shown[0]
    fragments = {
        f"{name}-{language}": html
        for language, each in zip(languages, shown, strict=True)
        for name, html in each.fragments.items()
    }
    return Shown(shown[0].state, " ".join(each.stamp for each in shown), fragments)


def are_offered(languages: Sequence[str]) -> bool:
    """Does this site offer each of `languages`, and does a screen show as many?"""
    return 0 < len(languages) <= AT_MOST and all(map(is_offered, languages))


def context_of(page: str, floor: standings.Floor, at: datetime, languages: Sequence[str] = ()) -> dict[str, Any]:
    """What the template of the live `page` needs, in the active language or in `languages` in turn."""
    languages = languages or [get_language() or settings.LANGUAGE_CODE]
    shown = in_turn(page, floor, at, languages)
    return {
        "languages": languages,
        "meeting": floor.meeting,
        "state": shown.state | {"now": state.moment(at)},
        "fragments": shown.fragments,
        "live_port": settings.LIVE_PORT,
    }


def whole_page(page: str, template: str, floor: standings.Floor, at: datetime, languages: Sequence[str] = ()) -> str:
    """The whole live `page` by its `template`, for pages that are the same for everyone to the last letter.

    It is in the active language, or in `languages` in turn, the first one first.
    """
    with translation.override(languages[0] if languages else get_language()):
        key = (template, get_language(), tuple(languages), settings.LIVE_PORT)
        make = partial(_whole, page, template, floor, at, languages)
        return floor.shared(key, make, at=at)


def _whole(page, template, floor, at, languages):
    return render_to_string(template, context_of(page, floor, at, languages))


def _rendered(page, floor, at):
    said = state.of_floor(floor, at)
    context = {"meeting": floor.meeting, "state": said, "as_at": at}
    stamp = hashlib.sha256(repr((get_language(), state.steady(said))).encode()).hexdigest()[:16]
    return Shown(said, stamp, {name: render_to_string(each, context) for name, each in PAGES[page].items()})
