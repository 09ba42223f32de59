"""A delegation that is typed by its name, as when it raises its sign.  R-71"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from speakers.delegations.recognizing import Names
from speakers.forms.choices import Suggesting
from speakers.models import Delegation, DelegationPlace, called_on
from spelling.typed import Line


def holding_a_place(on: date) -> list[Delegation]:
    """The active delegations that hold a place on the date `on`, under their names of it (two statements).  R-72"""
    placed = DelegationPlace.objects.in_force(on).values("delegation")
    return called_on(Delegation.objects.filter(is_active=True, pk__in=placed), on)


def suggestions(on: date) -> list[str]:
    """The names of `holding_a_place` in the active language, in alphabetical order."""
    return sorted(str(each) for each in holding_a_place(on))


class NamedDelegation(Line):
    """One delegation by its name in any language, by a part of it that no other has, or by its code; cleans to it.

    `offer` says on which date it has to hold a place. Names are compared by their key, so that neither accents nor
    kinds of apostrophe matter. Takes three statements if something was typed, and two when it is shown.
    """

    widget = Suggesting

    def __init__(self, **kwargs):
        super().__init__(max_length=200, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self._on: date | None = None

    def offer(self, on: date) -> None:
        """Accept the delegations that hold a place on the date `on`, and suggest their names."""
        self._on = on
        self.widget.suggest = lambda: suggestions(on)

    def clean(self, value: Any) -> Delegation | None:
        """The `Delegation` that `value` names, or None for an empty one. Raises `ValidationError`."""
        typed = super().clean(value)
        if typed in self.empty_values or self._on is None:
            return None
        return named(holding_a_place(self._on), typed)


def named(delegations: Iterable[Delegation], typed: str) -> Delegation:
    """The one of `delegations` that `typed` names. Raises `ValidationError` if it names none of them, or several."""
    delegations = list(delegations)
    code = Names(delegations).code_of(typed)
    found = next((each for each in delegations if each.code == code), None)
    if found is None:
        words = _("“%(name)s” is not the name of one delegation. Choose from those that are suggested.")
        raise ValidationError(words, code="unknown", params={"name": typed})
    return found
