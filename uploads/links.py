"""Which addresses a link in a file may lead to."""

import re

# On the web, to write to, or to call. No file, no share of a network, no program.
HARMLESS = re.compile(r"(?:(?:https?://|www\.)[^\\\x00-\x1f]+|(?:mailto|tel):[^\\\x00-\x1f]*)", re.I)


def is_harmless(target: str) -> bool:
    """Does `target` lead to the web, to a mail address or to a telephone?"""
    return HARMLESS.fullmatch(target.strip()) is not None
