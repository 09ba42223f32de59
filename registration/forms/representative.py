"""The form for one representative, as named on the identity document.  R-46 R-49 R-56"""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from registration import naming
from registration.forms.trap import Kept
from registration.models import Representative
from speakers.forms.layout import Layout, helper
from speakers.models import Inscription
from spelling.typed import Address, Line, Paragraphs

TO_SPEAK = {"data-needs": "wishes_to_speak"}
LANGUAGES = [choice for choice in Inscription.Language.choices if choice[0] != Inscription.Language.OTHER]
SPEECH = ["topic", "outline", "statement_language", "gender"]


class RepresentativeFields(forms.Form):
    """The fields for every representative, when a request is filed and when it is amended."""

    use_required_attribute = False
    is_for_the_record = True
    first_name = Line(
        label=_("First name"),
        required=False,
        max_length=100,
        help_text=_("As on the identity document shown at the entrance. Leave empty if the person has only one name."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    last_name = Line(
        label=_("Last name"),
        max_length=100,
        error_messages={"required": _("Enter the name as on the identity document.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    is_family_name_first = forms.BooleanField(
        label=_("The family name comes first"),
        required=False,
        help_text=_("As in Chinese, Hungarian or Japanese names: the last name is written before the first name."),
    )
    latin_first_name = Line(
        label=_("Given names in Latin letters"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    latin_last_name = Line(
        label=_("Surname in Latin letters"),
        required=False,
        max_length=100,
        help_text=_("As in the passport, if the name above is in another script. Security checks this line."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    has_grounds_pass = forms.BooleanField(
        label=_("Holds a valid United Nations grounds pass"),
        required=False,
    )
    accessibility = Paragraphs(
        label=_("Accessibility needs"),
        required=False,
        max_length=500,
        help_text=_("For example, a wheelchair space or captions. Read only by the office."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    wishes_to_speak = forms.BooleanField(
        label=_("Wishes to take the floor"),
        required=False,
        help_text=_("A wish, not an inscription: the office selects a few speakers."),
    )
    topic = Line(
        label=_("Topic of the statement"), required=False, max_length=200, widget=forms.TextInput(attrs=TO_SPEAK)
    )
    outline = Paragraphs(
        label=_("Outline"),
        required=False,
        max_length=600,
        help_text=_("600 characters at most."),
        widget=forms.Textarea(attrs={"rows": 4, **TO_SPEAK}),
    )
    statement_language = forms.ChoiceField(
        label=_("Language of the statement"),
        required=False,
        choices=[("", _("choose a language")), *LANGUAGES],
        widget=forms.Select(attrs=TO_SPEAK),
    )
    gender = forms.ChoiceField(
        label=_("Gender, as the person describes it"),
        required=False,
        choices=Representative.Gender.choices,
        help_text=_("Optional. It helps the office to balance the speakers, and is counted, not published."),
        widget=forms.Select(attrs=TO_SPEAK),
    )

    def clean(self) -> dict[str, Any]:
        """Require a Latin form for a name in another script, and what a wish to speak needs; clear what does not apply.

        R-56 R-75
        """
        super().clean()
        data = self.cleaned_data
        self._clean_names(data)
        if data.get("wishes_to_speak"):
            if not data.get("topic") and "topic" not in self.errors:
                self.add_error("topic", _("Enter the topic of the statement."))
            if not data.get("outline") and "outline" not in self.errors:
                self.add_error("outline", _("Enter a short outline of the statement."))
            if not data.get("statement_language"):
                self.add_error("statement_language", _("Choose the language of the statement."))
        else:
            data |= dict.fromkeys(SPEECH, "")
        return data

    def _clean_names(self, data):
        names = {name: data.get(name, "") for name in naming.NAMES}
        if naming.is_latin(names["first_name"] + names["last_name"]):
            data |= {"latin_first_name": "", "latin_last_name": ""}
            return
        for field, words in naming.latin_form_problems(**names).items():
            if field not in self.errors:
                self.add_error(field, words)

    def typed(self) -> dict[str, Any]:
        """The cleaned values, by the names of the model's fields."""
        return {name: self.cleaned_data[name] for name in RepresentativeFields.base_fields}

    @staticmethod
    def names() -> list[Any]:
        """The names, and their form in Latin letters, as parts of a layout."""
        pair, latin = Div("first_name", "last_name", css_class="pair"), Div(*naming.LATIN, css_class="pair latin-form")
        return [pair, latin, "is_family_name_first"]

    @staticmethod
    def speech() -> list[Any]:
        """The wish to speak and what belongs to it, as parts of a layout."""
        return ["wishes_to_speak", Div(*SPEECH, css_class="speech")]


class RepresentativeForm(Kept, RepresentativeFields):
    """One row of a request."""

    is_part = True
    email = Address(
        label=_("Own e-mail address"),
        max_length=254,
        error_messages={"required": _("Enter the representative’s own address.")},
        help_text=_("The person is asked to confirm it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ["first_name", "last_name", *naming.LATIN, "is_family_name_first", "email"]

    @property
    def helper(self) -> FormHelper:
        return in_a_form_of_the_page(
            *self.names(),
            "email",
            "has_grounds_pass",
            "accessibility",
            *self.speech(),
        )

    def to_representative(self) -> Representative:
        """An unsaved `Representative` of the cleaned form."""
        return Representative(email=self.cleaned_data["email"], **self.typed())


class AmendForm(RepresentativeFields):
    """What may be amended for `representative`: everything except the address, which identifies the person.  R-49"""

    def __init__(self, *args, representative, action, **kwargs):
        initial = {name: getattr(representative, name) for name in RepresentativeFields.base_fields}
        own = {"initial": initial, "prefix": f"amend-{representative.public_id}"}
        super().__init__(*args, **kwargs | own)
        self.action = action

    @property
    def helper(self) -> FormHelper:
        layout = Layout(*self.names(), "has_grounds_pass", "accessibility", *self.speech())
        return helper(layout, button=_("Amend"), action=self.action)


def in_a_form_of_the_page(*fields: Any) -> FormHelper:
    """A crispy helper for part of a form whose tags and buttons are in the page."""
    made = FormHelper()
    made.form_tag, made.disable_csrf = False, True
    made.layout = Layout(*fields)
    return made
