"""The form of an inscription.  R-09 R-11 to R-14"""

import hashlib
import json
import uuid
from typing import Any, TypeVar, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dialogue.models import Meeting
from languages.collation import in_order
from speakers.forms.choices import OneDelegation, OneOf, Suggesting
from speakers.forms.contact import ContactFields
from speakers.forms.layout import Blank, Layout, Part, helper
from speakers.forms.recording import RecordingFields
from speakers.forms.speaker import SpeakerFields
from speakers.forms.statement import StatementFields
from speakers.models import Delegation, Group, Inscription, Level, SpeakersList, called_on
from speakers.models.filing import FILED, Filing
from spelling.typed import Line, Paragraphs

GROUP = Inscription.Capacity.GROUP
CARRIED = {"key", "officer"}
ORDER = ["key", "delegation", "capacity", "group_name", "group_size", "group_members", "is_to_be_confirmed"]
ORDER += ["speaker_prefix", "other_prefix", "speaker_name", "speaker_title", "officer", "level"]
WHICH_DELEGATION = _("Choose the delegation that is to be inscribed.")
AS_YOU_TYPE = _("Delegations are suggested as you type. Any official name will do.")
UNVERIFIED_PER_ADDRESS = 5
OF_THE_GROUP = {"data-only-if": f"capacity={GROUP}"}


Filed = TypeVar("Filed", bound=Filing)


