"""The forms of the one-time sign-in."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from speakers.forms.layout import Layout, helper
from spelling.typed import Address, Code


class EmailForm(forms.Form):
    """The address to send a code to; `receipt` or `back` is where to return. With a trap for robots.  R-60"""

    email = Address(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={"required": _("Please write your e-mail address.")},
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


class CodeForm(forms.Form):
    """The code from the mail."""

    code = Code(
        label=_("Eight-digit code from the mail"),
        max_length=60,
        error_messages={"required": _("Please write the eight digits from the mail.")},
        validators=[RegexValidator(r"^[0-9]{8}\Z", _("A code has eight digits."))],
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    receipt = forms.UUIDField(required=False, widget=forms.HiddenInput)
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def helper(self) -> FormHelper:
        return helper(Layout("code", "receipt", "back"), button=_("Sign in"))
