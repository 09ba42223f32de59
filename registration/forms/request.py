"""The form for a request for tickets: the organization and its focal point.  R-46 R-60"""

import uuid
from datetime import date
from typing import cast

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from registration.forms.representative import in_a_form_of_the_page
from registration.forms.trap import Kept, Trap
from registration.models import Organization, TicketRequest
from speakers.forms.choices import OneDelegation
from speakers.forms.layout import Part
from speakers.models import Band, Delegation, DelegationPlace
from speakers.models.delegation import DelegationQuerySet
from spelling.typed import Address, Line

STATES = [Band.MEMBER_STATES, Band.OBSERVER_STATES]


class RequestForm(Kept, Trap):
    """Who asks: one organization through one focal point. Its representatives are separate rows (`Rows`)."""

    use_required_attribute = False
    is_for_the_record = is_part = True
    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("This form was sent without its identifier. Nothing was recorded. Please send it again."),
            "invalid": _("This form was sent with an invalid number. Nothing was recorded. Please send it again."),
        },
    )
    # The contact to write to if the database does not answer, signed (`speakers/views/outage.py`).
    officer = forms.CharField(required=False, widget=forms.HiddenInput)
    organization = Line(
        label=_("Name of the organization"),
        max_length=200,
        error_messages={"required": _("Enter the name of the organization.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    country = OneDelegation(
        label=_("Country in which it is based"),
        required=False,
        help_text=_(
            "Countries are suggested as you type. Leave it empty for no single country, or for another territory."
        ),
    )
    consultative_status = forms.ChoiceField(
        label=_("Status with the United Nations"),
        choices=[("", _("choose")), *TicketRequest.ConsultativeStatus.choices],
        error_messages={"required": _("Choose the status of the organization, or “none of these”.")},
    )
    contact_name = Line(
        label=_("Your name"),
        max_length=120,
        help_text=_("You are the focal point: the office writes to you about all representatives below."),
        error_messages={"required": _("Enter the name of the focal point.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_email = Address(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={"required": _("Enter the address for the office’s answer.")},
        help_text=_(
            "A link is mailed to this address; the request reaches the office once you open it and press the button."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(self, *args, meeting, **kwargs):
        initial = {"key": uuid.uuid4, **kwargs.pop("initial", {})}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.meeting = meeting
        cast(OneDelegation, self.fields["country"]).offer(lambda: states_on(meeting.starts_on))

    @property
    def helper(self) -> FormHelper:
        return in_a_form_of_the_page(
            "key",
            "officer",
            self.trap(),
            Part(_("Organization"), "organization", "country", "consultative_status"),
            Part(_("Focal point"), "contact_name", "contact_email"),
        )

    def to_organization(self) -> Organization:
        """An unsaved `Organization` from the cleaned form."""
        return Organization(name=self.cleaned_data["organization"], country=self.cleaned_data["country"])

    def to_request(self, language: str) -> TicketRequest:
        """An unsaved `TicketRequest` from the cleaned form; mail about it is written in `language`."""
        same = ["consultative_status", "contact_name", "contact_email"]
        return TicketRequest(
            meeting=self.meeting, language=language, **{name: self.cleaned_data[name] for name in same}
        )

    def content(self) -> dict[str, str]:
        """Everything that was typed, as plain values, for the digest.  R-09"""
        return {name: str(value) for name, value in self.cleaned_data.items() if name not in {"key", "officer"}}


def states_on(date: date) -> DelegationQuerySet:
    """Member States and observer States at `date`: the countries to choose from, each with its region."""
    places = DelegationPlace.objects.in_force(date).filter(band__in=STATES)
    return Delegation.objects.filter(is_active=True, pk__in=places.values("delegation"))
