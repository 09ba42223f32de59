"""Asking for the link to everything filed under an address.  R-59 R-60"""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from registration.forms.trap import Trap
from speakers.forms.layout import Layout, helper
from spelling.typed import Address


class LinkForm(Trap):
    """The address to which the link is mailed."""

    email = Address(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={"required": _("Please enter your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    @property
    def helper(self) -> FormHelper:
        return helper(Layout("email", self.trap()), button=_("Send me the link"))
