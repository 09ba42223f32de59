"""The file formats of a list, by file extension.  R-30"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from speakers.models import SpeakersList
from speakers.publishing.exports import as_csv, as_pdf, as_text, as_workbook

CSV, WORKBOOK = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_json(document: dict[str, Any], _speakers_list: SpeakersList) -> bytes:
    """The document itself, indented for reading. A revision's page returns its own text, byte for byte."""
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


@dataclass(frozen=True)
class Format:
    """One format: its content type, the function that writes it, and whether it is saved rather than shown."""

    content_type: str
    write: Callable[[dict[str, Any], SpeakersList], bytes]
    is_download: bool = False


FORMATS = {
    "txt": Format("text/plain; charset=utf-8", as_text.write),
    "pdf": Format("application/pdf", as_pdf.write),
    "xlsx": Format(WORKBOOK, as_workbook.write, is_download=True),
    "csv": Format(CSV, as_csv.write, is_download=True),
    "json": Format("application/json", as_json),
}