class InscriptionForm(ContactFields, RecordingFields, StatementFields, SpeakerFields):
    """What a delegation fills in to be inscribed on the list of `meeting`.

    `delegations` are those the credential proves: a single one is taken as it is, one of several is chosen (R-59).
    For an address not on record (`delegations` empty) any may be chosen, and the entry is unverified (R-11).
    """

    use_required_attribute = False
    is_for_the_record = is_timed = True
    field_order = ORDER
    button, action = _("Inscribe"), ""
    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("This form was sent without its identifier. Nothing was recorded. Please send it again."),
            "invalid": _("This form was sent with a damaged identifier. Nothing was recorded. Please send it again."),
        },
    )
    # The officer to contact if the database does not answer, sealed (`views/outage.py`).
    officer = forms.CharField(required=False, widget=forms.HiddenInput)
    capacity = forms.ChoiceField(
        label=_("Speaks in"),
        choices=Inscription.Capacity,
        widget=forms.RadioSelect,
        initial="national",
        error_messages={"required": _("Choose in which capacity the delegation speaks.")},
    )
    group_name = Line(
        label=_("Name of the group"),
        required=False,
        max_length=160,
        widget=Suggesting(attrs=OF_THE_GROUP),
        help_text=_(
            "Groups on the register are suggested as you type. You may file another name: it has its number and time "
            "of arrival, but takes no place until the secretariat has put the group on the register."
        ),
    )
    group_size = forms.IntegerField(
        label=_("Number of members"),
        required=False,
        min_value=2,
        max_value=1000,
        widget=forms.NumberInput(attrs=OF_THE_GROUP),
    )
    group_members = Paragraphs(
        label=_("Members"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3, **OF_THE_GROUP})
    )
    level = OneOf(
        label=_("Level of representation"),
        error_messages={"required": _("Choose the level of representation.")},
    )

    def __init__(self, *args, meeting, delegations, address, **kwargs):
        initial = {"key": uuid.uuid4, "contact_email": address, **kwargs.pop("initial", {})}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.meeting, self.delegations, self.address = meeting, delegations, address
        self.offer_sittings(meeting)
        self.of_recording = self.offer_recording(is_offered=self.takes_videos)
        suggest_groups(self.fields["group_name"], meeting.speakers_list)
        cast(OneOf, self.fields["level"]).offer(Level.of_list(meeting.speakers_list), none=_("choose a level"))
        if len(delegations) != 1:
            self.fields["delegation"] = delegation_field(delegations, meeting)
            self.order_fields(self.field_order)

    @property
    def takes_videos(self) -> bool:
        """Does the form offer a recorded statement?"""
        return self.meeting.speakers_list.takes_videos

    @property
    def helper(self) -> FormHelper:
        which = Blank("capacity", "group_name", "group_size", "group_members")
        who = ("is_to_be_confirmed", "speaker_prefix", "other_prefix", "speaker_name", "speaker_title", "level")
        reached = Blank("contact_telephone", "copies", "note")
        layout = Layout(
            "key",
            "officer",
            Part(_("Delegation"), *self._delegation(), which),
            Part(_("Speaker"), Blank(*who)),
            Part(_("Statement"), Blank("language", "other_language", "preferred_sitting", *self.of_recording)),
            Part(_("Contact"), Blank("contact_name"), "contact_email", reached),
        )
        return helper(layout, button=self.button, action=self.action)

    def _delegation(self):
        return ["delegation"] if "delegation" in self.fields else []

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        self._clean_group(data)
        if "key" in self.errors:
            self._give_new_key()
        elif not self.delegations:
            self._clean_number()
        return data

    def _clean_group(self, data):
        """A group entry names its group, and no other entry may.  R-13"""
        is_group, name = data.get("capacity") == GROUP, data.get("group_name")
        if is_group and not name and "group_name" not in self.errors:
            self.add_error("group_name", _("Write the name of the group on whose behalf you speak."))
        elif data.get("capacity") and not is_group:
            for field in ("group_name", "group_size", "group_members"):
                if data.get(field):
                    words = _(
                        "You speak in your national capacity: clear this field, or choose “on behalf of a group”."
                    )
                    self.add_error(field, words)

    def _clean_number(self):
        """An address not on record may file a few entries at most; a form sent again does not count twice.  R-60"""
        unverified = self.meeting.speakers_list.inscriptions.filter(
            state=Inscription.State.UNVERIFIED, filed_by_email=self.address
        )
        if unverified.exclude(idempotency_key=self.idempotency_key()).count() >= UNVERIFIED_PER_ADDRESS:
            words = ngettext(
                "This address already has %(number)d unverified inscription, the most allowed.",
                "This address already has %(number)d unverified inscriptions, the most allowed.",
                UNVERIFIED_PER_ADDRESS,
            )
            self.add_error(None, words % {"number": UNVERIFIED_PER_ADDRESS})

    def _give_new_key(self):
        """Show the form again with a new key, if it came without one."""
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("key")] = str(uuid.uuid4())
        self.data = data

    def delegation(self) -> Delegation:
        """The delegation to be inscribed: the one the credential proves, or the one chosen."""
        return self.cleaned_data["delegation"] if "delegation" in self.fields else self.delegations[0]

    def to_inscription(self) -> Inscription:
        """An unsaved `Inscription` with the cleaned values."""
        return self.filled(Inscription)

    def filled(self, model: type[Filed]) -> Filed:
        """An unsaved instance of `model`, a kind of `Filing`, with the cleaned values."""
        prefix, name, title = self.speaker()
        speaker = {"speaker_prefix": prefix, "speaker_name": name, "speaker_title": title}
        same = {field: self.cleaned_data[field] for field in FILED if field in self.cleaned_data.keys() - speaker}
        return model(speakers_list=self.meeting.speakers_list, delegation=self.delegation(), **speaker, **same)

    def idempotency_key(self) -> str:
        """The key under which this form is recorded once: the form's own, for this address.  R-09

        A form that another person sends again after signing in from the same browser counts as a new form.
        """
        return hashlib.sha256(f"{self.address}\n{self.cleaned_data['key']}".encode()).hexdigest()

    def digest(self) -> str:
        """SHA-256, in hex, over everything typed; equal for equal content.  R-09"""
        content = {name: str(value) for name, value in self.cleaned_data.items() if name not in CARRIED}
        content |= {"delegation": self.delegation().code, "level": self.cleaned_data["level"].code}
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def suggest_groups(field: forms.Field, speakers_list: SpeakersList) -> None:
    """Let the `field` suggest the groups on the register of `speakers_list`.  R-66"""
    cast(Suggesting, field.widget).suggest = lambda: in_order(
        group.short_name for group in Group.of_list(speakers_list)
    )


def delegation_field(delegations: list[Delegation], meeting: Meeting) -> forms.Field:
    """A choice among the credential's `delegations`; if it proves none, any active one, typed by its name then."""
    if delegations:
        choice = OneOf(label=_("Delegation"), error_messages={"required": WHICH_DELEGATION})
        choice.offer(delegations, none=_("choose a delegation"))
        return choice
    field = OneDelegation(label=_("Delegation"), help_text=AS_YOU_TYPE, error_messages={"required": WHICH_DELEGATION})
    field.offer(lambda: called_on(Delegation.objects.who_inscribe(), meeting.starts_on))
    return field
