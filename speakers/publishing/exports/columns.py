"""The columns of a list in a table: words for people; programs read the JSON.  R-29 R-30"""

from typing import Any

from django.utils.translation import gettext, gettext_noop

from speakers.models import Band
from speakers.models.filing import Capacity

COLUMNS = {
    "place": gettext_noop("Place"),
    "delegation": gettext_noop("Delegation"),
    "delegation_code": gettext_noop("Code"),
    "capacity": gettext_noop("Capacity"),
    "group": gettext_noop("Group"),
    "band": gettext_noop("Band"),
    "level": gettext_noop("Level"),
    "receipt_no": gettext_noop("Receipt"),
    "speaker": gettext_noop("Speaker"),
    "joined": gettext_noop("Joined by"),
    "by_video": gettext_noop("Recorded video"),
    "presented_by": gettext_noop("Presented by"),
    "sitting": gettext_noop("Sitting"),
    "fixed_sitting": gettext_noop("Fixed to the sitting"),
}
# What is not told of a row if there is nothing to tell.
IF_ANY = {"joined", "by_video", "presented_by"}
# What only some rows have: a table has the column if one of its rows does.
OPTIONAL = {"speaker", "sitting", "fixed_sitting"} | IF_ANY
# The columns that hold a code, which a table puts into words.
CODED: dict[str, Any] = {"capacity": Capacity, "band": Band}
BETWEEN, YES = "; ", gettext_noop("yes")
NUMBERS = {"place", "receipt_no"}


def columns_of(rows: list[dict[str, Any]]) -> list[str]:
    """The names of the columns that `rows` need: an optional one only if a row has it."""
    return [name for name in COLUMNS if name not in OPTIONAL or any(name in row for row in rows)]


def headings(names: list[str]) -> list[str]:
    """The columns `names` in words."""
    return [gettext(COLUMNS[name]) for name in names]


def names_of(headings: list[str]) -> list[str]:
    """The inverse of `headings`; a heading that is none stays as it is, such as the name of a column in older files."""
    names = {gettext(heading): name for name, heading in COLUMNS.items()}
    return [names.get(heading, heading) for heading in headings]


def cells(row: dict[str, Any], names: list[str]) -> list[Any]:
    """The cells of one `row` under the columns `names`, which are text or numbers; several names stand in one cell."""
    return [_cell(name, row.get(name, "")) for name in names]


def _cell(name, value):
    if name in CODED and value in CODED[name].values:
        return str(CODED[name](value).label)
    if value is True:
        return gettext(YES)
    return BETWEEN.join(value) if isinstance(value, list) else value


def from_cells(row: dict[str, Any]) -> dict[str, Any]:
    """The inverse of `cells`, for a `row` of text under its columns. Raises `ValueError`."""
    row = {name: int(cell) if name in NUMBERS else _code(name, cell) for name, cell in row.items()}
    told = {name: row.pop(name) for name in IF_ANY if row.get(name)}
    if "joined" in told:
        told["joined"] = told["joined"].split(BETWEEN)
    if "by_video" in told:
        told["by_video"] = told["by_video"] == gettext(YES)
    return {name: cell for name, cell in row.items() if name not in IF_ANY} | told


def _code(name, cell):
    """The code that the words in a `cell` stand for, where the column has codes; a code stays one."""
    codes = {str(label): code for code, label in CODED[name].choices} if name in CODED else {}
    return codes.get(cell, cell)
