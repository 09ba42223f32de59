"""A delegation that is typed by its name, as when it raises its sign.  R-71"""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from speakers.delegations.recognizing import Names
from speakers.models import Delegation, DelegationPlace, called_on


def holding_a_place(on: date) -> list[Delegation]:
    """The active delegations that hold a place on the date `on`, under their names of it (two statements).  R-72"""
    placed = DelegationPlace.objects.in_force(on).values("delegation")
    return called_on(Delegation.objects.filter(is_active=True, pk__in=placed), on)


def suggestions(on: date) -> list[str]:
    """The names of `holding_a_place` in the active language, in alphabetical order."""
    return sorted(str(each) for each in holding_a_place(on))


def named(delegations: Iterable[Delegation], typed: str) -> Delegation:
    """The one of `delegations` that `typed` names. Raises `ValidationError` if it names none of them, or several."""
    delegations = list(delegations)
    code = Names(delegations).code_of(typed)
    found = next((each for each in delegations if each.code == code), None)
    if found is None:
        words = _("“%(name)s” is not the name of one delegation. Choose from those that are suggested.")
        raise ValidationError(words, code="unknown", params={"name": typed})
    return found
