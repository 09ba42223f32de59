"""The form in which names are compared.  R-49"""

import unicodedata

# The prefix of a key whose name was erased.  R-57
ERASED = "erased/"


def key(name: str) -> str:
    """`name` without case, accents and superfluous spaces, so that spellings that read alike compare equal."""
    parts = unicodedata.normalize("NFKD", name)
    letters = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join(letters.casefold().split())[:200]


def person_key(first_name: str, last_name: str) -> str:
    """The form in which names of persons are compared: both names, in order."""
    return key(f"{first_name} {last_name}")
