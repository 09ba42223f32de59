"""A list as a workbook (XLSX), in the language of the reader: text stays text, whatever it looks like.  R-30

The library is large and loaded only when a workbook is written or read.
"""

import io
from typing import Any

from django.utils.translation import get_language_bidi, gettext, gettext_noop

from speakers.models import SpeakersList
from speakers.publishing.exports.characters import escaped
from speakers.publishing.exports.columns import cells, columns_of, headings
from spelling.listing import named

LIST = gettext_noop("List of speakers")
WIDTHS = {
    "place": 8,
    "receipt_no": 9,
    "delegation": 36,
    "group": 40,
    "level": 34,
    "speaker": 34,
    "joined": 40,
    "presented_by": 34,
    "sitting": 30,
}


def write(document: dict[str, Any], speakers_list: SpeakersList) -> bytes:
    """The `document`, a state of `speakers_list`, as bytes: a sheet of rows, and one that says which list it is."""
    names = columns_of(document["speakers"])
    about = {
        "title": str(speakers_list),
        **{name: value for name, value in document.items() if name != "speakers"},
    }
    rows = [cells(row, names) for row in document["speakers"]]
    widths = [WIDTHS.get(name, 14) for name in names]
    sheets = [
        (gettext(LIST), headings(names), rows, widths),
        (
            gettext("About"),
            [gettext("What"), gettext("Value")],
            [[name, _plain(value)] for name, value in about.items()],
            [20, 80],
        ),
    ]
    return workbook(sheets)


def workbook(sheets: list[tuple[str, list[str], list[list[Any]], list[int]]]) -> bytes:
    """A workbook of `sheets`, each (name, headings, rows, widths), as bytes; rows hold text and whole numbers.

    The headings stay in sight, and each is a filter. In a language that runs from right to left, so do the columns.
    """
    import openpyxl  # noqa: PLC0415  dear to load, and needed by those who export a workbook alone
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, head, rows, widths in sheets:
        sheet = book.create_sheet(name)
        sheet.sheet_view.rightToLeft = get_language_bidi()
        for column, (heading, width) in enumerate(zip(head, widths, strict=True), start=1):
            cell = sheet.cell(1, column, heading)
            cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top")
            sheet.column_dimensions[get_column_letter(column)].width = width
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row, start=1):
                _fill(sheet.cell(number, column), value)
                sheet.cell(number, column).alignment = Alignment(vertical="top", wrap_text=True)
        sheet.freeze_panes, sheet.auto_filter.ref = "A2", sheet.dimensions
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(cell, value):
    """Write `value` into `cell`: a number as a number, text as text that is never calculated.

    `quotePrefix` is what a spreadsheet itself sets if a person types an apostrophe first: it keeps the cell a text even
    when it is edited.
    """
    if isinstance(value, int):
        cell.value = value
    else:
        cell.value = escaped(value)
        cell.data_type = "s"
        cell.quotePrefix = True


def _plain(value):
    if isinstance(value, list):
        return "\n".join(_told(sitting) for sitting in value)
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _told(sitting):
    """A sitting of a divided list, with its hours and whether it is likely."""
    hours = "{starts_at} – {ends_at}".format(**sitting)
    hours = gettext("%(hours)s – likely") % {"hours": hours} if sitting["likely"] else hours
    return named(sitting["name"], hours)
