"""A list as CSV: UTF-8 with a byte order mark, columns as in the JSON, no cell read as a formula.  R-30"""

import csv
import io
from typing import Any

from speakers.models import SpeakersList
from speakers.publishing.exports.characters import neutralised
from speakers.publishing.exports.columns import cells, columns_of


def write(document: dict[str, Any], _speakers_list: SpeakersList) -> bytes:
    """The list in `document` as bytes. `reading_back.py` reads them back into identical rows."""
    rows = document["speakers"]
    return table(columns_of(rows), rows)


def table(names: list[str], rows: list[dict[str, Any]]) -> bytes:
    """A CSV table with the columns `names`: text neutralised, numbers unchanged."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(names)
    writer.writerows([_cell(cell) for cell in cells(row, names)] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value):
    return value if isinstance(value, int) else neutralised(value)
