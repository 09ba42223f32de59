"""The statement: language of delivery, preferred sitting. Used to inscribe and to correct."""

from functools import partial
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.models import Meeting
from speakers.models import Inscription
from speakers.models.filing import preference_in_words
from spelling.typed import Line


class SittingField(forms.ChoiceField):
    """One of the sittings that a form offers. A part of the day without a day is taken without reading them."""

    def valid_value(self, value: Any) -> bool:
        return value in Inscription.Preference.values or super().valid_value(value)


class LanguageFields(forms.Form):
    """The language of delivery."""

    language = forms.ChoiceField(label=_("Language of delivery"), choices=Inscription.Language, initial="en")
    other_language = Line(
        label=_("Which other language"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"data-only-if": "language=other"}),
    )

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


class StatementFields(LanguageFields):
    """The fields of the statement."""

    preferred_sitting = SittingField(
        label=_("Preferred sitting"),
        choices=Inscription.Preference,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Only a wish: it does not change the order of the list."),
    )

    def offer_sittings(self, meeting: Meeting) -> None:
        """Offer the sittings of the `meeting`, with their days if it has several, and the one recorded.  R-64

        They are read once they are needed (one statement).
        """
        recorded = self.initial.get("preferred_sitting")
        cast(SittingField, self.fields["preferred_sitting"]).choices = partial(_offered, meeting, recorded)


def _offered(meeting, recorded):
    """The choices of a preferred sitting: none, one by one, and the one that is `recorded` if it is not among them."""
    sittings = meeting.speakers_list.hours
    codes = dict.fromkeys(["", *(each.code for each in sittings), recorded or ""])
    return [(code, preference_in_words(code, meeting, sittings)) for code in codes]
