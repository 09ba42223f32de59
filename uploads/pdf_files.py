"""The text of a PDF, and whether anything in it runs by itself, fetches something, or is another file."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from uploads import links
from uploads.verdicts import TOO_MUCH, Reason, Unacceptable, foreign

MOST_OBJECTS, MOST_CHARACTERS = 20_000, 200_000
# Pages whose words are counted: a statement has two or three.
MOST_PAGES = 30
# What a link may do, and what may be done when the file is opened: go to a page of the file itself.
OF_A_LINK, AT_OPENING = {"/GoTo", "/URI", "/Named"}, {"/GoTo", "/Named"}
# Keys by which an action hangs on something, and what else has such a key has no `/S` of this kind.
HOLDERS = {"/A": OF_A_LINK, "/PA": OF_A_LINK, "/OpenAction": AT_OPENING}
NAMED = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
ACTIONS = {
    *("/GoToR", "/GoToE", "/GoToDp", "/Launch", "/Thread", "/Sound", "/Movie", "/Hide", "/SubmitForm", "/ResetForm"),
    *("/ImportData", "/JavaScript", "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView", "/RichMediaExecute"),
}
ANNOTATIONS = {
    *("/Link", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight"),
    *("/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup", "/Widget", "/Watermark"),
    *("/Redact", "/PrinterMark", "/TrapNet"),
}
# Keys that stand for programs, other files and forms that fetch something, wherever they are.
REFUSED = {"/JS", "/JavaScript", "/AA", "/EF", "/EmbeddedFiles", "/RichMediaContent", "/XFA", "/OPI", "/SpiderInfo"}
REFUSED |= {"/Collection"}
TYPES = {"/Filespec", "/F", "/EmbeddedFile"}
PADDING = b"\r\n\t \0"


def text_of(content: bytes) -> str:
    """The text of the PDF `content`; empty if it holds none, or none that can be read.

    Raises `Unacceptable` if it is protected, empty or not harmless, or whatever a damaged file causes.
    """
    reader = PdfReader(BytesIO(content), strict=False)
    if not content.rstrip(PADDING).endswith(b"%%EOF"):
        raise Unacceptable(Reason.DAMAGED)
    if reader.is_encrypted:
        raise Unacceptable(Reason.PROTECTED)
    if not len(reader.pages):
        raise Unacceptable(Reason.EMPTY)
    for part in _objects(reader):
        for each in _dictionaries(part):
            judge(each)
    return _text(reader)


def _objects(reader):
    """Every object of a PDF, including those packed into streams, and its trailer."""
    names = [(number, generation) for generation, numbers in reader.xref.items() for number in numbers]
    names += [(number, 0) for number in reader.xref_objStm]
    if len(names) > MOST_OBJECTS:
        raise TOO_MUCH
    return [reader.trailer, *(IndirectObject(*name, reader).get_object() for name in names)]


def _dictionaries(part: Any) -> Iterator[DictionaryObject]:
    """The dictionaries in `part`: itself, and those written inside it."""
    inside = [part]
    while inside:
        each = inside.pop()
        if isinstance(each, DictionaryObject):
            yield each
            inside += dict.values(each)
        elif isinstance(each, list):
            inside += list.__iter__(each)


def judge(part: DictionaryObject) -> None:
    """Raise `Unacceptable` if this dictionary of a PDF is, or holds, something that a text does not need."""
    if refused := REFUSED & part.keys():
        raise foreign(min(refused))
    if (kind := str(part.get("/Type"))) in TYPES or (kind := str(part.get("/S"))) in ACTIONS:
        raise foreign(kind)
    if isinstance(part, StreamObject) and {"/F", "/Ref"} & part.keys():
        raise foreign("a stream from another file")
    for key, allowed in HOLDERS.items():
        _judge_action(part.get(key), allowed)
    if "/URI" in part:
        _judge_address(part["/URI"])
    for annotation in _resolved(part.get("/Annots")):
        if isinstance(annotation, DictionaryObject) and annotation.get("/Subtype") not in ANNOTATIONS:
            raise foreign(str(annotation.get("/Subtype")))


def _judge_action(held, allowed):
    for action in _resolved(held):
        if isinstance(action, DictionaryObject) and "/S" in action:
            if action["/S"] not in allowed or "/Next" in action:
                raise foreign(str(action["/S"]))
            if action["/S"] == "/Named" and action.get("/N") not in NAMED:
                raise foreign(str(action.get("/N")))


def _judge_address(address):
    """Judge the address of a link, or the one that all addresses of the file begin with."""
    if isinstance(address, DictionaryObject):
        address = address.get("/Base", "https://")
    if not links.is_harmless(str(address)):
        raise foreign(str(address))


def _resolved(held):
    """What is `held` under a key, one thing or several, as a list."""
    held = held.get_object() if held is not None else []
    return [each.get_object() for each in held] if isinstance(held, list) else [held]


def _text(reader):
    """The text of the first pages; a page whose text cannot be read ends it."""
    found = ""
    for page in reader.pages[:MOST_PAGES]:
        try:
            found += f"{page.extract_text()}\n"
        except Exception:  # noqa: BLE001  whatever an odd font or a loop in a page raises: its words are not counted
            return ""
        if len(found) > MOST_CHARACTERS:
            raise TOO_MUCH
    return found.strip()
