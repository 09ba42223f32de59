"""Which button of a page was pressed: all of them are called `act`, and each has its name as value."""

from collections.abc import Iterable
from typing import Any

from django import forms


def pressed(posted: Any, names: Iterable[str]) -> str:
    """The one of `names` that was `posted` as the button pressed; empty if it is none of them."""
    form = forms.Form(posted)
    form.fields["act"] = forms.ChoiceField(choices=[(name, name) for name in names])
    return form.cleaned_data["act"] if form.is_valid() else ""
