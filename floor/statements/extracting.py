"""Extracting the text of a statement in order to count its words. A file that cannot be read is not counted."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

from floor.statements.screening import PDF

WORD_SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_of(content: bytes, media_type: str) -> str:
    """The text of the screened bytes `content`; empty if it holds none, or none that can be read."""
    if media_type == PDF:
        from floor.statements import pdf_files  # noqa: PLC0415  pypdf: fifteen MiB, for those who hand in a PDF

        return pdf_files.text_of(content)
    try:
        return _of_docx(content)
    except (ElementTree.ParseError, zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError):
        return ""


def _of_docx(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))  # noqa: S314  expat bounds its entities
    paragraphs = body.iter(f"{WORD_SPACE}p")
    return "\n".join("".join(run.text or "" for run in each.iter(f"{WORD_SPACE}t")) for each in paragraphs)
