"""Reading an uploaded table, CSV or XLSX, as rows of plain text with their line numbers."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from uploads import receiving
from uploads.refusals import FileRefused

MOST_ROWS = 1000
LARGEST = 1024 * 1024


class Unreadable(Exception):
    """The file cannot be read as a table; `str()` says what to do."""


@dataclass(frozen=True)
class Row:
    """One row of the table: its number as a spreadsheet shows it, and its cells by the name of their column."""

    number: int
    cells: dict[str, str]


def read(name: str, content: bytes, *, columns: list[str], by: str, at: datetime) -> list[Row]:
    """The rows of the file `name` with the bytes `content`, without empty ones. Raises `Unreadable`.

    The first row names the `columns`; case and order do not matter, and missing columns are empty. A workbook that `by`
    chose at the real moment `at` is read as any file that comes from outside (R-79).
    """
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than one megabyte."))
    lines = _of_workbook(content, by=by, at=at) if name.lower().endswith(".xlsx") else _of_csv(content)
    if not lines:
        raise Unreadable(_("The file is empty."))
    names = [cell.strip().lower() for cell in lines[0]]
    if unknown := [cell for cell in names if cell and cell not in columns]:
        raise Unreadable(_("Unknown columns: %(names)s.") % {"names": ", ".join(unknown)})
    if len(names) != len(set(names)):
        raise Unreadable(_("Two columns have the same name."))
    rows = [
        Row(number, {name: cell.strip() for name, cell in zip(names, line, strict=False) if name})
        for number, line in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in line)
    ]
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("The file has more than %(most)d rows; import it in parts.") % {"most": MOST_ROWS})
    return rows


def _of_csv(content):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(_("The file is neither XLSX nor CSV in UTF-8. Save it as one of them.")) from error
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Unreadable(_("The file cannot be read as CSV: %(error)s.") % {"error": error}) from error


def _of_workbook(content, *, by, at):
    """The rows of the first sheet. A formula is not calculated: its cell holds the formula, which is refused."""
    try:
        return receiving.receive_workbook(content, rows=MOST_ROWS + 2, sender=by, at=at)
    except FileRefused as refusal:
        raise Unreadable(str(refusal)) from refusal
