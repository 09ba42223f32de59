"""The alphabetical order of a list, in the language of its reader.

What stands in an order for the record (a list of speakers, a manifest, a file) does not use it: that order is one for
all. `data/han.txt` has the Chinese characters by pinyin, then by strokes.
"""

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from spelling.composing import composed
from spelling.keys import APOSTROPHES, PLAIN

HAN = Path(__file__).resolve().parent / "data/han.txt"
FILED_AS = str.maketrans(PLAIN)
# Letters with a mark that are letters of their own, in one language or in all; each stands after the one without.
OWN_LETTERS = {("es", "ñ"): "n", ("", "й"): "и"}
# The script of a language that is not written in Latin letters: it comes before the others.
SCRIPTS = {"ar": "ARABIC", "ru": "CYRILLIC", "zh-hans": "CJK"}
ARTICLE = "ال"
# What ends a letter, what makes it the next one, and what stands between the parts of a key.
END, NEXT, APART = "\x01", "~", "\x00"


def in_order(items: Iterable[Any], key: Callable[[Any], Any] = str, language: str = "") -> list[Any]:
    """The `items` in the alphabetical order of `language` (by default the active one), by what `key` says of each."""
    return sorted(items, key=lambda item: sort_key(str(key(item)), language))


def sort_key(text: str, language: str = "") -> str:
    """What compares as `text` stands in the alphabet of `language` (by default the active one).

    Its letters decide; where they are the same, their accents; then small letters stand before capitals. The article
    at the beginning of an Arabic name is passed over, and alef is one letter with or without hamza.
    """
    language = language or get_language() or ""
    text = " ".join(composed(text).translate(APOSTROPHES).split())
    filed = [_filed(letter, language) for letter in (text.removeprefix(ARTICLE) if language == "ar" else text)]
    return APART.join("".join(part) for part in zip(*filed, strict=True))


@lru_cache(maxsize=10_000)
def _filed(typed, language):
    """What one letter adds to the three parts of a key: itself in its plain small form, its marks, and its case."""
    small = typed.lower()
    case = "01"[small != typed]
    if before := OWN_LETTERS.get((language, small)) or OWN_LETTERS.get(("", small)):
        return _place(before, language) + NEXT + END, END, case
    parts = composed(small, "NFKD").casefold().translate(FILED_AS)
    letters = [part for part in parts if not unicodedata.combining(part)]
    marks = "".join(part for part in parts if unicodedata.combining(part))
    return (
        "".join(_place(letter, language) + END for letter in letters),
        marks + END * len(letters),
        case * len(letters),
    )


def _place(letter, language):
    """Where a letter stands: spaces, then signs, digits, the script of the language, other scripts."""
    category = unicodedata.category(letter)[0]
    if category != "L":
        return {"Z": "0", "N": "2"}.get(category, "1") + letter
    is_own = unicodedata.name(letter, "").startswith(SCRIPTS.get(language, "LATIN"))
    rank = _by_pinyin().get(letter) if language == "zh-hans" else None
    return ("3" if is_own else "4") + (f"{rank:05}" if rank is not None else letter)


@cache
def _by_pinyin():
    """The number of each Chinese character in dictionaries ordered by pinyin."""
    return {character: number for number, character in enumerate(HAN.read_text(encoding="utf-8").strip())}
