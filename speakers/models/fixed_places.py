"""What a list fixed for each delegation when it opened: its place and its names, all of them or those of one.  R-61"""

from typing import Any, Self

from django.db.models import Func, JSONField, Q, QuerySet, Value


class OfOne(Func):
    """What a JSON column keeps under one key."""

    template, arg_joiner = "(%(expressions)s)", " -> "
    output_field = JSONField()


class WithPlaces(QuerySet):
    """Lists with what a new entry depends on; they are read without it elsewhere."""

    def with_places(self) -> Self:
        """The lists with places and names of the delegations and the groups, on which a new entry depends.  R-61"""
        return self.defer(None)

    def with_place_of(self, code: str | Value) -> Self:
        """The lists as `with_places` reads them, but with the place and names of one delegation, by its code.

        Those of all delegations, in six languages, take longer to read than all else that is done under the lock.
        """
        code = code if isinstance(code, Value) else Value(code)
        own = {"own_place": OfOne("places", code), "own_names": OfOne("names", code)}
        found = self.with_places().defer("places", "names").annotate(read_for=code, **own)
        return found.annotate(has_own_place=Q(own_place__isnull=False))


class FixedForDelegations:
    """A list, read with all `places` and `names` or, by `with_place_of`, with those of one delegation, `read_for`."""

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
