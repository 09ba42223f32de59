"""Placeholders in texts by staff, such as `{delegation}`: only those of an allow-list, filled once.  R-60"""

import re
from typing import Any

PATTERN = re.compile(r"\{([A-Za-z_]*)\}")


def used(text: str) -> set[str]:
    """The names of all placeholders in `text`, as a set."""
    return set(PATTERN.findall(text))


def filled(text: str, values: Any) -> str:
    """`text` with each placeholder replaced by its value, in one pass: braces inside a value stay as they are.

    `values` holds a text for each name; a missing name raises `KeyError`, because texts are checked when stored.
    """
    return PATTERN.sub(lambda found: str(values[found.group(1)]), text)
