"""The form of an expression of interest: whom the delegation would send, and its second choice.  R-09 R-14"""

import hashlib
import json
import uuid
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.models import Meeting
from speakers.forms.choices import OneOf
from speakers.forms.contact import ContactFields
from speakers.forms.inscription import CARRIED, InscriptionForm, delegation_field
from speakers.forms.layout import Layout, Part, helper
from speakers.forms.speaker import SpeakerFields, initial_speaker
from speakers.forms.statement import StatementFields
from speakers.models import Delegation, Interest, Level, SpeakersList

OF_THE_SPEAKER = ("is_to_be_confirmed", "speaker_prefix", "other_prefix", "speaker_name", "speaker_title")
KEPT = ("second_choice", "level", "language", "other_language", *ContactFields.base_fields)


class ListChoice(forms.ModelChoiceField):
    """One of the lists of a meeting, by its title."""

    def label_from_instance(self, speakers_list: Any) -> str:
        return speakers_list.name


class InterestFields(ContactFields, StatementFields, SpeakerFields):
    """What an expression of interest on the list at hand of `meeting` says, but for whose it is."""

    use_required_attribute = False
    is_for_the_record = True
    preferred_sitting: Any = None
    second_choice = ListChoice(
        SpeakersList.objects.none(),
        label=_("Second choice"),
        required=False,
        empty_label=_("no second choice"),
        help_text=_("Where your delegation would take a seat if none can be given on this list."),
        error_messages={"invalid_choice": _("Choose another list of this meeting whose seats are given by selection.")},
    )
    level = OneOf(
        label=_("Level of representation"),
        error_messages={"required": _("Choose the level of representation.")},
    )

    def suit(self, meeting: Meeting) -> None:
        """Offer the levels of the list, and the other lists of the `meeting` whose seats are given by selection."""
        self.fields["is_to_be_confirmed"].help_text = _("You can name the speaker later.")
        speakers_list = meeting.speakers_list
        cast(OneOf, self.fields["level"]).offer(Level.of_list(speakers_list), none=_("choose a level"))
        others = SpeakersList.objects.by_selection().filter(meeting=meeting).exclude(pk=speakers_list.pk)
        cast(ListChoice, self.fields["second_choice"]).queryset = others

    def parts(self) -> list[Part]:
        return [
            Part(_("Choice"), "second_choice"),
            Part(_("Speaker"), *OF_THE_SPEAKER, "level"),
            Part(_("Statement"), "language", "other_language"),
            Part(_("Contact"), "contact_name", "contact_email", "contact_telephone", "copies", "note"),
        ]

    def facts(self) -> dict[str, Any]:
        """The cleaned values, by the fields of an `Interest`."""
        prefix, name, title = self.speaker()
        speaker = {"speaker_prefix": prefix, "speaker_name": name, "speaker_title": title}
        return {field: self.cleaned_data[field] for field in KEPT} | speaker


class InterestForm(InterestFields):
    """What one of the `delegations` that the credential proves expresses.  R-59"""

    is_timed = True
    key = InscriptionForm.base_fields["key"]
    officer = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, meeting, delegations, address, **kwargs):
        initial = {"key": uuid.uuid4, "contact_email": address, **kwargs.pop("initial", {})}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.meeting, self.delegations, self.address = meeting, delegations, address
        self.suit(meeting)
        if len(delegations) != 1:
            self.fields["delegation"] = delegation_field(delegations, meeting)

    @property
    def helper(self) -> FormHelper:
        which = [Part(_("Delegation"), "delegation")] if "delegation" in self.fields else []
        return helper(Layout("key", "officer", *which, *self.parts()), button=_("Express interest"))

    def delegation(self) -> Delegation:
        """The delegation whose interest it is: the one the credential proves, or the one chosen."""
        return self.cleaned_data["delegation"] if "delegation" in self.fields else self.delegations[0]

    def to_interest(self) -> Interest:
        """An unsaved `Interest` with the cleaned values."""
        return Interest(speakers_list=self.meeting.speakers_list, delegation=self.delegation(), **self.facts())

    def idempotency_key(self) -> str:
        """The key under which this form is recorded once: the form's own, for this address.  R-09"""
        return hashlib.sha256(f"{self.address}\n{self.cleaned_data['key']}".encode()).hexdigest()

    def digest(self) -> str:
        """SHA-256, in hex, over everything typed; equal for equal content.  R-09"""
        content = {name: str(value) for name, value in self.cleaned_data.items() if name not in CARRIED}
        content |= {"delegation": self.delegation().code, "level": self.cleaned_data["level"].code}
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


class InterestChangeForm(InterestFields):
    """Another second choice, speaker, level or contact of a recorded `interest`."""

    def __init__(self, *args, interest, **kwargs):
        recorded = {name: getattr(interest, name) for name in ContactFields.base_fields}
        recorded |= {"language": interest.language, "other_language": interest.other_language}
        recorded |= {"copies": ", ".join(interest.copies), "level": interest.level.code}
        recorded |= initial_speaker(interest) | {"second_choice": interest.second_choice_id}
        super().__init__(*args, **kwargs | {"initial": recorded})
        self.suit(interest.meeting)

    @property
    def helper(self) -> FormHelper:
        return helper(Layout(*self.parts()), button=_("Change the expression of interest"))
