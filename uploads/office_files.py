"""What an Office file may hold: lists of the parts, types and relationships that are allowed; all else is refused.

Names of parts are those that Word, Excel, LibreOffice and Google Docs write for text, tables and pictures.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from uploads import archives, links, xml_parts
from uploads.verdicts import Reason, Unacceptable, foreign
from uploads.xml_parts import Budget, Reader, local

TYPES_PART = "[Content_Types].xml"
OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    *("application/xml", "text/xml", "application/vnd.ms-office.classificationlabels+xml"),
    *("application/vnd.openxmlformats-package.relationships+xml", f"{OFFICE}theme+xml"),
    *("application/vnd.openxmlformats-package.core-properties+xml", f"{OFFICE}customxmlproperties+xml"),
    *(f"{OFFICE}extended-properties+xml", f"{OFFICE}custom-properties+xml"),
    *(f"image/{kind}" for kind in ("png", "jpeg", "jpg", "gif", "bmp", "tiff", "emf", "x-emf", "wmf", "x-wmf")),
}
PARTS = (
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app|custom)\.xml|docProps/thumbnail\.(png|jpe?g|emf|wmf)"
    r"|docMetadata/LabelInfo\.xml|customXml/item(Props)?\d+\.xml|customXml/_rels/item\d+\.xml\.rels"
)
RELATIONSHIPS = (
    "officeDocument|core-properties|extended-properties|extendedProperties|custom-properties|customProperties"
    "|thumbnail|classificationlabels|customXml|customXmlProps|theme|image|hyperlink"
)
PUBLISHERS = r"http://(schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml|schemas\.microsoft\.com)/[\w/-]*?"
INTERNAL = re.compile(r"#.*|[^\\:#]*(#.*)?")
# How a picture of each kind begins.
PICTURES: dict[str, tuple[bytes, ...]] = {
    **dict.fromkeys(["jpg", "jpeg"], (b"\xff\xd8\xff",)),
    **dict.fromkeys(["tif", "tiff"], (b"II*\0", b"MM\0*")),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "gif": (b"GIF87a", b"GIF89a"),
    "bmp": (b"BM",),
    "emf": (b"\x01\0\0\0",),
    "wmf": (b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0", b"\x02\0\x09\0"),
}


@dataclass(frozen=True)
class Form:
    """A form of Office file: its main part, and what it may hold beside what each may (patterns, and a set of types).

    `unknown` is the verdict on a file without the main part; `reader` makes what reads a part of this name.
    """

    main: str
    parts: str
    types: frozenset[str]
    relationships: str
    unknown: Reason
    reader: Callable[[str, Budget], Reader] = lambda _name, budget: Reader(budget)

    def allows_part(self, name: str) -> bool:
        """May the file hold a part of this `name`?"""
        return re.fullmatch(f"{PARTS}|{self.main}|{self.parts}", name, re.I) is not None

    def allows_type(self, media_type: str) -> bool:
        """May a part be of this type?"""
        return media_type.lower() in TYPES | self.types

    def allows_relationship(self, kind: str) -> bool:
        """May one part refer to another in the way `kind`, an address?"""
        names = f"{RELATIONSHIPS}|{self.relationships}"
        return re.fullmatch(rf"{PUBLISHERS}relationships/(metadata/)?({names})", kind) is not None


def read(content: bytes, form: Form) -> dict[str, Reader]:
    """Read each XML part of the Office file `content`; returns their readers by name.

    Raises `Unacceptable` for a file that is no `form`, or holds something that is not on its lists.
    """
    parts = archives.parts_of(content)
    if TYPES_PART not in parts or not any(re.fullmatch(form.main, name, re.I) for name in parts):
        raise Unacceptable(form.unknown)
    budget, readers = Budget(), {}
    kinds = {_kind(name) for name in parts}
    for name, part in parts.items():
        if name.endswith("/") and not part:
            continue  # a folder, as some programs write them
        if not form.allows_part(name):
            raise foreign(name)
        if _kind(name) in {"xml", "rels"}:
            readers[name] = _reader(name, form, budget, kinds)
            xml_parts.read(part, readers[name])
        elif _kind(name) in PICTURES and not part.startswith(PICTURES[_kind(name)]):
            raise foreign(name)
    return readers


def _kind(name):
    return name.rpartition(".")[2].lower()


def _reader(name, form, budget, kinds):
    if name == TYPES_PART:
        return Types(form, budget, kinds)
    return Relationships(form, budget) if _kind(name) == "rels" else form.reader(name, budget)


class Types(Reader):
    """Reads the types of the parts: those of single parts, and those of all parts of a kind, if there is one."""

    def __init__(self, form: Form, budget: Budget, kinds: set[str]) -> None:
        super().__init__(budget)
        self.form, self.kinds = form, kinds

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Judge the type that an element declares. Pages, for one, declares kinds of which there is no part."""
        is_unused = local(name) == "Default" and attributes.get("Extension", "").lower() not in self.kinds
        if local(name) != "Types" and not is_unused and not self.form.allows_type(attributes.get("ContentType", "")):
            raise foreign(attributes.get("ContentType", name))


class Relationships(Reader):
    """Reads what a part refers to: inside the file in ways that are on the list, outside it by harmless links alone."""

    def __init__(self, form: Form, budget: Budget) -> None:
        super().__init__(budget)
        self.form = form

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Judge one relationship."""
        if local(name) == "Relationships":
            return
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        if local(name) != "Relationship" or not self.form.allows_relationship(kind):
            raise foreign(kind.rpartition("/")[2] or name)
        if attributes.get("TargetMode", "Internal") == "Internal":
            is_allowed = INTERNAL.fullmatch(target) and not target.startswith("//")
        else:
            is_allowed = kind.endswith("/hyperlink") and (links.is_harmless(target) or target.startswith("#"))
        if not is_allowed:
            raise foreign(target)
