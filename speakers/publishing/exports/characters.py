"""Characters that would break a file or deceive its reader, and how each kind of file still carries them.  R-30

Nothing here loses data when a file is read back (`escaped`, `neutralised`, with their inverses); only text meant for
people (`printable`) leaves out what paper cannot show.
"""

import re
import unicodedata

from spelling.composing import composed

NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Characters a spreadsheet may take for the end of a cell, whatever its settings.
BREAKS = ";,\t\r\n|"
BEGINS_FORMULA = "=+\\-@＝＋－＠"
FORMULA = re.compile(rf"(^\s*|[{BREAKS}])(?=[{BEGINS_FORMULA}'])")
NEUTRALISED = re.compile(rf"(^\s*|[{BREAKS}])'")
STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def escaped(text: str) -> str:
    """`text` as a workbook may hold it: characters XML cannot hold as `_x0007_`, which spreadsheets decode.

    ECMA-376 part 1, 22.9.2.19 (ST_Xstring). `unescaped` is the inverse.
    """
    return NOT_IN_XML.sub(lambda found: f"_x{ord(found.group()):04X}_", text)


def unescaped(text: str) -> str:
    """The inverse of `escaped`."""
    return ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)


def neutralised(text: str) -> str:
    """`text` as a cell of a CSV file that no spreadsheet takes for a formula: an apostrophe before what begins one.

    At the beginning (ignoring spaces) and after any character that may be taken for the end of a cell, an apostrophe
    is put before `=`, `+`, `-`, `@`, their wide forms, and an apostrophe; so `restored` is the exact inverse.
    """
    return FORMULA.sub(r"\1'", text)


def restored(text: str) -> str:
    """The inverse of `neutralised`."""
    return NEUTRALISED.sub(r"\1", text)


def printable(text: str) -> str:
    """`text` for paper: without control characters and marks of text direction, composed (NFC)."""
    shown = "".join(" " if unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} else each for each in text)
    return composed(" ".join(STEERING.sub("", shown).split()))


def isolated(text: str) -> str:
    """`text` isolated in a line of plain text: if it runs from right to left, the words around it stay in order."""
    return f"\u2068{text}\u2069" if RIGHT_TO_LEFT.search(text) else text
