"""PDF files that delegations hand in: whether anything in one could run by itself, and its text."""

from io import BytesIO

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from floor.statements.refused_files import FileRefused, active

ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE"}
# Actions and dictionary keys of a PDF by which it runs something or carries a file.
ACTIVE_KEYS = {"/JavaScript", "/JS", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA"}
MOST_OBJECTS = 20_000
# What reading a broken PDF may raise.
DAMAGED = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError)
# Pages whose words are counted: a statement has two or three.
MOST_PAGES = 30


def text_of(content: bytes) -> str:
    """The text of the screened PDF `content`; empty if it holds none, or none that can be read."""
    try:
        pages = PdfReader(BytesIO(content)).pages
        return "\n".join(pages[number].extract_text() or "" for number in range(min(len(pages), MOST_PAGES)))
    except DAMAGED:
        return ""


def screen(content: bytes) -> None:
    """Raise `FileRefused` if the PDF `content` is damaged, protected, empty, or could run something by itself."""
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise FileRefused(_("This PDF is protected by a password. Save it without one."))
        if not len(reader.pages):
            raise FileRefused(_("This PDF has no pages."))
        if any(_acts(part) for part in _objects(reader)):
            raise FileRefused(active("PDF"))
    except DAMAGED as error:
        raise FileRefused(_("This PDF is damaged. Save it again, then hand it in.")) from error


def _objects(reader):
    """Every object of a PDF, including those packed into streams."""
    placed = [number for generation in reader.xref.values() for number in generation]
    numbers = [*placed, *reader.xref_objStm]
    if len(numbers) > MOST_OBJECTS:
        raise FileRefused(_("This PDF has far more parts than a statement."))
    return [reader.get_object(number) for number in numbers]


def _acts(part):
    """Does this `part` of a PDF, or anything written inside it, run something by itself or carry a file?"""
    if isinstance(part, list):
        return any(_acts(each) for each in part)
    if not isinstance(part, dict):
        return False
    if ACTIVE_KEYS & part.keys() or str(dict.get(part, "/S", "")) in ACTIVE_ACTIONS:
        return True
    return any(_acts(each) for each in dict.values(part))
