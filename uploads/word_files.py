"""The text of a DOCX, and whether it holds anything but text, tables and pictures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from uploads import links, office_files
from uploads.office_files import OFFICE, Form
from uploads.verdicts import TOO_MUCH, Reason, foreign
from uploads.xml_parts import Budget, Reader, local

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
# In which elements instructions are written, and what else a run of one may hold.
INSTRUCTIONS = {"w:instrText", "w:delInstrText"}
PIECES = INSTRUCTIONS | {"w:t", "w:delText"}
OF_AN_INSTRUCTION = PIECES | {"w:rPr", "w:fldChar", "w:tab", "w:br", "w:lastRenderedPageBreak"}
FIELD_ELEMENTS = {"fldChar", "fldSimple", "instrText", "delInstrText"}
# Elements of the text that stand for a space, and those that Word passes over.
GAPS, DELETED = {"tab", "br", "cr"}, {"w:del", "w:moveFrom"}


@dataclass
class Field:
    """A field that is open: the pieces of its instruction, in what they are written, and whether its result began.

    All of it stands in the same place, so that no program passes over a part of it: `passed_over` counts the open
    elements that some do.
    """

    passed_over: int
    pieces: list[str] = field(default_factory=list)
    written_in: str = ""
    has_result: bool = False

    def add(self, piece: str, written_in: str, passed_over: int) -> None:
        """Add a piece of the instruction. Raises `Unacceptable` if it stands elsewhere than the others."""
        if passed_over != self.passed_over or self.written_in not in {"", written_in}:
            raise foreign("a field in pieces of several kinds")
        self.written_in = written_in
        self.pieces.append(piece)


class WordReader(Reader):
    """Reads one part of a document, and keeps its text."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.kept: list[str] = []
        self.length = 0
        self.fields: list[Field] = []

    @property
    def text(self) -> str:
        """The text, a line for each paragraph."""
        return "".join(self.kept).strip()

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Judge the element."""
        _judge_element(name, attributes)
        if self._instruction and (name == "w:fldSimple" or not self._may_stand_in_an_instruction(name)):
            raise foreign(f"{local(name)} within the instruction of a field")
        if name == "w:fldSimple":
            judge_field(attributes.get("w:instr", ""))
        elif name == "w:fldChar":
            self._mark(attributes.get("w:fldCharType"))
        elif local(name) in GAPS:
            self._keep(" ")

    def end(self, name: str) -> None:
        """A paragraph ends its line."""
        if local(name) == "p":
            self._keep("\n")

    def characters(self, content: str) -> None:
        """Keep the text, or add it to the instruction of the field that is being read."""
        super().characters(content)
        inside = self.path[-1]
        if self._instruction and inside in PIECES:
            self._instruction.add(content, inside, self._passed_over)
        elif inside in INSTRUCTIONS and content.strip():
            raise foreign("an instruction outside a field")
        elif local(inside) == "t":
            self._keep(content)

    def endDocument(self) -> None:
        """Judge the fields that were left open."""
        for each in self.fields:
            judge_field("".join(each.pieces))

    def _keep(self, text):
        self.kept.append(text)
        self.length += len(text)
        if self.length > MOST_CHARACTERS:
            raise TOO_MUCH

    @property
    def _instruction(self):
        """The field whose instruction is being read; None if there is none, or its result has begun."""
        return self.fields[-1] if self.fields and not self.fields[-1].has_result else None

    @property
    def _passed_over(self):
        """How many of the open elements some programs pass over, with all that is in them."""
        return sum(not each.startswith("w:") or each in DELETED for each in self.path)

    def _may_stand_in_an_instruction(self, name):
        return self.path[-1] != "w:r" or name in OF_AN_INSTRUCTION

    def _mark(self, kind):
        """A field begins, its result begins, or it ends."""
        if kind == "begin":
            if self._instruction:
                raise foreign("a field within the instruction of another")
            self.fields.append(Field(self._passed_over))
        elif self.fields:
            if self.fields[-1].passed_over != self._passed_over:
                raise foreign("a field in pieces of several kinds")
            judge_field("".join(self.fields[-1].pieces))
            self.fields[-1].has_result = True
            if kind == "end":
                self.fields.pop()


def _judge_element(name, attributes):
    """Raise `Unacceptable` for an element that holds a program or another file, or leads out of this one."""
    if local(name) in REFUSED or (local(name) in FIELD_ELEMENTS and not name.startswith("w:")):
        raise foreign(local(name))
    for key, value in attributes.items():
        if value and local(key) in {"src", "althref"}:
            raise foreign(value)
        if value and local(key) == "href" and not (links.is_harmless(value) or value.startswith("#")):
            raise foreign(value)


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
