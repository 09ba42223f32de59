"""One form of letters that can be written in several: Unicode's forms, in a time that grows with the text alone."""

import unicodedata
from collections.abc import Iterator
from typing import Literal

# A letter of any language has fewer marks; Unicode's own format for texts in streams allows as many.
MOST_MARKS = 30


def composed(text: str, form: Literal["NFC", "NFKC", "NFKD"] = "NFC") -> str:
    """`text` in the `form` of Unicode. Of the marks on one letter, more than `MOST_MARKS` are left out.

    They would be sorted in a time that grows with their square.
    """
    return unicodedata.normalize(form, text if len(text) <= MOST_MARKS else "".join(_with_few_marks(text)))


def _with_few_marks(text: str) -> Iterator[str]:
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MOST_MARKS:
            yield letter
