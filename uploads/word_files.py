"""The text of a DOCX, and whether it holds anything but text, tables and pictures."""

import re
from collections.abc import Mapping

from uploads import links, office_files
from uploads.office_files import OFFICE, Form
from uploads.verdicts import TOO_MUCH, Reason, foreign
from uploads.xml_parts import Budget, Reader

MOST_CHARACTERS = 200_000
# Elements that hold programs, other files, or the way to them.
REFUSED = {"object", "OLEObject", "control", "altChunk", "subDoc", "mailMerge", "externalData", "binData"}
# Fields that count, name or repeat something of the file itself. A formula begins with a sign of equality.
FIELDS = (
    "PAGE|NUMPAGES|SECTION|SECTIONPAGES|PAGEREF|REF|NOTEREF|STYLEREF|SEQ|TOC|TC|TOA|TA|INDEX|XE|HYPERLINK"
    "|DATE|TIME|CREATEDATE|SAVEDATE|PRINTDATE|EDITTIME|AUTHOR|LASTSAVEDBY|TITLE|SUBJECT|KEYWORDS|COMMENTS"
    "|DOCPROPERTY|DOCVARIABLE|INFO|FILENAME|FILESIZE|NUMWORDS|NUMCHARS|REVNUM|TEMPLATE|USERNAME|USERINITIALS"
    "|SYMBOL|ADVANCE|EQ|LISTNUM|AUTONUM|AUTONUMLGL|AUTONUMOUT|BIDIOUTLINE|QUOTE|CITATION|BIBLIOGRAPHY"
    "|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN"
)
CODE = re.compile(rf"\s*(=|(?:{FIELDS})(?![A-Za-z]))", re.I)
# In the instruction of a link: a quoted text, a switch with its value, a switch alone, a word.
OF_A_LINK = re.compile(r'\\[lots]\s*(?:"[^"]*"|\S+)|\\[a-z]|"([^"]*)"|(\S+)', re.I)
# In which element the pieces of an instruction, and those of the text, are written.
INSTRUCTIONS, TEXT, GAPS = {"instrText", "delInstrText"}, {"t", "delText"}, {"tab", "br", "cr"}


class WordReader(Reader):
    """Reads one part of a document, and keeps its text."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.pieces: list[str] = []
        self.length = 0
        self.inside = ""
        # The pieces of the instruction of each open field; None once its result has begun.
        self.fields: list[list[str] | None] = []

    @property
    def text(self) -> str:
        """The text, a line for each paragraph."""
        return "".join(self.pieces).strip()

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Judge the element, and note where its text belongs."""
        if name in REFUSED or attributes.get("src") or attributes.get("althref"):
            raise foreign(attributes.get("src") or attributes.get("althref") or name)
        if (link := attributes.get("href")) and not (links.is_harmless(link) or link.startswith("#")):
            raise foreign(link)
        self.inside = name if name in INSTRUCTIONS | TEXT else ""
        if name == "fldSimple":
            judge_field(attributes.get("instr", ""))
        elif name == "fldChar":
            self._field(attributes.get("fldCharType"))
        elif name in GAPS:
            self._keep(" ")

    def end(self, name: str) -> None:
        """A paragraph ends its line."""
        self.inside = ""
        if name == "p":
            self._keep("\n")

    def characters(self, content: str) -> None:
        """Keep the text, or add it to the instruction of the field that is being read."""
        super().characters(content)
        if self.inside and self.fields and (instruction := self.fields[-1]) is not None:
            instruction.append(content)
        elif self.inside == "t":
            self._keep(content)

    def endDocument(self) -> None:
        """Judge the fields that were left open."""
        while self.fields:
            self._field("end")

    def _keep(self, text):
        self.pieces.append(text)
        self.length += len(text)
        if self.length > MOST_CHARACTERS:
            raise TOO_MUCH

    def _field(self, kind):
        """A field begins, its result begins, or it ends."""
        if kind == "begin":
            if self.fields and self.fields[-1] is not None:
                raise foreign("a field within the instruction of another")
            self.fields.append([])
        elif self.fields:
            instruction = self.fields.pop()
            judge_field("".join(instruction or []))
            if kind == "separate":
                self.fields.append(None)


def judge_field(instruction: str) -> None:
    """Raise `Unacceptable` if the field with this `instruction` may do more than count, name or repeat."""
    if not instruction.strip():
        return
    if (code := CODE.match(instruction)) is None:
        raise foreign(f"a field {instruction.split()[0]}")
    if code[1].upper() == "HYPERLINK":
        for quoted, bare in OF_A_LINK.findall(instruction[code.end() :]):
            if (target := quoted or bare) and not links.is_harmless(target):
                raise foreign(target)


def _types(*names):
    return (f"{OFFICE}wordprocessingml.{name}+xml".lower() for name in names)


DOCUMENT = Form(
    main=r"word/document\d*\.xml",
    parts=(
        r"word/(glossary/)?(styles|stylesWithEffects|settings|webSettings|fontTable|numbering)\d*\.xml"
        r"|word/(footnotes|endnotes|comments|commentsExtended|commentsIds|commentsExtensible|people|intelligence2?)\.xml"
        r"|word/(header|footer)\d*\.xml|word/glossary/document\.xml|word/theme/theme\d+\.xml"
        r"|word/(glossary/)?_rels/\w+\.xml\.rels|word/theme/_rels/theme\d+\.xml\.rels"
        r"|word/media/[\w. -]+\.(png|jpe?g|gif|bmp|tiff?|emf|wmf)"
    ),
    types=frozenset(
        [
            *_types("document.main", "document.glossary", "styles", "settings", "webSettings", "fontTable"),
            *_types("footnotes", "endnotes", "comments", "commentsExtended", "commentsIds", "commentsExtensible"),
            *_types("numbering", "people", "header", "footer"),
            *("application/vnd.ms-word.styleswitheffects+xml", "application/vnd.ms-office.intelligence2+xml"),
        ]
    ),
    relationships=(
        "styles|stylesWithEffects|settings|webSettings|fontTable|numbering|footnotes|endnotes|comments|commentsExtended"
        "|commentsIds|commentsExtensible|people|intelligence2?|header|footer|glossaryDocument"
    ),
    unknown=Reason.UNKNOWN,
    reader=lambda _name, budget: WordReader(budget),
)


def text_of(content: bytes) -> str:
    """The text of the DOCX `content`. Raises `Unacceptable` if it holds anything else that is not on the lists."""
    readers = office_files.read(content, DOCUMENT)
    return "\n".join(
        reader.text
        for name, reader in readers.items()
        if isinstance(reader, WordReader) and re.fullmatch(DOCUMENT.main, name, re.I)
    )
