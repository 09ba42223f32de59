"""Erasing the personal data in the journal; its chains stay intact.  R-57 R-58"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from journal.actors import SYSTEM
from journal.models import Entry, Payload

# The act under which an erasure is journalled. It names places and numbers only, and is kept.
ERASED = "personal data erased"
# Entries by the system that hold numbers, or facts of the meeting that stay on its public pages: they are kept.
IMPERSONAL_ACTS = [ERASED, "loaded", "tickets opened"]
IMPERSONAL = Q(entry__act__in=IMPERSONAL_ACTS, entry__actor_role=SYSTEM.role)
AT_A_TIME = 500


def payloads_of_stream(stream: str) -> QuerySet[Payload]:
    """The payloads of the chain `stream`, and of those below it, that may hold personal data."""
    below = Q(entry__stream=stream) | Q(entry__stream__startswith=f"{stream}/")
    return Payload.objects.filter(below).exclude(IMPERSONAL)


def is_impersonal(entry: Entry) -> bool:
    """Does `entry` hold nothing personal, so that its payload is never erased?"""
    return entry.act in IMPERSONAL_ACTS and entry.actor_role == SYSTEM.role


def erase(payloads: QuerySet[Payload]) -> int:
    """Delete `payloads` with their salts, so that no one can guess what they held. Returns how many."""
    return payloads.delete()[0]


def number_about(subjects: list[str]) -> int:
    """How many entries about one of `subjects`, on any chain, still have a payload."""
    return sum(payloads.count() for payloads in _about(list(subjects)))


def erase_about(subjects: Iterable[Any]) -> int:
    """Delete the payloads of all entries about one of `subjects`, on any chain. Returns how many."""
    return sum(erase(payloads) for payloads in _about(list(subjects)))


def _about(subjects):
    """Yield the payloads about `subjects`, some hundreds of subjects at a time: a statement holds only so many."""
    for begin in range(0, len(subjects), AT_A_TIME):
        about = Payload.objects.filter(entry__subject__in=subjects[begin : begin + AT_A_TIME])
        yield about.exclude(IMPERSONAL)
