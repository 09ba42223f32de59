"""The speaker: form of address, name or “to be confirmed”, functional title. Used to inscribe and to change."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from speakers.models import Inscription
from spelling.typed import Line

OTHER = "other"
PREFIXES = ["H.E. Mr.", "H.E. Ms.", "H.E. Dr.", "H.M.", "H.R.H.", "H.S.H.", "Dr.", "Prof.", "Mr.", "Ms."]


class SpeakerFields(forms.Form):
    """The fields of the speaker; `speaker()` returns them as they are stored.  R-14"""

    speaker_prefix = forms.ChoiceField(
        label=_("Form of address"),
        required=False,
        choices=[
            ("", pgettext_lazy("form of address", "none")),
            *[(prefix, prefix) for prefix in PREFIXES],
            (OTHER, _("other")),
        ],
    )
    other_prefix = Line(
        label=_("Which other form of address"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"data-only-if": f"speaker_prefix={OTHER}"}),
    )
    is_to_be_confirmed = forms.BooleanField(
        label=_("The speaker is to be confirmed"),
        required=False,
        help_text=_("You can name the speaker later; the place on the list stays."),
    )
    speaker_name = Line(
        label=_("Full name, as it is to be announced"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-only-unless": "is_to_be_confirmed"}),
    )
    speaker_title = Line(
        label=_("Functional title"),
        required=False,
        max_length=200,
        help_text=_("For instance: Minister for Foreign Affairs of …, or Permanent Representative of …"),
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        self._clean_name(data)
        self._clean_prefix(data)
        return data

    def _clean_name(self, data):
        """Either a name or “to be confirmed”: not both, and not neither.  R-14"""
        name, is_open = data.get("speaker_name"), data.get("is_to_be_confirmed")
        if name and is_open:
            self.add_error("speaker_name", _("Write the name or tick “to be confirmed”, not both."))
        elif not name and not is_open and "speaker_name" not in self.errors:
            self.add_error("speaker_name", _("Write the speaker’s full name, or tick “to be confirmed”."))

    def _clean_prefix(self, data):
        """“Other” needs the form of address in words, and no other choice may have it."""
        chosen, other = data.get("speaker_prefix"), data.get("other_prefix")
        if chosen == OTHER and not other and "other_prefix" not in self.errors:
            self.add_error("other_prefix", _("Write the form of address."))
        elif other and chosen != OTHER:
            self.add_error(
                "other_prefix", _("To use this form of address, choose “other” above; otherwise clear this field.")
            )

    def speaker(self) -> tuple[str, str, str]:
        """The cleaned speaker as (prefix, name, title)."""
        data = self.cleaned_data
        prefix = data["other_prefix"] if data["speaker_prefix"] == OTHER else data["speaker_prefix"]
        return ("" if data["is_to_be_confirmed"] else prefix), data["speaker_name"], data["speaker_title"]


def initial_speaker(inscription: Inscription) -> dict[str, Any]:
    """The speaker of `inscription` as initial values of these fields."""
    is_listed = inscription.speaker_prefix in {"", *PREFIXES}
    return {
        "speaker_prefix": inscription.speaker_prefix if is_listed else OTHER,
        "other_prefix": "" if is_listed else inscription.speaker_prefix,
        "is_to_be_confirmed": not inscription.is_speaker_confirmed,
        "speaker_name": inscription.speaker_name,
        "speaker_title": inscription.speaker_title,
    }
