"""Characters that would break a file or deceive its reader, and how each kind of file carries them all the same.  R-30

Nothing here loses data where a file is read back (`escaped`, `neutralised`, with their inverses); only what is made
for reading by people (`printable`) leaves out what paper cannot show.
"""

import re
import unicodedata

NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What a spreadsheet may take for the end of a cell, whatever it was told.
BREAKS = ";,\t\r\n|"
BEGINS_FORMULA = "=+\\-@＝＋－＠"
FORMULA = re.compile(rf"(^\s*|[{BREAKS}])(?=[{BEGINS_FORMULA}'])")
NEUTRALISED = re.compile(rf"(^\s*|[{BREAKS}])'")
STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def escaped(text: str) -> str:
    """`text` as a workbook may hold it: what XML cannot, as `_x0007_`, which spreadsheets show as what it was.

    ECMA-376 part 1, 22.9.2.19 (ST_Xstring). `unescaped` is the inverse.
    """
    return NOT_IN_XML.sub(lambda found: f"_x{ord(found.group()):04X}_", text)


def unescaped(text: str) -> str:
    """The inverse of `escaped`."""
    return ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)


def neutralised(text: str) -> str:
    """`text` as a cell of a CSV file that no spreadsheet takes for a formula: an apostrophe before what begins one.

    At the beginning (spaces apart) and after whatever may be taken for the end of a cell, an apostrophe is put before
    `=`, `+`, `-`, `@`, their wide forms, and before an apostrophe; so that `restored` is the exact inverse.
    """
    return FORMULA.sub(r"\1'", text)


def restored(text: str) -> str:
    """The inverse of `neutralised`."""
    return NEUTRALISED.sub(r"\1", text)


def printable(text: str) -> str:
    """`text` for paper: without control characters and marks that steer the direction of writing, composed (NFC)."""
    shown = "".join(" " if unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} else each for each in text)
    return unicodedata.normalize("NFC", " ".join(STEERING.sub("", shown).split()))


def isolated(text: str) -> str:
    """`text` for a line of plain text: written from right to left it does not turn the words around it."""
    return f"\u2068{text}\u2069" if RIGHT_TO_LEFT.search(text) else text
