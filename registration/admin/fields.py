"""Fields that several forms of the desk share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spelling.typed import Paragraphs


def words_field(**kwargs: Any) -> forms.Field:
    """Staff's own words, which are added to the mail."""
    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})
    help_text = _("Added to the mail exactly as you write them, after its standard text.")
    facts: dict[str, Any] = {"label": _("Your words"), "max_length": 2000, "widget": widget, "help_text": help_text}
    return Paragraphs(**facts | kwargs)
