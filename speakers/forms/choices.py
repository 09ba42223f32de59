"""A choice among objects at hand, and a text with suggestions."""

from collections.abc import Callable, Iterable
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


class Suggesting(forms.TextInput):
    """A line of text for which the browser offers what `suggest` returns; any other text stays possible.

    `suggest` is asked when the field is shown, and only then.
    """

    template_name = "django/forms/widgets/suggesting.html"

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.suggest: Callable[[], Iterable[str]] = tuple

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        attrs = attrs or {}
        context = super().get_context(name, value, {**attrs, "list": f"{attrs.get('id') or name}_list"})
        context["widget"]["suggestions"] = self.suggest()
        return context
