"""The site, asking the clock of its own machine, not that of the database.  R-03"""

from datetime import UTC, datetime

import clock
from config.wsgi import application
from speakers import lists

__all__ = ["application"]


def own_clock():
    return datetime.now(UTC)


def published_or_404(*address):
    speakers_list, _at = _published_or_404(*address)
    return speakers_list, own_clock()


_published_or_404 = lists.published_or_404
lists.published_or_404, clock.now = published_or_404, own_clock
