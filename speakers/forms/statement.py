"""The statement: language of delivery, preferred sitting. Used to inscribe and to correct."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.models import Meeting
from speakers.models import Inscription
from spelling.typed import Line


class StatementFields(forms.Form):
    """The fields of the statement."""

    language = forms.ChoiceField(label=_("Language of delivery"), choices=Inscription.Language, initial="en")
    other_language = Line(
        label=_("Which other language"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"data-only-if": "language=other"}),
    )
    preferred_sitting = forms.ChoiceField(
        label=_("Preferred sitting"),
        choices=Inscription.Preference,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Only a wish: it does not change the order of the list."),
    )

    def offer_sittings(self, meeting: Meeting) -> None:
        """Offer only preferences for parts of the day in which the `meeting` sits, and the one already recorded."""
        parts = {"", *(sitting.part for sitting in meeting.hours), self.initial.get("preferred_sitting")}
        offered = [(part, label) for part, label in Inscription.Preference.choices if part in parts]
        cast(forms.ChoiceField, self.fields["preferred_sitting"]).choices = offered

    def clean(self) -> dict[str, Any]:
        super().clean()
        self._clean_language(self.cleaned_data)
        return self.cleaned_data

    def _clean_language(self, data):
        """“Other” needs the name of the language, and no other choice may have one."""
        is_other, language = data.get("language") == Inscription.Language.OTHER, data.get("other_language")
        if is_other and not language and "other_language" not in self.errors:
            self.add_error("other_language", _("Write which language."))
        elif language and not is_other:
            self.add_error(
                "other_language", _("To use this language, choose “other” above; otherwise clear this field.")
            )
