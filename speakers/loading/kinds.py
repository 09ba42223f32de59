"""The kinds of facts a meeting's file holds.

Each kind is a function from a TOML value to the value a model takes; it raises `ValueError` with a sentence.
"""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The six languages, as files write them and as the models do.
LANGUAGES = {"ar": "ar", "zh": "zh-hans", "en": "en", "fr": "fr", "ru": "ru", "es": "es"}
LONGEST_LINE = 500
LONGEST_TEXT = 20_000
SHORTEST_LIMIT, LONGEST_LIMIT = 15, 3600


def wall_clock(value: date | datetime) -> datetime:
    """A date and time as clocks in the meeting's zone show it: a naive `datetime`."""
    if not isinstance(value, datetime) or value.tzinfo:
        raise ValueError(
            _("Write a date and time of the meeting's zone, without an offset, such as 2016-09-06T10:00:00.")
        )
    return value


def yes_or_no(value: bool | str) -> bool:
    if not isinstance(value, bool):
        raise ValueError(_("Write true or false."))
    return value


def whole_number(value: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 32767:
        raise ValueError(_("Write a whole number, zero or more."))
    return value


def seconds(value: int) -> timedelta:
    """A speaking limit as a `timedelta`."""
    if not SHORTEST_LIMIT <= whole_number(value) <= LONGEST_LIMIT:
        words = _("Write seconds, from %(least)d to %(most)d.")
        raise ValueError(words % {"least": SHORTEST_LIMIT, "most": LONGEST_LIMIT})
    return timedelta(seconds=value)


def line(value: str) -> str:
    """One line of text, in the normal form NFC."""
    text = _text(value, LONGEST_LINE)
    if "\n" in text:
        raise ValueError(_("Write this on one line."))
    return text


def words(value: dict[str, str] | str) -> dict[str, str]:
    """One line in one language or several: a string is English; a table of languages must include English."""
    return _in_languages(value, line)


def paragraphs(value: str) -> dict[str, str]:
    """Like `words`, with any number of lines."""
    return _in_languages(value, lambda text: _text(text, LONGEST_TEXT))


def stored_as(model: Any, name: str) -> Callable[..., Any]:
    """The kind of text that the field `name` of `model` takes: its length, its choices and its validators decide."""
    field = model._meta.get_field(name)

    def kind(value):
        try:
            return field.clean(line(value), None)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error

    return kind


def one_of(choices: Any) -> Callable[..., str]:
    """The kind of a text that is one of `choices` (a `TextChoices`)."""

    def kind(value):
        if line(value) not in choices.values:
            words = _("Write one of %(choices)s.")
            raise ValueError(words % {"choices": ", ".join(choices.values)})
        return value

    return kind


def _in_languages(value, kind):
    if isinstance(value, str):
        return {"en": kind(value)}
    if not isinstance(value, dict):
        raise ValueError(_("Write a text, or a table of languages."))
    if unknown := sorted(set(value) - set(LANGUAGES)):
        words = _("“%(code)s” is not one of the languages %(codes)s.")
        raise ValueError(words % {"code": unknown[0], "codes": " ".join(LANGUAGES)})
    if "en" not in value:
        raise ValueError(_("The English text is missing."))
    return {LANGUAGES[code]: kind(text) for code, text in value.items()}


def _text(value, longest):
    if not isinstance(value, str):
        raise ValueError(_("Write a text."))
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip()
    if not text:
        raise ValueError(_("This text is empty."))
    if any(unicodedata.category(character) in {"Cc", "Cs"} and character != "\n" for character in text):
        raise ValueError(_("This text holds a control character."))
    if len(text) > longest:
        raise ValueError(_("This text is longer than %(longest)d characters.") % {"longest": longest})
    return text
