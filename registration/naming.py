"""Names of persons: the form in which they are compared, and their form in Latin letters.  R-49 R-71 R-75"""

import unicodedata

from django.utils.translation import gettext as _

import spelling

# The fields of a name, and its form in Latin letters.
LATIN = ["latin_first_name", "latin_last_name"]
NAMES = ["first_name", "last_name", *LATIN]
# The prefix of a key whose name was erased.  R-57
ERASED = "erased/"


def key(name: str) -> str:
    """`name` as names are compared, accents ignored, as the database keeps it.  R-71"""
    return spelling.search_key(name)[:200]


def person_key(first_name: str, last_name: str) -> str:
    """The form in which names of persons are compared: both names, in order."""
    return key(f"{first_name} {last_name}")


def is_latin(text: str) -> bool:
    """Are all letters of `text` Latin ones, with or without marks, as on the line that machines read in a passport?

    A letter that only modifies others, such as the ʻokina of “Saʻo”, is of no script.
    """
    letters = (letter for letter in text if letter.isalpha() and unicodedata.category(letter) != "Lm")
    return all(unicodedata.name(letter, "").startswith("LATIN ") for letter in letters)


def latin_form_problems(
    *, first_name: str, last_name: str, latin_first_name: str, latin_last_name: str
) -> dict[str, str]:
    """What is wrong with the Latin form of a name, as sentences by the name of the field.  R-75

    A name in another script needs one, with a first name if the name itself has one; other letters are no Latin form.
    """
    problems = {}
    if not is_latin(first_name + last_name):
        words = _("Enter the name in Latin letters too, as in the passport: security checks that line.")
        pairs = {"latin_first_name": (first_name, latin_first_name), "latin_last_name": (last_name, latin_last_name)}
        problems = {field: words for field, (name, latin) in pairs.items() if name and not latin}
    for field, latin in {"latin_first_name": latin_first_name, "latin_last_name": latin_last_name}.items():
        if not is_latin(latin):
            problems[field] = _("Enter this in Latin letters only.")
    return problems
