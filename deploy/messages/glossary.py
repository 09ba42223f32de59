"""The glossary of the translations: the terms of `docs/glossary/terms.csv`, and what stays English in `kept.csv`."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# The columns by the locale of Django.
COLUMNS = {"ar": "ar", "zh_Hans": "zh-hans", "fr": "fr", "ru": "ru", "es": "es"}
# A term with several meanings, for people to decide.
UNTESTED = "untested:"
# Vowel signs and the stretched line of Arabic, which may be written or not.
SIGNS = dict.fromkeys([*range(0x064B, 0x0653), 0x0670, 0x0640])
EVERY = "*"


@dataclass(frozen=True)
class Term:
    """A term of the source, as a pattern, and for each locale the pattern of what stands for it."""

    name: str
    english: re.Pattern[str]
    forms: dict[str, re.Pattern[str]]


class Glossary:
    """The terms, the longest first, and what a language keeps as it is in English."""

    def __init__(self, terms: list[Term], kept: set[tuple[str, str]]) -> None:
        self.terms = sorted(terms, key=lambda term: -len(term.name))
        self.kept = kept

    def keeps(self, text: str, locale: str) -> bool:
        """May `text`, a word or a whole message, be the same in the language of `locale` as in English?"""
        return bool({(locale, text), (EVERY, text)} & self.kept)

    def lacking(self, sources: list[str], texts: list[str], locale: str) -> Iterator[str]:
        """The terms of a message that its translation does not have. A longer term hides the shorter ones in it."""
        english, translated = _plain(" | ".join(sources)), _plain(" | ".join(texts))
        for term in self.terms:
            if not term.english.search(english):
                continue
            english = term.english.sub("|", english)
            if locale in term.forms and not term.forms[locale].search(translated):
                yield f"lacks the term for “{term.name}”"


def read(root: Path) -> Glossary:
    """The glossary of the project in `root`; its files may be missing."""
    folder = root / "docs" / "glossary"
    kept = {(row["language"], row["text"]) for row in _rows(folder / "kept.csv")}
    return Glossary([_term(row) for row in _rows(folder / "terms.csv")], kept)


def _rows(path):
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _term(row):
    is_tested = not row["note"].startswith(UNTESTED)
    forms = {
        locale: re.compile("|".join(_stem(form) for form in row[column].split("|")))
        for locale, column in COLUMNS.items()
        if is_tested and row[column].strip(" -")
    }
    return Term(row["term"], re.compile(rf"\b{re.escape(_plain(row['term']))}\b"), forms)


def _stem(form):
    return re.escape(_plain(form.strip())).replace(r"\*", r"\w*")


def _plain(text):
    """The text without what does not count: case, vowel signs, the kinds of spaces and of apostrophes."""
    return re.sub(r"\s+", " ", text.translate(SIGNS).replace("’", "'").casefold())
