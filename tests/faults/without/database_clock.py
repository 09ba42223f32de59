"""The site on a machine whose clock is wrong, asking that clock, not the one of the database.  R-03"""

from datetime import UTC, datetime

import clock
from config.wsgi import application as _site  # noqa: F401  the apps, before what follows
from speakers import lists
from tests.faults.wrong_clock import application

__all__ = ["application"]

_published_or_404 = lists.published_or_404


def own_clock():
    return datetime.now(UTC)


def published_or_404(*address):
    speakers_list, _at = _published_or_404(*address)
    return speakers_list, own_clock()


lists.published_or_404, clock.now = published_or_404, own_clock
