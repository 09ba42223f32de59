"""The form in which names are compared.  R-49"""

import spelling

# The prefix of a key whose name was erased.  R-57
ERASED = "erased/"


def key(name: str) -> str:
    """`name` as names are compared, accents ignored, as the database keeps it.  R-71"""
    return spelling.search_key(name)[:200]


def person_key(first_name: str, last_name: str) -> str:
    """The form in which names of persons are compared: both names, in order."""
    return key(f"{first_name} {last_name}")
