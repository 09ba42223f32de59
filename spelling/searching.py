"""What staff search for, before it is looked up."""

from typing import Any

from django.db.models import QuerySet

# Longer than any name, address or witness that is stored.
LONGEST = 300


class Searched:
    """Mixin for pages of the admin: what is longer than all that is stored finds nothing, and is not asked for.

    Databases refuse long patterns, each at another length.
    """

    def get_search_results(self, request: Any, queryset: QuerySet[Any], search_term: str) -> Any:
        """What `search_term` finds in `queryset`, and whether a row may stand in it twice."""
        if len(search_term) > LONGEST:
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)  # type: ignore[misc]
