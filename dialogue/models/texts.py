"""Texts in several languages, and the footnotes to which they point by their numbers, as `[^1]`."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

MARK = re.compile(r"\[\^(\d{1,3})\]")


def lines(footnotes: str) -> list[str]:
    """The footnotes in a text that has one on each line."""
    return [line.strip() for line in footnotes.splitlines() if line.strip()]


def in_language(text: LazyI18nString | str, code: str) -> str:
    """The `text` in the language `code`, or in that of the site if it has none."""
    data = text.data if isinstance(text, LazyI18nString) else text
    return (data.get(code) or data.get(settings.LANGUAGE_CODE, "")) if isinstance(data, dict) else data or ""


def known_by(text: LazyI18nString | str) -> str:
    """What tells `text` from others in any language: its words in that of the site, or the first that it has."""
    told = languages(text)
    return in_language(text, settings.LANGUAGE_CODE) or (in_language(text, told[0]) if told else "")


def languages(text: LazyI18nString | str) -> list[str]:
    """The codes of the languages in which `text` is given."""
    data = text.data if isinstance(text, LazyI18nString) else text
    return [code for code, each in data.items() if each] if isinstance(data, dict) else [settings.LANGUAGE_CODE]


def language_of(text: LazyI18nString | str) -> str:
    """The code of the language in which `text` is shown to the reader: theirs, or that of the site."""
    code = get_language() or settings.LANGUAGE_CODE
    return code if code in languages(text) else settings.LANGUAGE_CODE


def objections(text: LazyI18nString | str, footnotes: LazyI18nString | str) -> Iterator[tuple[str, str]]:
    """What is wrong between a `text` and its `footnotes`, as pairs of a field ("text", "footnotes") and a sentence.

    Each language is looked at; one without footnotes of its own has those of the site's language.
    """
    for code in languages(text):
        marks = {int(number) for number in MARK.findall(in_language(text, code))}
        there = set(range(1, len(lines(in_language(footnotes, code))) + 1))
        if lacking := sorted(marks - there):
            words = _("The text points to footnote %(number)d, which is not there (%(language)s).")
            yield "text", words % {"number": lacking[0], "language": _named(code)}
        if unused := sorted(there - marks):
            words = _("Write [^%(number)d] in the text where footnote %(number)d belongs (%(language)s).")
            yield "footnotes", words % {"number": unused[0], "language": _named(code)}


def _named(code):
    return get_language_info(code)["name_translated"]
