"""What public forms share: a trap for robots, and being shown again unchecked.  R-60"""

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _


class Trap(forms.Form):
    """A form with a trap for robots; one that falls into it receives the same answer as a person."""

    leave_empty = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def trap(self) -> Div:
        """The trap as a part of a layout."""
        return Div("leave_empty", css_class="honeypot", aria_hidden="true")

    def is_from_a_robot(self) -> bool:
        """Was the field filled in that people do not see?"""
        return bool(self.cleaned_data.get("leave_empty"))


class Kept(forms.Form):
    """A form that can be shown again with everything that was typed, unchecked, while a row is added or removed."""

    is_only_shown = False

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_only_shown:
            self.errors.clear()
