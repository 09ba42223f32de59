"""The note as the page of a meeting prints it: its sections with their footnotes, and the documents.  R-31"""

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

from dialogue.models import Document, Meeting, Section, texts

# What a section and a document have alike in the one statement that reads both, and what each has alone.
COLUMNS = ("position", "pk", "name", "text", "footnotes", "symbol", "link", "is_enclosure", "sha256", "size")


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


def read(meeting: Meeting) -> tuple[list[PrintedSection], list[dict[str, Any]]]:
    """The printed sections of `meeting`, and its documents as dictionaries of `COLUMNS` (one statement)."""
    both = _sections(meeting).union(_documents(meeting), all=True).order_by("position", "pk")
    found = [dict(zip(("is_section", *COLUMNS), row, strict=True)) for row in both]
    sections = [Section(heading=row["name"], **_texts(row)) for row in found if row["is_section"]]
    return list(printed(sections)), [row for row in found if not row["is_section"]]


def _texts(row):
    return {name: row[name] for name in ("text", "footnotes")}


def _sections(meeting):
    return _row(
        Section.objects.filter(meeting=meeting),
        is_section=Value(True, BooleanField()),
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
        is_section=Value(False, BooleanField()),
        name=F("title"),
        text=Value("", CharField()),
        footnotes=Value("", CharField()),
        sha256=F("file__sha256"),
        size=F("file__size"),
    )


def _row(found, **columns):
    return found.order_by().annotate(**columns).values_list("is_section", *COLUMNS)


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
