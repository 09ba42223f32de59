"""Keys under which typed texts are compared: equal for texts that a reader cannot tell apart.  R-71"""

import unicodedata

from spelling.composing import composed

APOSTROPHES = dict.fromkeys(map(ord, "’‘‛ʼʻʹʽˈ´`＇′"), "'")
# Letters and signs that show nothing, beside the characters of Unicode's category of formats (Cf).
BLANK = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
VARIATIONS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x180B, 0x1810))
# Letters that do not fall apart by themselves, as they are typed and filed without; what joins Arabic letters is none.
PLAIN = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ـ": ""}
# Arabic letters that people type for one another; hamza is often left out.
ALIKE = str.maketrans(PLAIN | {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ٱ": "ا", "ء": ""})
# Categories of characters that are not compared: formats (marks of direction, joiners), controls, surrogates, the rest.
NOT_COMPARED = {"Cf", "Cs", "Co", "Cn"}


def key(text: str) -> str:
    """`text` without what makes no difference: case, width, kinds of space, apostrophe and dash, invisible characters.

    Accents are letters here: “Perú” and “Peru” differ.
    """
    before = None
    while text != before:  # a character may fall apart into others that are compared in another way
        before, text = text, _once(text)
    return text


def _once(text):
    letters = "".join(_compared(letter) for letter in composed(text.translate(APOSTROPHES), "NFKC"))
    return " ".join(composed(letters.casefold(), "NFKC").split())


def search_key(text: str) -> str:
    """The `key` of `text` in plain letters: “Turkiye” finds “Türkiye”, “Елка” “Ёлка”, “احمد” “أحمد” and “7” “٧”.

    No accents, no marks of vowels or hamza, no ligatures, one form of letters that Arabic writers exchange.
    """
    parts = composed(key(text), "NFKD").translate(ALIKE)
    plain = (letter for letter in parts if not unicodedata.combining(letter))
    return key("".join(str(unicodedata.decimal(letter, letter)) for letter in plain))


def address(text: str) -> str:
    """The form under which a mail address is compared: its `key`; an international domain in its ASCII form.

    A text that is no address is only made its key.
    """
    name, at, domain = key(text).rpartition("@")
    try:
        return f"{name}{at}{domain.encode('idna').decode()}" if at else domain
    except UnicodeError:  # no name of a domain
        return f"{name}{at}{domain}"


def _compared(letter):
    """The `letter` as it is compared; empty if it is not."""
    category = unicodedata.category(letter)
    if category == "Pd" or letter == "−":
        return "-"
    if category == "Cc":
        return " "
    is_invisible = category in NOT_COMPARED or letter in BLANK or any(ord(letter) in each for each in VARIATIONS)
    return "" if is_invisible else letter
