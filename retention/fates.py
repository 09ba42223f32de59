"""What becomes of a field that can hold a text, once the personal data of its meeting are due for erasure.  R-57"""

from typing import Any

# The fate of a field that is emptied, or deleted with its row; any other fate is the reason why it is kept.
ERASED = ""


def erased(*fields: Any) -> dict[str, str]:
    """A dictionary of fates which says that these `fields` are erased."""
    return dict.fromkeys(fields, ERASED)


def kept(reason: str, *fields: Any) -> dict[str, str]:
    """A dictionary of fates which says that these `fields` are kept, for the `reason` given."""
    return dict.fromkeys(fields, reason)


# What replaces an erased word if a database constraint requires one.
WORD = "erased"
