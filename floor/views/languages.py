"""The languages of a screen, as its address says them."""

from typing import Any

from django import forms
from django.conf import settings

from floor import fragments


class LanguagesForm(forms.Form):
    """The languages that a screen shows in turn, by an address such as “?languages=en,fr”."""

    languages = forms.CharField(required=False, max_length=100)

    @classmethod
    def chosen(cls, asked: Any) -> list[str]:
        """The first languages of those `asked` for that this site offers; none if no such language is."""
        form = cls(asked)
        typed = form.cleaned_data["languages"] if form.is_valid() else ""
        codes = dict.fromkeys(each.strip().lower() for each in typed.split(","))
        return [each for each in codes if each in dict(settings.LANGUAGES)][: fragments.AT_MOST]
