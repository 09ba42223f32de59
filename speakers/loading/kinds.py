"""The kinds of facts a meeting's file holds.

Each kind is a function from a TOML value to the value a model takes; it raises `ValueError` with a sentence, or with
several.
"""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dialogue import typed
from spelling.listing import in_a_row, in_sentences

# The six languages, as files write them and as the models do.
LANGUAGES = {"ar": "ar", "zh": "zh-hans", "en": "en", "fr": "fr", "ru": "ru", "es": "es"}


def wall_clock(value: date | datetime) -> datetime:
    """A date and time as clocks in the meeting's zone show it: a naive `datetime`."""
    if not isinstance(value, datetime) or value.tzinfo:
        raise ValueError(
            _("Write a date and time of the meeting's zone, without an offset, such as 2016-09-06T10:00:00.")
        )
    return value


def day(value: date) -> date:
    """A date without a time."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError(_("Write a date, such as 2016-08-22."))
    return value


def file_name(value: str) -> str:
    """The name of a file beside this one."""
    if Path(line(value)).name != value:
        raise ValueError(_("Write the name of a file that stands beside this one, without its folder."))
    return value


def yes_or_no(value: bool | str) -> bool:
    if not isinstance(value, bool):
        raise ValueError(_("Write true or false."))
    return value


def whole_number(value: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 32767:
        raise ValueError(_("Write a whole number, zero or more."))
    return value


def whole_numbers(value: list[int]) -> list[int]:
    """A list of whole numbers, each once."""
    if not isinstance(value, list):
        raise ValueError(_("Write a list of whole numbers."))
    return sorted({whole_number(each) for each in value})


def number_for(model: Any, name: str) -> Callable[[int], int]:
    """The kind of a whole number that the field `name` of `model` takes."""
    field = model._meta.get_field(name)

    def kind(value):
        with _in_words():
            return field.clean(whole_number(value), None)

    return kind


def seconds(value: int) -> timedelta:
    """A speaking limit as a `timedelta`."""
    return timedelta(seconds=whole_number(value))


def line(value: str) -> str:
    """One line of text."""
    return _text(value, typed.line)


def lines(value: list[str]) -> list[str]:
    """A list of texts of one line."""
    if not isinstance(value, list):
        raise ValueError(_("Write a list of texts."))
    return [line(text) for text in value]


def words(value: dict[str, str] | str) -> dict[str, str]:
    """One line in one language or several: a string is English; a table of languages must include English."""
    return _in_languages(value, typed.line)


def paragraphs(value: dict[str, str] | str) -> dict[str, str]:
    """Like `words`, with any number of lines."""
    return _in_languages(value, typed.paragraphs)


def stored_as(model: Any, name: str) -> Callable[..., Any]:
    """The kind of text that the field `name` of `model` takes, read as if it were typed on a page."""
    field = model._meta.get_field(name)
    typed_field = field.formfield(**typed.FIELDS.get(type(field), {}))

    def kind(value):
        with _in_words():
            return field.clean(typed_field.clean(line(value)), None)

    return kind


def one_of(choices: Any) -> Callable[..., str]:
    """The kind of a text that is one of `choices` (a `TextChoices`)."""

    def kind(value):
        if line(value) not in choices.values:
            words = _("Write one of %(choices)s.")
            raise ValueError(words % {"choices": in_a_row(choices.values)})
        return value

    return kind


def _in_languages(value, kind):
    if isinstance(value, str):
        return {"en": _text(value, kind)}
    if not isinstance(value, dict):
        raise ValueError(_("Write a text, or a table of languages."))
    given: dict[str, str] = {}
    faults = []
    for code, text in value.items():
        try:
            given |= _in_one_language(code, text, kind)
        except ValueError as error:
            faults.append(f"{code}: {error}")
    if faults:
        raise ValueError(*faults)
    with _in_words():
        given = typed.in_languages(given, str)
    if not given:
        raise ValueError(_("This text is empty."))
    return given


def _in_one_language(code, text, kind):
    if code not in LANGUAGES:
        words = _("“%(code)s” is not one of the languages %(codes)s.")
        raise ValueError(words % {"code": code, "codes": " ".join(LANGUAGES)})
    if not isinstance(text, str):
        raise ValueError(_("Write a text."))
    with _in_words():
        return {LANGUAGES[code]: kind(text) if text.strip() else ""}


def _text(value, kind):
    if not isinstance(value, str):
        raise ValueError(_("Write a text."))
    if not value.strip():
        raise ValueError(_("This text is empty."))
    with _in_words():
        return kind(value)


@contextmanager
def _in_words():
    """Let what a form would refuse be refused with the same sentences."""
    try:
        yield
    except ValidationError as error:
        raise ValueError(in_sentences(error.messages)) from error
