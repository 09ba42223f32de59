"""The note in templates: `lang="{{ text|language }}" dir="{{ text|direction }}"`, `{{ meeting|is_a_letter }}`."""

from django import template
from django.conf import settings
from i18nfield.strings import LazyI18nString

from dialogue.models import Meeting, texts

register = template.Library()
register.filter("language", texts.language_of)


@register.filter
def direction(text: LazyI18nString | str) -> str:
    """Which way `text` is read in the language in which it is shown: “ltr” or “rtl”."""
    return "rtl" if texts.language_of(text) in settings.LANGUAGES_BIDI else "ltr"


@register.filter
def is_a_letter(meeting: Meeting) -> bool:
    """Is its invitation a letter, with more than its body?"""
    return any([meeting.letter_dated_on, meeting.letter_salutation, meeting.letter_signature])
