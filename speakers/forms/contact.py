"""The contact of an entry, copies, and a note to the secretariat. Used to inscribe and to correct."""

from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from spelling.typed import Address, Addresses, Line, Paragraphs


class ContactFields(forms.Form):
    """The fields of the contact."""

    contact_name = Line(
        label=_("Contact’s name"),
        max_length=120,
        error_messages={"required": _("Write the name of a person the secretariat can reach.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_email = Address(
        label=_("Contact’s e-mail"),
        max_length=254,
        error_messages={"required": _("Write the address for the acknowledgement.")},
        help_text=_("The acknowledgement goes to this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    contact_telephone = PhoneNumberField(
        label=_("Contact’s telephone"),
        required=False,
        help_text=_("Include the country code, for instance +1 212 963 5063."),
        error_messages={"invalid": _("This is not a telephone number. Write it like this: +1 212 963 5063.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    copies = Addresses(
        label=_("Copies of the acknowledgement to"),
        required=False,
        max_length=1500,
        help_text=_("Up to five e-mail addresses, separated by commas."),
    )
    note = Paragraphs(
        label=_("Note to the secretariat"),
        required=False,
        max_length=1000,
        help_text=_("Not shown to the public."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
