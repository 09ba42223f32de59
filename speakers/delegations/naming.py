"""The delegations of a meeting’s date, as one types their names.  R-71 R-72"""

from datetime import date

from languages.collation import in_order
from speakers.models import Delegation, DelegationPlace, beside_names, called_then


def holding_a_place(on: date) -> list[Delegation]:
    """The active delegations that hold a place on the date `on`, under their names of it (one statement).  R-72"""
    placed = DelegationPlace.objects.in_force(on).values("delegation")
    return called_then(beside_names(Delegation.objects.filter(is_active=True, pk__in=placed), on))


def suggestions(on: date) -> list[str]:
    """The names of `holding_a_place` in the active language, in alphabetical order."""
    return in_order(str(each) for each in holding_a_place(on))
