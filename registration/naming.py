"""Under which form names and addresses are compared.  R-49"""

import unicodedata

ERASED = "erased/"
"""How a key begins whose name was erased.  R-57"""


def key(name):
    """`name` without case, accents and superfluous spaces: what makes two spellings the same to a reader."""
    parts = unicodedata.normalize("NFKD", name)
    letters = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join(letters.casefold().split())[:200]


def person_key(first_name, last_name):
    """The form under which names of persons are compared: both names, in their order."""
    return key(f"{first_name} {last_name}")
