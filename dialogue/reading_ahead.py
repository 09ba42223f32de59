"""What an act or a page needs of a meeting beside its list: read before the row is locked, and kept for a second.

So no one waits for it under the lock. Decision record 0084.
"""

from copy import copy
from functools import partial
from typing import Any, cast

from django.core.cache import caches
from django.db.models import prefetch_related_objects

from dialogue.freshness import FACTS, SECOND
from dialogue.models import Meeting

# What the order and the estimated turns need.
FOR_AN_ORDER = ("slots",)
# What the mails about an entry need, to its delegation and the officer.
FOR_MAIL = (*FOR_AN_ORDER, "contacts", "mail_texts")


def ahead_of(meeting: Meeting, names: tuple[str, ...] = FOR_MAIL) -> dict[str, Any]:
    """The rows of the relations `names` of `meeting`, as they were at most a second ago, for `take_over`.

    Each process keeps its own. One statement for each name that is not kept.
    """
    key = f"ahead/{meeting.pk}/{'/'.join(names)}"
    return cast(dict[str, Any], caches[FACTS].get_or_set(key, partial(_read, meeting, names), SECOND))


def take_over(meeting: Meeting, ahead: dict[str, Any]) -> None:
    """Let `meeting` hold what was read `ahead_of` it, so that it does not query it again."""
    # Django has no public way to hand over what was prefetched.
    meeting._prefetched_objects_cache = {  # type: ignore[attr-defined]  # noqa: SLF001  Django’s own
        **getattr(meeting, "_prefetched_objects_cache", {}),
        **ahead,
    }


def _read(meeting, names):
    """The rows by name, read through a copy: the meeting at hand may live longer than an act."""
    apart = copy(meeting)
    apart._prefetched_objects_cache = {}  # noqa: SLF001  as above
    prefetch_related_objects([apart], *names)
    return apart._prefetched_objects_cache  # noqa: SLF001  as above
