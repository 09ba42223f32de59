"""Reading back what was exported: rows from CSV, workbook or JSON, equal to what was written.  R-30"""

import csv
import io
import json
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _

from speakers.publishing.exports.characters import restored, unescaped
from speakers.publishing.exports.columns import COLUMNS, OPTIONAL, from_cells, names_of


class UnreadableList(Exception):
    """The file is not an exported list; `str()` says why."""


def read_csv(data: bytes) -> list[dict[str, Any]]:
    """The rows in the bytes of a CSV file. Raises `UnreadableList`."""
    try:
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableList(str(error)) from error
    headings, *rows = lines or [[]]
    return _rows(names_of(headings), [[restored(cell) for cell in row] for row in rows])


def read_workbook(data: bytes) -> list[dict[str, Any]]:
    """The rows in the first sheet of a workbook, in bytes. Raises `UnreadableList`."""
    import openpyxl  # noqa: PLC0415  dear to load, and needed by those who read back a workbook alone

    try:
        [sheet, *_about] = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets
        lines = [[unescaped(str(cell)) if cell is not None else "" for cell in row] for row in sheet.values]
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableList(str(error)) from error
    headings, *rows = lines or [[]]
    return _rows(names_of(headings), rows)


def read_json(data: bytes) -> list[dict[str, Any]]:
    """The rows in the bytes of a JSON file. Raises `UnreadableList`."""
    try:
        return json.loads(data)["speakers"]
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableList(str(error)) from error


def _rows(names, lines):
    """The `lines` of cells under their `names` as dictionaries, numbers as numbers."""
    if not set(names) >= set(COLUMNS) - OPTIONAL:
        raise UnreadableList(_("The columns are not those of a list of speakers."))
    try:
        return [from_cells(dict(zip(names, line, strict=True))) for line in lines]
    except ValueError as error:
        raise UnreadableList(str(error)) from error
