"""The form of a mail's addresses: one field for each, so that a wrong one can be corrected in its place."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from spelling.typed import Address


class AddressForm(forms.Form):
    """The addresses of a mail. Empty copy fields are left out; an address that has received it cannot be changed."""

    def __init__(self, *args, message, **kwargs):
        super().__init__(*args, **kwargs)
        for kind, label, addresses in (("to", pgettext("mail", "To"), message.to), ("cc", _("Copy to"), message.cc)):
            for number, address in enumerate(addresses):
                has_it = message.state != message.State.SENT and address in message.delivered_to
                self.fields[f"{kind}-{number}"] = Address(
                    label=label,
                    initial=address,
                    required=kind == "to",
                    disabled=has_it,
                    help_text=_("The mail server of this address has already accepted the mail.") if has_it else "",
                    widget=forms.EmailInput(attrs={"class": "vTextField"}),
                )

    def addresses(self, kind: str) -> list[str]:
        """What was typed for the `kind` “to” or “cc”, without empty fields."""
        return [value for name, value in self.cleaned_data.items() if name.startswith(f"{kind}-") and value]
