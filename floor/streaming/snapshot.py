"""The state of one meeting, read in a separate thread, outside any request."""

from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.http import Http404
from django.utils import translation

from floor import standings, state


def state_of(slug: str) -> dict[str, Any] | None:
    """The public state of the floor of the published meeting `slug`; None if there is no such meeting.  R-29 R-35"""
    close_old_connections()
    try:
        floor, at = standings.read_published(slug)
        with translation.override(settings.LANGUAGE_CODE):
            return state.of_floor(floor, at)
    except Http404:
        return None
    finally:
        close_old_connections()
