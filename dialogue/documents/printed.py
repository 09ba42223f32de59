"""The note as the page of a meeting prints it: sections with their footnotes, documents, contacts.  R-31"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, CharField, F, IntegerField, Value
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from dialogue.models import Contact, Document, Meeting, Section, texts

# What a section, a document and a contact have alike in the one statement that reads all, and what each has alone.
COLUMNS = ("position", "pk", "name", "text", "footnotes", "symbol", "link", "is_enclosure", "sha256", "size")

SECTION, DOCUMENT, CONTACT = "section", "document", "contact"


@dataclass(frozen=True)
class Footnote:
    """A footnote with its number in the whole note; its number is also what its two anchors end with."""

    number: int
    text: str


@dataclass(frozen=True)
class PrintedSection:
    """A section under its `anchor`; `body` is the HTML of its text, in which marks are links to the footnotes."""

    anchor: str
    heading: LazyI18nString
    text: LazyI18nString
    body: SafeString
    footnotes: list[Footnote]


def read(meeting: Meeting) -> tuple[list[PrintedSection], list[dict[str, Any]], list[Contact]]:
    """The printed sections of `meeting`, its documents as dictionaries of `COLUMNS`, its contacts (one statement)."""
    every = (
        _sections(meeting)
        .union(_documents(meeting), _contacts(meeting), all=True)
        .order_by("printed_position", "printed_pk")
    )
    found: dict[str, list[dict[str, Any]]] = {SECTION: [], DOCUMENT: [], CONTACT: []}
    for kind, *row in every:
        found[kind].append(dict(zip(COLUMNS, row, strict=True)))
    sections = [Section(heading=row["name"], **_texts(row)) for row in found[SECTION]]
    return list(printed(sections)), found[DOCUMENT], [_contact(row) for row in found[CONTACT]]


def _texts(row):
    return {name: row[name] for name in ("text", "footnotes")}


def _contact(row):
    facts = {"role": row["symbol"], "name": row["link"], "email": row["sha256"], "telephone": str(row["footnotes"])}
    return Contact(office=row["name"], **facts)


def _sections(meeting):
    return _row(
        Section.objects.filter(meeting=meeting),
        kind=Value(SECTION, CharField()),
        name=F("heading"),
        symbol=Value("", CharField()),
        link=Value("", CharField()),
        is_enclosure=Value(False, BooleanField()),
        sha256=Value("", CharField()),
        size=Value(0, IntegerField()),
    )


def _documents(meeting):
    return _row(
        Document.objects.filter(meeting=meeting),
        kind=Value(DOCUMENT, CharField()),
        name=F("title"),
        text=Value("", CharField()),
        footnotes=Value("", CharField()),
        sha256=F("file__sha256"),
        size=F("file__size"),
    )


def _contacts(meeting):
    return _row(
        Contact.objects.filter(meeting=meeting),
        name=F("office"),
        kind=Value(CONTACT, CharField()),
        text=Value("", CharField()),
        footnotes=F("telephone"),
        symbol=F("role"),
        link=F("name"),
        is_enclosure=Value(False, BooleanField()),
        sha256=F("email"),
        size=Value(0, IntegerField()),
    )


def _row(found, **columns):
    """The rows `found` with these `columns`; those that they have under another name are exchanged for them."""
    facts = {f"printed_{name}": columns.get(name, F(name)) for name in ("kind", *COLUMNS)}
    return found.order_by().annotate(**facts).values_list(*facts)


def printed(sections: Iterable[Section]) -> Iterator[PrintedSection]:
    """The `sections` as they are printed; footnotes are numbered through all of them."""
    taken: set[str] = set()
    first = 1
    for number, section in enumerate(sections, start=1):
        anchor = f"note-{slugify(texts.in_language(section.heading, settings.LANGUAGE_CODE)) or number}"
        anchor = f"{anchor}-{number}" if anchor in taken else anchor
        taken.add(anchor)
        notes = [Footnote(*each) for each in enumerate(_footnotes_of(section), start=first)]
        yield PrintedSection(anchor, section.heading, section.text, _body(str(section.text), first, len(notes)), notes)
        first += len(notes)


def _footnotes_of(section):
    return texts.lines(texts.in_language(section.footnotes, texts.language_of(section.text)))


def _body(text, first, count):
    """The HTML of a `text` whose `count` footnotes are numbered from `first`; a mark without a footnote stays text."""
    seen: set[int] = set()

    def link(mark):
        place, number = int(mark[1]), first + int(mark[1]) - 1
        if not 1 <= place <= count:
            return mark[0]
        anchor = "" if place in seen else format_html(' id="mark-{}"', number)
        seen.add(place)
        return format_html(
            '<sup class="mark"><a{} href="#footnote-{}" role="doc-noteref" aria-label="{}">{}</a></sup>',
            anchor,
            number,
            _("Footnote %(number)d") % {"number": number},
            number,
        )

    return mark_safe(texts.MARK.sub(link, linebreaks(text, autoescape=True)))  # noqa: S308  both escape
