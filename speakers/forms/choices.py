"""A choice among objects at hand, a text with suggestions, and a delegation that is typed."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from languages.collation import in_order
from speakers.delegations.recognizing import Names
from speakers.models import Delegation
from spelling import search_key
from spelling.typed import Line


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


class OneDelegation(Line):
    """One of the delegations on offer, typed: any of its names, a part that only it has, or its code.  R-71

    The browser suggests their names; without suggestions, what is typed is understood all the same. Cleans to the
    delegation, without a statement but for the offer.
    """

    widget = Suggesting

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 200, **kwargs})
        self.offer(list)

    def offer(self, delegations: Callable[[], Iterable[Delegation]]) -> None:
        """Let one of `delegations()` be typed, which is asked once it is needed."""
        self._find = delegations
        self._found: list[Delegation] | None = None
        self.widget.suggest = lambda: in_order(map(str, self._offered()))

    def _offered(self):
        if self._found is None:
            self._found = list(self._find())
        return self._found

    def prepare_value(self, value: Any) -> Any:
        """What was typed or, for one that was chosen before by its code or its key, its name."""
        known = next((each for each in self._offered() if value in (each.code, each.pk, each)), None) if value else None
        return str(known) if known else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        offered = self._offered()
        shown = {search_key(str(each)): each for each in offered}
        by_code = {each.code: each for each in offered}
        if found := shown.get(search_key(typed)) or by_code.get(Names(offered).code_of(typed) or ""):
            return found
        words = _("“%(name)s” does not say which delegation. Write more of its name, or choose one that is suggested.")
        raise forms.ValidationError(words % {"name": typed}, code="unknown")
