"""The note and the documents on the secretariat's page of a meeting.  R-31 R-58 R-79"""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from i18nfield.strings import LazyI18nString

from dialogue.documents import enclosing, printed
from dialogue.documents.enclosing import Enclosure
from dialogue.models import Document, DocumentFile, Section
from journal.actors import SYSTEM
from journal.models import Entry
from speakers import loading
from tests.factories import OPEN, make_meeting
from tests.floor.statements.files import docx, pdf
from tests.secretariat import pages
from uploads import receiving

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    """A stored meeting with one section and one document."""
    meeting = loading.load(settings.BASE_DIR / "dialogue/meetings/minimal.toml", by=SYSTEM, at=OPEN).meeting
    make_section(meeting, "Background")
    Document.objects.create(meeting=meeting, symbol="A/63/677", title={"en": "Report"})
    return meeting


def make_section(meeting, heading, **more):
    text = LazyI18nString({"en": "As decided."})
    Section.objects.create(meeting=meeting, heading=LazyI18nString({"en": heading}), text=text, **more)


def save(client, meeting, **changes):
    page = pages.meeting_page(meeting)
    typed = pages.typed(client.get(page))
    return client.post(page, typed | {name.replace("__", "-"): value for name, value in changes.items()}, follow=True)


def a_file(content):
    return SimpleUploadedFile("note.pdf", content, "application/pdf")


def test_staff_upload_replace_and_remove_a_file_each_journalled(lead, draft):
    another = pdf("Another")

    save(lead, draft, documents__0__file=a_file(pdf()))
    first = DocumentFile.objects.get()
    save(lead, draft, documents__0__title_2="Report, corrected")
    kept = DocumentFile.objects.get()
    save(lead, draft, documents__0__file=a_file(another))
    second = DocumentFile.objects.get()
    save(lead, draft, **{"documents__0__file-clear": "on"})

    assert (bytes(first.content), bytes(second.content)) == (pdf(), another)
    assert kept.sha256 == first.sha256
    assert not DocumentFile.objects.exists()
    told = [entry.payload for entry in Entry.objects.filter(act="changed").order_by("sequence")]
    name = f"document/{Document.objects.get().pk}"
    assert [(each.before[name].get("file"), each.after[name].get("file")) for each in told] == [
        (None, str(first)),
        (None, None),
        (str(first), str(second)),
        (str(second), None),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdf(script="app.alert(1)"), "This file contains something other than text"),
        (docx("Statement"), "This is not a PDF file."),
        (b"%PDF-1.7" + b"0" * receiving.LARGEST, "The file is larger than 5 MB."),
    ],
    ids=["script", "docx", "large"],
)
def test_a_file_that_is_not_a_harmless_pdf_is_refused_at_its_field(lead, draft, content, words):
    answer = save(lead, draft, documents__0__file=a_file(content))

    assert words in answer.content.decode()
    assert not DocumentFile.objects.exists()
    assert not Entry.objects.filter(act="changed").exists()


def test_whether_someone_may_upload_is_asked_before_the_file_is_looked_at(lead, reader, draft, monkeypatch):
    typed = pages.typed(lead.get(pages.meeting_page(draft)))
    monkeypatch.setattr(receiving, "receive_document", pytest.fail)

    answer = reader.post(pages.meeting_page(draft), typed | {"documents-0-file": a_file(pdf())})

    assert answer.status_code == 403


def test_sections_are_put_in_order_and_a_wrong_mark_is_refused_at_its_field(lead, draft):
    make_section(draft, "Purpose", position=20)

    save(lead, draft, sections__0__position="30")
    answer = save(lead, draft, sections__0__text_2="As decided.[^1]")

    assert [each.anchor for each in printed.read(draft)[0]] == ["note-purpose", "note-background"]
    assert "The text points to footnote 1, which is not there" in answer.content.decode()


def test_a_symbol_of_an_unknown_form_is_saved_and_said_to_be_odd(lead, draft):
    words = "“A 63 677” does not look like the symbol of a document, such as A/RES/60/1. Is it right?"

    answer = save(lead, draft, documents__0__symbol="A 63 677")

    assert words in answer.content.decode()
    assert Document.objects.get().symbol == "A 63 677"
    assert words in lead.get(pages.meeting_page(draft)).content.decode()
    assert "Is it right?" not in save(lead, draft, documents__0__symbol="WHA73.1").content.decode()


def test_the_file_of_a_meeting_that_is_not_published_is_read_by_staff_alone(client, lead):
    meeting = make_meeting(is_published=False)
    document = Document.objects.create(meeting=meeting, title=LazyI18nString({"en": "Note"}))
    enclosing.enclose(document, Enclosure(pdf()))
    address = f"/meetings/{meeting.slug}/documents/{document.file.sha256}.pdf"

    assert client.get(address).status_code == 404
    assert lead.get(address)["Cache-Control"] == "private, no-store"
