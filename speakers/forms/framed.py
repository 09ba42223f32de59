"""How a list is shown on the page of another site, as its address says."""

from typing import Any

from django import forms
from django.conf import settings


class FramedForm(forms.Form):
    """The language and the colours of the list in a frame; what is not known is as if it were not there."""

    language = forms.ChoiceField(required=False, choices=settings.LANGUAGES)
    colours = forms.ChoiceField(required=False, choices=[(each, each) for each in ("light", "dark")])

    @classmethod
    def chosen(cls, asked: Any) -> dict[str, str]:
        """What was `asked` for: the language, that of the site if none, and the colours, empty if as the reader's."""
        form = cls(asked)
        form.is_valid()
        known = form.cleaned_data
        return {"language": known.get("language") or settings.LANGUAGE_CODE, "colours": known.get("colours") or ""}
