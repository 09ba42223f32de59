"""What a delegation sends with the text of its statement.  R-40"""

from django import forms
from django.utils.translation import gettext_lazy

from speakers.models import Inscription


class StatementForm(forms.Form):
    """The text of a statement in one language."""

    language = forms.ChoiceField(label=gettext_lazy("Language of this text"), choices=Inscription.Language.choices)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF or DOCX, 5 MB at most, without macros."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx"}),
    )

    def __init__(self, *args, inscription, **kwargs):
        super().__init__(*args, **kwargs | {"initial": {"language": inscription.language}})


class TakeBackForm(forms.Form):
    """The text to withdraw."""

    statement = forms.UUIDField()
