"""The languages of a screen, in turn or side by side, as its address says them."""

from typing import Any

from django import forms

from floor import fragments
from languages.offered import is_offered


class LanguagesForm(forms.Form):
    """The languages that a screen shows in turn, as “?languages=en,fr” says, or side by side with “&side=1”."""

    languages = forms.CharField(required=False, max_length=100)
    side = forms.CharField(required=False, max_length=10)

    @classmethod
    def chosen(cls, asked: Any) -> list[str]:
        """The first languages of those `asked` for that this site offers; none if no such language is."""
        form = cls(asked)
        typed = form.cleaned_data["languages"] if form.is_valid() else ""
        codes = dict.fromkeys(each.strip().lower() for each in typed.split(","))
        return [each for each in codes if is_offered(each)][: fragments.AT_MOST]

    @classmethod
    def beside(cls, asked: Any) -> list[str]:
        """The two languages that stand side by side; none if that is not `asked` for, or if there are not two."""
        form, chosen = cls(asked), cls.chosen(asked)[: fragments.BESIDE]
        is_asked = form.is_valid() and form.cleaned_data["side"] == "1"
        return chosen if is_asked and len(chosen) == fragments.BESIDE else []
