"""What a list fixed for each delegation when it opened: its place and its names, all of them or those of one.  R-61"""

from typing import Any

from django.db.models import Func, JSONField, Q, Value


class OfOne(Func):
    """What a JSON column keeps under one key."""

    template, arg_joiner = "(%(expressions)s)", " -> "
    output_field = JSONField()


def columns_for(code: str) -> dict[str, Any]:
    """Expressions that read, with the row of a list, what it fixed for the delegation of this `code` alone."""
    return {
        "read_for": Value(code),
        "own_place": OfOne("places", Value(code)),
        "own_names": OfOne("names", Value(code)),
        "has_own_place": Q(places__has_key=code),
    }


class FixedForDelegations:
    """A list, read with all `places` and `names` or, by `columns_for`, with those of the one delegation `read_for`."""

    read_for = ""
    own_place: dict[str, Any] | None
    own_names: dict[str, Any] | None
    has_own_place: bool
    places: Any
    names: Any

    def fixed_for(self, code: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None] | None:
        """Place and names of the delegation of this `code`, as fixed when it opened; None if nothing was.  R-61

        A delegation without a place has None for its place.
        """
        if self.read_for == code:
            return (self.own_place, self.own_names) if self.has_own_place else None
        places, names = self.places or {}, self.names or {}
        return (places[code], names.get(code)) if code in places else None
