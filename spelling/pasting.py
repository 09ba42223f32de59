"""Codes and mail addresses as people paste them, made what they mean.  R-71"""

import re
import unicodedata

from spelling.composing import composed

# A name in quotation marks before an address in angle brackets, and a remark in brackets that is no address itself.
ASIDE = re.compile(r'"[^"<>]*"(?=\s*<)|\([^()@]*\)')
BETWEEN = re.compile(r"[\s,;]+")
AROUND = "\"'‘’“”«»()[]<>.:"
MAILTO = "mailto:"


def address(text: str) -> str:
    """The one mail address in `text`: “Doe, Jane <jane@mission.example>” means what is in the brackets.

    Width, invisible characters and signs around it go; its letters stay as typed. A text that holds no address, or
    several, is returned as it is.
    """
    found = addresses(text)
    return found[0] if len(found) == 1 else text.strip()


def addresses(text: str) -> list[str]:
    """All mail addresses in `text`, in their order, without the names before them; whatever else stands there, too."""
    *named, rest = ASIDE.sub(" ", _visible(text)).split(">")
    found = []
    for part in named:
        name, _bracket, inside = part.rpartition("<")
        found += [each for each in _pieces(name) if "@" in each] + _pieces(inside)
    return found + _pieces(rest)


def code(text: str) -> str:
    """The letters and digits of a code, without what stands between or around them: “１２３-456 .” means “123456”.

    Letters are capitals, and digits of any script are those of ASCII.
    """
    letters = composed(text, "NFKC").upper()
    kept = [letter for letter in letters if unicodedata.category(letter)[0] in "LN"]
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in kept)


def _visible(text):
    """`text` in its plain width, with a space for each control character and without invisible ones."""
    letters = composed(text, "NFKC")
    spaced = (" " if unicodedata.category(letter) == "Cc" else letter for letter in letters)
    return "".join(letter for letter in spaced if unicodedata.category(letter) != "Cf")


def _pieces(text):
    """What stands between spaces, commas and semicolons, each without signs around it."""
    pieces = (piece.strip(AROUND) for piece in BETWEEN.split(text))
    return [bare for piece in pieces if (bare := _without_mailto(piece))]


def _without_mailto(piece):
    return piece[len(MAILTO) :] if piece.casefold().startswith(MAILTO) else piece
