"""What a channel says, read in a separate thread, outside any request."""

from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.http import Http404
from django.utils import translation

from floor import fragments, standings, state


def read(name: str) -> dict[str, Any] | None:
    """What the channel `name` says; None if there is none.  R-29 R-35

    A meeting (“dialogue”) says the public state of its floor, a page of it (“dialogue/display/en”) its fragments in a
    language. Only published meetings have channels.
    """
    slug, _slash, page = name.partition("/")
    page, _slash, language = page.partition("/")
    if language and language not in dict(settings.LANGUAGES):
        return None
    close_old_connections()
    try:
        floor, at = standings.read_published(slug)
        with translation.override(language or settings.LANGUAGE_CODE):
            return fragments.of(page, floor, at).message(at) if page else state.of_floor(floor, at)
    except Http404:
        return None
    finally:
        close_old_connections()
