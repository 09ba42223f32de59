"""The forms of the one-time sign-in."""

import unicodedata
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from speakers.forms.layout import Layout, helper
from spelling.typed import NO_ADDRESS, Line


class EmailForm(forms.Form):
    """The address to send a code to; `receipt` or `back` is where to return. With a trap for robots.  R-60"""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={"required": _("Please write your e-mail address."), "invalid": NO_ADDRESS},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    receipt = forms.UUIDField(required=False, widget=forms.HiddenInput)
    back = forms.CharField(required=False, widget=forms.HiddenInput)
    leave_empty = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def helper(self) -> FormHelper:
        trap = Div("leave_empty", css_class="honeypot", aria_hidden="true")
        return helper(Layout("email", "receipt", "back", trap), button=_("Send me a code"))

    def is_from_a_robot(self) -> bool:
        """Is the field that people cannot see filled in?"""
        return bool(self.cleaned_data.get("leave_empty"))


class Digits(Line):
    """A number as people paste it (“1234 5678”, “1234-5678”, digits of any script), cleaned to plain digits."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return "".join(str(unicodedata.decimal(letter, letter)) for letter in text if not _parts(letter))


def _parts(letter):
    """Is `letter` a space, a dash or an invisible mark between digits?"""
    return letter == "\N{MINUS SIGN}" or unicodedata.category(letter) in {"Zs", "Pd", "Cf"}


class CodeForm(forms.Form):
    """The code from the mail."""

    code = Digits(
        label=_("Eight-digit code from the mail"),
        max_length=20,
        error_messages={"required": _("Please write the eight digits from the mail.")},
        validators=[RegexValidator(r"^[0-9]{8}\Z", _("A code has eight digits."))],
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    receipt = forms.UUIDField(required=False, widget=forms.HiddenInput)
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def helper(self) -> FormHelper:
        return helper(Layout("code", "receipt", "back"), button=_("Sign in"))
