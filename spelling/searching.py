"""What staff search for, before it is looked up."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import QuerySet

import spelling

# Longer than any name, address or witness that is stored.
LONGEST = 300
# How a field of a search ends that is compared as a whole, or from its beginning.
COMPARED_WHOLE = ("__exact", "__startswith")


class Searched:
    """Mixin for pages of the admin: what is longer than all that is stored finds nothing, and is not asked for.

    Databases refuse long patterns, each at another length.
    """

    def get_search_results(self, request: Any, queryset: QuerySet[Any], search_term: str) -> Any:
        """What `search_term` finds in `queryset`, and whether a row may stand in it twice."""
        if len(search_term) > LONGEST:
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)  # type: ignore[misc]


class Folded(Searched):
    """Mixin for pages of the admin: finds what is written as typed, and what reads like it, in any script.  R-71"""

    def get_search_results(self, request: Any, queryset: QuerySet[Any], search_term: str) -> Any:
        """What `search_term` finds in `queryset` as it is or however spelt, and whether a row may stand in it twice."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if len(search_term) > LONGEST or not (key := spelling.search_key(search_term)):
            return found, may_repeat
        alike, may_also = super().get_search_results(request, queryset, key)
        texts = [name for name in self.get_search_fields(request) if not name.endswith(COMPARED_WHOLE)]  # type: ignore[attr-defined]
        read_alike = queryset.filter(pk__in=reading_like(key, queryset.values_list("pk", *texts)))
        return found | alike | read_alike, may_repeat or may_also


def reading_like(key: str, rows: Iterable[tuple[Any, ...]]) -> set[Any]:
    """Which of the `rows` (the row’s own key, then its texts) hold each word of the search `key`, however spelt.  R-71

    A text in several languages is found in each of them.
    """
    words, read = key.split(), cache(spelling.search_key)  # the same words stand in many rows

    def holds(said):
        text = " ".join(map(read, said.split()))
        return all(word in text for word in words)

    return {pk for pk, *texts in rows if holds("\n".join(map(_said, texts)))}


def _said(text):
    """All that `text` says: in every language, if it is in several."""
    said = getattr(text, "data", text)
    return "\n".join(filter(None, said.values())) if isinstance(said, dict) else str(said or "")
