"""What interpreters need to know of a delivery: how the text is to be taken, a passage in another language.  R-73"""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from speakers.forms.statement import LanguageFields
from speakers.models import Inscription

LONGEST = 999


class DeliveryFields(forms.Form):
    """The mark of the text, and where a passage in another language stands in it."""

    text_mark = forms.ChoiceField(
        label=_("The text is"),
        choices=Inscription.TextMark.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Interpreters read it with the text. “Check against delivery”: the speaker may depart from it."),
    )
    passage_language = forms.ChoiceField(
        label=_("A passage in another language"),
        choices=[("", pgettext_lazy("language", "none")), *Inscription.Language.choices],
        required=False,
    )
    passage_page = forms.IntegerField(
        label=_("On which page of the text"), required=False, min_value=1, max_value=LONGEST
    )


class DeliveryForm(DeliveryFields, LanguageFields):
    """Language of delivery, mark and passage of `inscription`, on a page with another form.  R-73"""

    use_required_attribute = False
    field_order = ("language", "other_language", "text_mark", "passage_language", "passage_page")

    def __init__(self, *args, inscription, **kwargs):
        initial = {name: getattr(inscription, name) for name in self.base_fields}
        super().__init__(*args, **kwargs | {"initial": initial, "auto_id": "delivery_%s"})
