"""Whose name is it? A typed name beside the code of a delegation: the same, another spelling, or a contradiction.  R-71

Names on record are those in every language, short and formal; `data/everyday_names.csv` adds those of everyday use,
which are compared and never shown.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import spelling
from speakers.models import Delegation

EVERYDAY = Path(__file__).resolve().parent / "data/everyday_names.csv"
# Letters and digits, with the apostrophes and dashes between them: “Guinea-Bissau” is one word.
WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


class Names:
    """The names of `delegations`, each found by its code, to compare typed ones with."""

    def __init__(self, delegations: Iterable[Delegation]) -> None:
        self._known: dict[str, set[str]] = {}
        for delegation in delegations:
            keys = [*delegation.search_words.split("\n"), *everyday().get(delegation.code, [])]
            self._known[delegation.code] = {_in_words(each) for each in keys}

    def is_name(self, code: str, typed: str) -> bool:
        """Is `typed` a name of the delegation of `code`?

        A part of a name, such as “Bolivia”, is one if no other delegation has a name with these words.
        """
        words = _in_words(spelling.search_key(typed))
        return words in self._known[code] or (bool(words) and self._holders(words) == {code})

    def is_of_another(self, code: str, typed: str) -> bool:
        """Is `typed` a whole name of a delegation other than that of `code`?"""
        words = _in_words(spelling.search_key(typed))
        return any(other != code and words in names for other, names in self._known.items())

    def code_of(self, typed: str) -> str | None:
        """The code of the delegation that `typed` names, by a name or by its code; None if it names none or several."""
        if (code := typed.strip().upper()) in self._known:
            return code
        words = _in_words(spelling.search_key(typed))
        whole = {code for code, names in self._known.items() if words in names}
        named = whole or (self._holders(words) if words else set())
        return named.pop() if len(named) == 1 else None

    def _holders(self, words):
        """The codes of all delegations with a name that holds these `words` in this order."""
        return {code for code, names in self._known.items() if any(f" {words} " in f" {name} " for name in names)}


@cache
def everyday() -> dict[str, list[str]]:
    """The names of everyday use, as keys, by the code of their delegation."""
    found: dict[str, list[str]] = defaultdict(list)
    with EVERYDAY.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["code"]].append(spelling.search_key(row["name"]))
    return found


def _in_words(key):
    """The words of `key` with one space between them, without brackets, commas and a first article."""
    return " ".join(WORD.findall(key)).removeprefix("the ")
