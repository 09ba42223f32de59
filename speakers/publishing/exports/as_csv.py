"""A list as CSV: UTF-8 with a byte order mark, headings and cells in words, no cell read as a formula.  R-30"""

import csv
import io
from typing import Any

from speakers.models import SpeakersList
from speakers.publishing.exports.characters import neutralised
from speakers.publishing.exports.columns import cells, columns_of, headings


def write(document: dict[str, Any], _speakers_list: SpeakersList) -> bytes:
    """The list in `document` as bytes. `reading_back.py` reads them back into identical rows."""
    names = columns_of(document["speakers"])
    return table(headings(names), [cells(row, names) for row in document["speakers"]])


def table(headings: list[str], rows: list[list[Any]]) -> bytes:
    """A CSV table of `rows` under their `headings`: text neutralised, numbers unchanged."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(headings)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value):
    return value if isinstance(value, int) else neutralised(value)
