"""Keeping a document as a file in the database: judged when it comes, and replaced by another one.  R-79"""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import slugify

from dialogue.models import Document, DocumentFile

PDF = "application/pdf"


@dataclass(frozen=True)
class Enclosure:
    """A PDF that was received and may be kept."""

    content: bytes

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        return len(self.content)

    def __str__(self):
        """How the journal names it: as the row that keeps it."""
        return str(self.row_for(None))

    def row_for(self, document: Document | None) -> DocumentFile:
        """The unsaved row that keeps it as the file of `document`."""
        return DocumentFile(document=document, size=self.size, sha256=self.sha256, content=self.content)


def enclose(document: Document, enclosure: Enclosure | None) -> None:
    """Keep `enclosure` as the file of the stored `document` instead of the one it has, or no file if it is None.

    In the transaction of the caller, who journals and has had the file judged.
    """
    DocumentFile.objects.filter(document=document).delete()
    if enclosure:
        enclosure.row_for(document).save(force_insert=True)


def download_name(slug: str, symbol: str, title: str) -> str:
    """The name under which a browser saves a document of the meeting `slug`, by its `symbol` or its `title`."""
    return f"{slug}-{slugify(symbol.replace('/', '-') or title)[:60].strip('-') or 'document'}.pdf"
