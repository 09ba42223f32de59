"""What every page of staff says while the site is on hold after a restore.  R-76"""

import time
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from secretariat.models import Restoration

SECONDS = 10


@dataclass(frozen=True)
class OnHold:
    """The restore with the key `pk`, after which the site is on hold, and its gap."""

    pk: int
    gap_from: datetime
    gap_until: datetime


# What this process last saw, and until when (by its own clock) it shows that without another look.
_seen: tuple[OnHold | None, float] = (None, 0.0)


def standing(*, fresh: bool = False) -> OnHold | None:
    """The restore after which the site is on hold, or None.

    One statement; none within ten seconds of the last look-up by this process, unless it has to be `fresh`.
    """
    on_hold, until = _seen
    if fresh or time.monotonic() >= until:
        row = Restoration.objects.standing().first()
        on_hold = OnHold(row.pk, row.gap_from, row.gap_until) if row else None
        remember(on_hold)
    return on_hold


def remember(on_hold: OnHold | None, *, seconds: float = SECONDS) -> None:
    """Show pages `on_hold` for so many `seconds`, without another look."""
    global _seen
    _seen = (on_hold, time.monotonic() + seconds)


def forget() -> None:
    """Look it up again for the next page."""
    remember(None, seconds=0)


def for_templates(_request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """`on_hold`, looked up only by templates of staff, which show it."""
    return {"on_hold": SimpleLazyObject(standing)}
