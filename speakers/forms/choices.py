"""A choice among objects at hand."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise


class OneOf(forms.ChoiceField):
    """One of the objects that are on `offer`, each sent by its code; cleans to the object without a statement."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._by_code: dict[str, Any] = {}

    def offer(self, objects: Iterable[Any], *, none: str | Promise = "") -> None:
        """Let one of `objects` be chosen; `none` is the label of no choice, without which there is no such choice."""
        self._by_code = {each.code: each for each in objects}
        self.choices = [*([("", none)] if none else []), *self._by_code.items()]

    def clean(self, value: Any) -> Any:
        return self._by_code.get(super().clean(value))
