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
from i18nfield.fields import I18nTextField
from i18nfield.strings import LazyI18nString

from dialogue.models import Contact, Document, Meeting, Section, texts

# What the one statement that reads all of it tells of each kind of row; the columns of the others are blank in it.
WORDS, LINE = Value("", I18nTextField()), Value("", CharField())
SECTION = {"heading": WORDS, "text": WORDS, "footnotes": WORDS}
DOCUMENT = {"title": WORDS, "symbol": LINE, "link": LINE, "is_enclosure": Value(False, BooleanField())}
DOCUMENT |= {"sha256": LINE, "size": Value(0, IntegerField())}
CONTACT = {"role": LINE, "office": WORDS, "name": LINE, "email": LINE, "telephone": LINE}
COLUMNS = SECTION | DOCUMENT | CONTACT
OF_FILE = {"sha256": F("file__sha256"), "size": F("file__size")}


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
    """The printed sections of `meeting`, its documents as dictionaries of `DOCUMENT`, its contacts (one statement)."""
    every = _rows("section", Section.objects.filter(meeting=meeting), SECTION).union(
        _rows("document", Document.objects.filter(meeting=meeting), DOCUMENT, **OF_FILE),
        _rows("contact", Contact.objects.filter(meeting=meeting), CONTACT),
        all=True,
    )
    found: dict[str, list[dict[str, Any]]] = {"section": [], "document": [], "contact": []}
    for kind, *told in every.order_by("its_position", "its_pk"):
        found[kind].append(dict(zip(["position", "pk", *COLUMNS], told, strict=True)))
    sections = [Section(**{name: row[name] for name in SECTION}) for row in found["section"]]
    contacts = [Contact(**{name: row[name] for name in CONTACT}) for row in found["contact"]]
    return list(printed(sections)), found["document"], contacts


def _rows(kind, rows, own, **elsewhere):
    """The `rows` of a `kind` as that statement reads them: with their `own` columns, some of them from `elsewhere`."""
    facts = {"kind": Value(kind), "position": F("position"), "pk": F("pk")}
    facts |= COLUMNS | {name: elsewhere.get(name, F(name)) for name in own}
    named = {f"its_{name}": fact for name, fact in facts.items()}
    return rows.order_by().annotate(**named).values_list(*named)


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
