"""The record as files: JSON for machines, a workbook without formulas, paper.  R-30"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

import printing
from dialogue import moments
from dialogue.models import Meeting
from floor.record.tables import interruptions, others, remarks, statements
from speakers.publishing.exports.as_workbook import workbook
from speakers.publishing.exports.characters import printable

WIDTHS = {"number": 7, "name": 32, "group": 30, "speaker": 34, "level": 26, "sitting": 12, "began": 11, "ended": 11}
WIDTHS |= {"ground": 22, "during": 32, "raised_by": 32}


@dataclass(frozen=True)
class Format:
    """One kind of file: its media type, and `write(record, meeting)`, which returns its bytes."""

    media_type: str
    write: Callable[..., bytes]


def as_json(record: dict[str, Any], _meeting: Meeting) -> bytes:
    """The record as JSON, indented for reading."""
    return json.dumps(record, ensure_ascii=False, indent=2).encode() + b"\n"


def as_workbook(record: dict[str, Any], meeting: Meeting) -> bytes:
    """Four sheets: statements, those who did not speak, interruptions, and what the file is."""
    spoke, missed = statements(record, meeting), others(record)
    about = [[name, str(record[name] or "")] for name in ("meeting", "title", "time_zone", "as_at", "concluded_at")]
    return workbook(
        [
            (_("Statements"), *_sheet(spoke)),
            (_("Not heard"), *_sheet(missed)),
            (_("Interruptions"), *_sheet(interruptions(record, meeting))),
            (pgettext("sheet of a workbook", "About"), [_("What"), _("Value")], about, [20, 60]),
        ]
    )


def _sheet(table):
    """The headings, rows and widths of a `Table`."""
    names = list(table.columns)
    rows = [[row[name] if isinstance(row[name], int) else str(row[name] or "") for name in names] for row in table.rows]
    return list(table.columns.values()), rows, [WIDTHS.get(name, 14) for name in names]


def as_pdf(record: dict[str, Any], meeting: Meeting) -> bytes:
    """The record on paper, as PDF. Raises `printing.PrintingFailed`."""
    return printing.pdf(page(record, meeting))


def page(record: dict[str, Any], meeting: Meeting) -> str:
    """The page that is printed, as HTML."""
    context = {
        "meeting": meeting,
        "title": printable(str(meeting)),
        "venue": printable(str(meeting.venue)),
        "record": record,
        "as_at": moments.in_words(datetime.fromisoformat(record["as_at"]), meeting),
        "statements": statements(record, meeting),
        "others": others(record),
        "interruptions": interruptions(record, meeting),
        "remarks": remarks(record, meeting),
        "language": translation.get_language(),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }
    return render_to_string("floor/paper/record.html", context)


FORMATS = {
    "json": Format("application/json", as_json),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_workbook),
    "pdf": Format("application/pdf", as_pdf),
}
