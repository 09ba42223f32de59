"""What forms of the public share: a trap for robots, and being shown again without being checked.  R-60"""

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _


class Trap(forms.Form):
    """A form with the trap in it; whoever falls into it is answered like anybody else."""

    leave_empty = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def trap(self):
        """The trap as a part of a layout."""
        return Div("leave_empty", css_class="honeypot", aria_hidden="true")

    def is_from_a_robot(self):
        """Did somebody fill the field that people do not see?"""
        return bool(self.cleaned_data.get("leave_empty"))


class Kept(forms.Form):
    """A form that can be shown again with all that was typed, unchecked, while a row is added or removed."""

    is_only_shown = False

    def full_clean(self):
        super().full_clean()
        if self.is_only_shown:
            self._errors.clear()
