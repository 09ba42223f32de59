"""Latin names in a text that runs from right to left: each is set apart, so that what stands beside it keeps its order.

Without that, “Rwanda، Kenya” is shown from left to right, as one Latin run. The marks work in plain text and HTML.
"""

import re

ARABIC = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
RIGHT_TO_LEFT = re.compile(f"[{ARABIC}]")
# A Latin word, and those that follow it, numbers too; no comma, colon or quotation mark, and no part of an address.
WORD = rf"[^\s{ARABIC},:;،؛؟“”«»\"\u2066-\u2069]"
NAME = re.compile(rf"(?<![^\s(“«\"{ARABIC}])[A-Za-zÀ-ɏ]{WORD}*(?:[ \u00a0]\(?[A-Za-zÀ-ɏ0-9]{WORD}*)*")
OPEN, CLOSE = "\u2068", "\u2069"
APART = re.compile(f"({OPEN}[^{CLOSE}]*{CLOSE})")


def isolated(text: str) -> str:
    """`text` with its Latin names between marks (U+2068, U+2069), in lines that have letters from right to left.

    Addresses, of pages and of mail, stay as they are: a mark beside one could be taken for a part of it.
    """
    return "\n".join(_names_apart(line) if RIGHT_TO_LEFT.search(line) else line for line in text.split("\n"))


def _names_apart(line):
    """The `line` with each Latin name set apart that is not so already, as those that a sentence inserts are."""
    parts = APART.split(line)
    return "".join(part if part.startswith(OPEN) else NAME.sub(_set_apart, part) for part in parts)


def _set_apart(found):
    words = found[0]
    if "@" in words or found.string[found.end() : found.end() + 3] == "://":
        return words
    name = words.rstrip(".") if ")" not in words or "(" in words else words.rstrip(".)")
    return f"{OPEN}{name}{CLOSE}{words[len(name) :]}"
