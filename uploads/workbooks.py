"""The rows of an XLSX that is imported, and whether it holds anything but sheets, their looks, remarks and pictures."""

from io import BytesIO

import openpyxl

from uploads import office_files
from uploads.office_files import OFFICE, Form
from uploads.verdicts import Reason

# Columns that are read: no table that is imported has as many.
MOST_COLUMNS = 50


def _types(*names):
    return (f"{OFFICE}spreadsheetml.{name}".lower() for name in names)


WORKBOOK = Form(
    main=r"xl/workbook\.xml",
    parts=(
        r"xl/(styles|sharedStrings|calcChain|metadata)\.xml|xl/theme/theme\d+\.xml|xl/persons/person\d*\.xml"
        r"|xl/worksheets/sheet\d+\.xml|xl/tables/table\d+\.xml|xl/drawings/(drawing\d+\.xml|vmlDrawing\d+\.vml)"
        r"|xl/(comments/)?comment\w*\d*\.xml|xl/threadedComments/threadedComment\d+\.xml"
        r"|xl/printerSettings/printerSettings\d+\.bin|xl/media/[\w. -]+\.(png|jpe?g|gif|bmp|tiff?|emf|wmf)"
        r"|xl/(worksheets/|drawings/)?_rels/\w+\.(xml|vml)\.rels"
    ),
    types=frozenset(
        [
            *_types("sheet.main+xml", "worksheet+xml", "styles+xml", "sharedStrings+xml", "calcChain+xml", "table+xml"),
            *_types("comments+xml", "sheetMetadata+xml", "printerSettings"),
            *(f"{OFFICE}drawing+xml", f"{OFFICE}vmldrawing"),
            *("application/vnd.ms-excel.threadedcomments+xml", "application/vnd.ms-excel.person+xml"),
        ]
    ),
    relationships=(
        "worksheet|styles|sharedStrings|calcChain|sheetMetadata|table|comments|threadedComment|person|drawing"
        "|vmlDrawing|printerSettings"
    ),
    unknown=Reason.NO_WORKBOOK,
)


def rows_of(content: bytes, most: int) -> list[list[str]]:
    """The first `most` rows of the first sheet of the XLSX `content`, each cell as text; a formula stays a formula.

    Raises `Unacceptable`, or whatever a damaged workbook causes.
    """
    office_files.read(content, WORKBOOK)
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
    lines = book.worksheets[0].iter_rows(max_row=most, max_col=MOST_COLUMNS, values_only=True)
    return [_without_empty_end("" if cell is None else str(cell) for cell in line) for line in lines]


def _without_empty_end(cells):
    cells = list(cells)
    while cells and not cells[-1]:
        cells.pop()
    return cells
