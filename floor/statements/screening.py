"""What an uploaded file really is, and whether anything in it could run by itself. Only its content is trusted.

Even a file that passes is never shown in a browser: it is served as an attachment, see `views/statements.py`.
"""

import re
import zipfile
from io import BytesIO

import filetype
from django.utils.translation import gettext as _

from floor.statements.refused_files import FileRefused, active

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIXES = {PDF: "pdf", DOCX: "docx"}
# The largest file in bytes: a statement with pictures is far smaller.
LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED, MOST_PARTS = 60 * 1024 * 1024, 2000
# Parts of a DOCX that hold macros, controls or programs.
ACTIVE_PARTS = re.compile(
    r"vbaproject|vbadata|/activex/|/embeddings/.*\.(bin|exe|xlsm|docm|pptm)$|\.(exe|js|vbs)$", re.I
)


def screen(content: bytes) -> str:
    """The media type of the bytes `content`, a harmless PDF or DOCX. Raises `FileRefused` for anything else."""
    if len(content) > LARGEST:
        raise FileRefused(_("The file is larger than %(size)d MB.") % {"size": LARGEST // 1024**2})
    found = filetype.guess(content)
    if found is not None and found.mime == PDF:
        from floor.statements import pdf_files  # noqa: PLC0415  pypdf: fifteen MiB, for those who hand in a PDF

        pdf_files.screen(content)
        return PDF
    if content[:4] == b"PK\x03\x04":
        _screen_docx(content)
        return DOCX
    raise FileRefused(_("This is neither a PDF nor a DOCX file. Save the statement as one of these."))


def _screen_docx(content):
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if not {"[Content_Types].xml", "word/document.xml"} <= names:
                raise FileRefused(_("This is neither a PDF nor a DOCX file. Save the statement as one of these."))
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise FileRefused(_("This file unpacks to far more than a statement."))
            if any(part.flag_bits & 1 for part in parts):
                raise FileRefused(_("This file is protected by a password. Save it without one."))
            if any(ACTIVE_PARTS.search(name) for name in names) or _has_macros_or_reaches_out(package, names):
                raise FileRefused(active("DOCX"))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError) as error:
        raise FileRefused(_("This file is damaged. Save it again, then hand it in.")) from error


def _has_macros_or_reaches_out(package, names):
    """Is the package declared to hold macros, or does a part load something from elsewhere? Links do not count."""
    if b"macroenabled" in package.read("[Content_Types].xml").lower():
        return True
    relations = (package.read(name) for name in names if name.endswith(".rels"))
    return any(_reaches_out(text) for text in relations)


def _reaches_out(relations):
    found = re.findall(rb"<Relationship\b[^>]*>", relations)
    return any(b'"External"' in each.replace(b"'", b'"') and b"/hyperlink" not in each for each in found)
