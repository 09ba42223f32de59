"""What a channel says, read in a separate thread, outside any request."""

from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.http import Http404
from django.utils import translation

from floor import fragments, standings, state


def read(name: str) -> dict[str, Any] | None:
    """What the channel `name` says; None if there is none.  R-29 R-35

    A meeting (“dialogue”) says the public state of its floor, a page of it its fragments in a language
    (“dialogue/display/en”), or in those that it shows in turn (“dialogue/display/en,fr”). Only published meetings have
    channels.
    """
    slug, _slash, page = name.partition("/")
    page, _slash, asked = page.partition("/")
    languages = asked.split(",") if asked else [settings.LANGUAGE_CODE]
    if not fragments.are_offered(languages):
        return None
    close_old_connections()
    try:
        floor, at = standings.read_published(slug)
        if page:
            return fragments.in_turn(page, floor, at, languages).message(at)
        with translation.override(settings.LANGUAGE_CODE):
            return state.of_floor(floor, at)
    except Http404:
        return None
    finally:
        close_old_connections()
