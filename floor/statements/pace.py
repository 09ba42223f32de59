"""How long a text takes to read aloud at a pace that interpreters can follow: words, or characters, a minute.

It advises and never blocks.

The paces are data: `floor/statements/data/paces.csv`, with the source of each.
"""

import csv
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

PACES = Path(__file__).parent / "data/paces.csv"
# A word, a number, or several joined by a hyphen or an apostrophe.
WORD = re.compile(r"\w+(?:[’'\-.,]\w+)*")
IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# How many characters a foreign word or a number in a Chinese text counts for.
CHARACTERS_OF_A_WORD = 2
WORDS, CHARACTERS = "words", "characters"
# Times are rounded to this many seconds: anything finer would be false precision.
TO_WHOLE = 10


@dataclass(frozen=True, slots=True)
class Pace:
    """The pace at which a language can be interpreted: how many of `unit` ("words" or "characters") in a minute."""

    unit: str
    per_minute: int


@cache
def paces() -> dict[str, Pace]:
    """The `Pace` of each language, by the code in `Inscription.Language`."""
    with PACES.open(encoding="utf-8", newline="") as rows:
        return {row["language"]: Pace(row["unit"], int(row["per_minute"])) for row in csv.DictReader(rows)}


def pace_of(language: str) -> Pace:
    """The `Pace` of `language`; an unknown language has that of “other”."""
    return paces().get(language, paces()["other"])


def length(text: str, language: str) -> int:
    """The number of words, or characters, of `text` in `language`, counted in the unit of its pace."""
    words = len(WORD.findall(IDEOGRAPH.sub(" ", text)))
    if pace_of(language).unit == WORDS:
        return words + len(IDEOGRAPH.findall(text))
    return len(IDEOGRAPH.findall(text)) + CHARACTERS_OF_A_WORD * words


def time_for(count: int, language: str) -> timedelta:
    """How long `count` words or characters of `language` take at its pace."""
    return timedelta(minutes=count / pace_of(language).per_minute)


def in_words(duration: timedelta) -> str:
    """A `duration` as “about 4 min 10 s”, to the nearest ten seconds."""
    minutes, seconds = divmod(round(duration.total_seconds() / TO_WHOLE) * TO_WHOLE, 60)
    if not minutes:
        return _("about %(seconds)d s") % {"seconds": seconds}
    if not seconds:
        return _("about %(minutes)d min") % {"minutes": minutes}
    return _("about %(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": seconds}


def verdict(count: int, language: str, limit: timedelta) -> tuple[str, bool]:
    """How a text of length `count` compares with the `limit`: a sentence, and whether the text is too long."""
    needed = time_for(count, language)
    is_long = needed > limit
    facts = {"count": count, "time": in_words(needed), "limit": in_minutes(limit)}
    if pace_of(language).unit == CHARACTERS:
        words = ngettext(
            "%(count)d character: %(time)s at an interpreter’s pace; the limit is %(limit)s.",
            "%(count)d characters: %(time)s at an interpreter’s pace; the limit is %(limit)s.",
            count,
        )
    else:
        words = ngettext(
            "%(count)d word: %(time)s at an interpreter’s pace; the limit is %(limit)s.",
            "%(count)d words: %(time)s at an interpreter’s pace; the limit is %(limit)s.",
            count,
        )
    return words % facts, is_long


def without_limit(count: int, language: str) -> str:
    """How long a text of length `count` takes, as a sentence, where there is no limit to compare it with."""
    facts = {"count": count, "time": in_words(time_for(count, language))}
    if pace_of(language).unit == CHARACTERS:
        words = ngettext(
            "%(count)d character: %(time)s at an interpreter’s pace.",
            "%(count)d characters: %(time)s at an interpreter’s pace.",
            count,
        )
    else:
        words = ngettext(
            "%(count)d word: %(time)s at an interpreter’s pace.",
            "%(count)d words: %(time)s at an interpreter’s pace.",
            count,
        )
    return words % facts


def in_minutes(limit: timedelta) -> str:
    """A limit as “3 min” or “2 min 30 s”."""
    minutes, seconds = divmod(int(limit.total_seconds()), 60)
    pattern = _("%(minutes)d min %(seconds)d s") if seconds else _("%(minutes)d min")
    return pattern % {"minutes": minutes, "seconds": seconds}
