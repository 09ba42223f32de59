"""What every page of staff says while the site is on hold after a restore.  R-76"""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from secretariat.models import Restoration

KEY, SECONDS = "recovery.banner", 10


@dataclass(frozen=True)
class OnHold:
    """The restore with the key `pk`, after which the site is on hold, and its gap."""

    pk: int
    gap_from: datetime
    gap_until: datetime


def standing(*, fresh: bool = False) -> OnHold | None:
    """The restore after which the site is on hold, or None.

    One statement; none within ten seconds of the last look-up by this process, unless it has to be `fresh`.
    """
    kept = None if fresh else caches["facts"].get(KEY)
    if kept is None:
        row = Restoration.objects.standing().first()
        kept = [OnHold(row.pk, row.gap_from, row.gap_until) if row else None]
        remember(*kept)
    return kept[0]


def remember(on_hold: OnHold | None, *, seconds: int = SECONDS) -> None:
    """Show pages `on_hold` for so many `seconds`, without another look."""
    caches["facts"].set(KEY, [on_hold], seconds)


def forget() -> None:
    """Look it up again for the next page."""
    caches["facts"].delete(KEY)


def for_templates(_request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """`on_hold`, looked up only by templates of staff, which show it."""
    return {"on_hold": SimpleLazyObject(standing)}
