"""The form that names the delegations which are to join a statement, in their order."""

from collections.abc import Callable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from speakers.forms.layout import Layout, helper
from speakers.models import Delegation
from spelling.typed import Paragraphs


class JointForm(forms.Form):
    """Names of delegations, which clean to the delegations in this order.

    `find` returns a function that finds the delegation which one typed name means; it is asked once names were typed.
    """

    use_required_attribute = False
    is_for_the_record = True
    names = Paragraphs(
        label=_("Delegations that are to join"),
        max_length=3000,
        help_text=_(
            "One on each line, or with commas between them, in the order in which they are to be announced. "
            "Any official name will do."
        ),
        error_messages={"required": _("Write the name of a delegation.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, find: Callable[[], Callable[[str], Delegation | None]], **kwargs):
        super().__init__(*args, **kwargs)
        self._find = find

    @property
    def helper(self) -> FormHelper:
        return helper(Layout("names"), button=_("Ask them to join"))

    def clean_names(self) -> list[Any]:
        find = self._find()
        lines = [line.strip() for line in self.cleaned_data["names"].splitlines()]
        # The name of an organization may hold a comma, so a whole line comes first.
        typed = [name.strip() for line in lines for name in ([line] if find(line) else line.split(","))]
        found = {name: find(name) for name in typed if name}
        words = _("“%(name)s” is not the name of a delegation on record.")
        if unknown := [words % {"name": name} for name, delegation in found.items() if delegation is None]:
            raise forms.ValidationError(unknown)
        return [found[name] for name in typed if name]
