"""Reading an uploaded table, CSV or XLSX, as rows of plain text with their line numbers."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import spelling
from spelling import typed
from spelling.listing import in_a_row
from uploads import receiving
from uploads.refusals import FileRefused

MOST_ROWS = 1000
LARGEST = 1024 * 1024
# As far down the row with the names of the columns is looked for: offices put titles above it.
MOST_ABOVE = 20
# Under these names a row keeps what stands above the columns, and what stands in a cell without a column.
ABOVE, BESIDE = "(above)", "(beside)"


class Unreadable(Exception):
    """The file cannot be read as a table; `str()` says what to do."""


@dataclass(frozen=True)
class Row:
    """One row of the table: its number as a spreadsheet shows it, and its cells by the name of their column."""

    number: int
    cells: dict[str, str]


def read(name: str, content: bytes, *, columns: list[str], by: str, at: datetime) -> list[Row]:
    """The rows of the file `name` with the bytes `content`, without empty ones. Raises `Unreadable`.

    The first row that names the first of the `columns` names all of them; case, spaces, dashes and order do not matter,
    and missing columns are empty. Rows above it have their text under `ABOVE`, and what a row holds in a cell without a
    column is under `BESIDE`, so that nothing is dropped. All text is composed (NFC), with single spaces. A workbook
    that `by` chose at the real moment `at` is read as any file that comes from outside (R-79).
    """
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than one megabyte."))
    is_workbook = name.lower().endswith(".xlsx")
    lines = _of_workbook(content, by=by, at=at) if is_workbook else _of_csv(content, columns[0])
    lines = [[_cell(cell) for cell in line] for line in lines]
    if not any(any(line) for line in lines):
        raise Unreadable(_("The file is empty."))
    head = _head(lines, columns[0])
    names = _named(lines[head], columns)
    rows = [Row(number, {ABOVE: " ".join(filter(None, line))}) for number, line in _numbered(lines, 0, head)]
    rows += [Row(number, _cells(names, line)) for number, line in _numbered(lines, head + 1, len(lines))]
    if len(rows) > MOST_ROWS:
        words = ngettext(
            "The file has more than %(most)d row; import it in parts.",
            "The file has more than %(most)d rows; import it in parts.",
            MOST_ROWS,
        )
        raise Unreadable(words % {"most": MOST_ROWS})
    return rows


def _cell(text):
    return " ".join(typed.normal(text).split())


def _numbered(lines, first, last):
    """The lines that are not empty, from `first` up to `last`, each with its number as a spreadsheet shows it."""
    return [(number, lines[number - 1]) for number in range(first + 1, last + 1) if any(lines[number - 1])]


def _head(lines, identity):
    """The index of the row with the names of the columns, of which `identity` is one; else the first with any text."""
    wanted = _column_key(identity)
    found = (index for index, line in enumerate(lines[:MOST_ABOVE]) if wanted in map(_column_key, line))
    return next(found, None) or next(index for index, line in enumerate(lines) if any(line))


def _named(cells, columns):
    """The `columns` that the `cells` of the head name, empty where a cell is. Raises `Unreadable`."""
    known = {_column_key(column): column for column in columns}
    names = [known.get(_column_key(cell), cell) for cell in cells]
    if unknown := [name for name in names if name and name not in columns]:
        raise Unreadable(_("Unknown columns: %(names)s.") % {"names": in_a_row(unknown)})
    given = [name for name in names if name]
    if len(given) != len(set(given)):
        raise Unreadable(_("Two columns have the same name."))
    return names


def _column_key(cell):
    """What is compared of the name of a column: “Focal_point email” is “focal point e-mail”."""
    return spelling.search_key(cell).replace("e-mail", "email").replace("_", " ").replace("-", " ")


def _cells(names, line):
    """The cells of a `line` by the `names` of their columns; those without a name are kept together."""
    names = names + [""] * (len(line) - len(names))
    found = {name: cell for name, cell in zip(names, line, strict=False) if name}
    beside = [cell for name, cell in zip(names, line, strict=False) if cell and not name]
    return found | ({BESIDE: ", ".join(beside)} if beside else {})


def _of_csv(content, identity):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(_("The file is neither XLSX nor CSV in UTF-8. Save it as one of them.")) from error
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, identity), strict=True))
    except csv.Error as error:
        raise Unreadable(_("The file cannot be read as CSV: %(error)s.") % {"error": error}) from error


def _delimiter(text, identity):
    """The sign between the cells: the one that stands most often in the row with the names of the columns."""
    lines = text.split("\n")[:MOST_ABOVE]
    wanted = _column_key(identity)
    heads = [line for line in lines if wanted in [_column_key(cell.strip(' "\r')) for cell in _apart(line)]]
    return max(",;\t", key=(heads or lines)[0].count)


def _apart(line):
    return line.replace(";", ",").replace("\t", ",").split(",")


def _of_workbook(content, *, by, at):
    """The rows of the first sheet. A formula is not calculated: its cell holds the formula, which is refused."""
    try:
        return receiving.receive_workbook(content, rows=MOST_ROWS + MOST_ABOVE + 2, sender=by, at=at)
    except FileRefused as refusal:
        raise Unreadable(str(refusal)) from refusal
