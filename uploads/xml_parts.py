"""Reading the XML of an Office file in one pass: no entities, no other encodings, no instructions, within limits."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import InputSource

from defusedxml.sax import make_parser

from uploads.verdicts import TOO_MUCH, foreign

# Elements and pieces of text in all parts of a file together, and elements inside each other.
MOST_PIECES, DEEPEST = 200_000, 250
DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
# The namespaces of Word, as it writes by default and as the strict standard has it.
WORD = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
}
# An instruction by which SharePoint marks its own facts about a file.
MARKS = {"mso-contentType"}
ENCODINGS = {b"utf-8", b"us-ascii", b"ascii"}


class Budget:
    """How many pieces the parts of one file may still hold together."""

    def __init__(self) -> None:
        self.left = MOST_PIECES

    def spend(self) -> None:
        """Count one piece. Raises `Unacceptable` when there are too many."""
        self.left -= 1
        if self.left < 0:
            raise TOO_MUCH


class Reader(ContentHandler):
    """Reads one part. What it begins and ends has the prefix `w:` if it belongs to Word, whatever prefix is written.

    A name without a namespace has no prefix, and any other has `other:`, so that none can stand for another.
    """

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self.budget = budget
        # The elements that are open, the outermost first.
        self.path: list[str] = []

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element `name` begins."""

    def end(self, name: str) -> None:
        """An element `name` ends."""

    def startElementNS(self, name: Any, _qname: Any, attributes: Any) -> None:
        """Count the element, then `begin` it."""
        self.budget.spend()
        if len(self.path) == DEEPEST:
            raise TOO_MUCH
        self.begin(_prefixed(name), {_prefixed(each): value for each, value in attributes.items()})
        self.path.append(_prefixed(name))

    def endElementNS(self, _name: Any, _qname: Any) -> None:
        """`end` the element."""
        self.end(self.path.pop())

    def characters(self, _content: str) -> None:
        """Count a piece of text."""
        self.budget.spend()

    def processingInstruction(self, target: str, _data: str) -> None:
        """Refuse an instruction to the program that opens the file."""
        if target not in MARKS:
            raise foreign(f"an instruction {target}")


def local(name: str) -> str:
    """The prefixed `name` without its prefix."""
    return name.rpartition(":")[2]


def _prefixed(name):
    space, alone = name
    return f"w:{alone}" if space in WORD else f"other:{alone}" if space else alone


def read(part: bytes, reader: Reader) -> None:
    """Let `reader` read the XML `part`. Raises `Unacceptable`, or what broken XML and entities cause."""
    declared = DECLARED.match(part)
    if b"\0" in part or (declared and declared[1].lower() not in ENCODINGS):
        raise foreign("XML that is not written in UTF-8")
    source = InputSource()
    source.setByteStream(BytesIO(part))  # type: ignore[arg-type]  # any file of bytes will do
    source.setEncoding("utf-8")
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(reader)
    parser.parse(source)
