"""The note in templates: `lang="{{ section.text|language }}"`, `{{ meeting|is_a_letter }}`."""

from django import template

from dialogue.models import Meeting, texts

register = template.Library()
register.filter("language", texts.language_of)


@register.filter
def is_a_letter(meeting: Meeting) -> bool:
    """Is its invitation a letter, with more than its body?"""
    return any([meeting.letter_dated_on, meeting.letter_salutation, meeting.letter_signature])
