"""What an uploaded file really is: only its content is trusted, and nothing that runs by itself is accepted."""

import pytest

from floor.statements import extracting, pdf_files, screening
from floor.statements.refused_files import FileRefused
from floor.statements.screening import DOCX, PDF, screen
from tests.floor.statements.files import MACROS, docx, package, pdf, pdf_without_pages, protected

RELATION = (
    '<Relationships><Relationship Type="http://x/{kind}" Target="http://elsewhere.example/" {mode}/></Relationships>'
)


def test_a_pdf_and_a_docx_are_known_by_their_content():
    assert screen(pdf()) == PDF
    assert screen(docx()) == DOCX


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Mr. President",
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00",
        b"\x89PNG\r\n\x1a\n",
        b"{\\rtf1 }",
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(content):
    with pytest.raises(FileRefused, match="neither a PDF nor a DOCX"):
        screen(content)


def test_a_plain_zip_and_a_spreadsheet_are_no_docx():
    for parts in [{"letter.txt": "a"}, {"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}]:
        with pytest.raises(FileRefused, match="neither a PDF nor a DOCX"):
            screen(package(parts))


@pytest.mark.parametrize(
    "content",
    [
        docx(**{"word/vbaProject.bin": "x"}),
        docx(content_type=MACROS),
        docx(**{"word/activeX/activeX1.xml": "<a/>"}),
        docx(**{"word/embeddings/oleObject1.bin": "x"}),
        docx(
            **{"word/_rels/settings.xml.rels": RELATION.format(kind="attachedTemplate", mode='TargetMode="External"')}
        ),
        docx(**{"word/_rels/settings.xml.rels": RELATION.format(kind="oleObject", mode="TargetMode='External'")}),
        pdf(script="app.alert(1)"),
    ],
    ids=[
        "macros",
        "declared macros",
        "control",
        "object",
        "template from elsewhere",
        "object from elsewhere",
        "script",
    ],
)
def test_what_could_run_by_itself_is_refused(content):
    with pytest.raises(FileRefused, match="could run by itself"):
        screen(content)


def test_a_link_in_the_text_is_harmless():
    link = RELATION.format(kind="relationships/hyperlink", mode='TargetMode="External"')

    assert screen(docx(**{"word/_rels/document.xml.rels": link})) == DOCX


def test_a_file_that_is_too_large_or_unpacks_to_far_more_is_refused(monkeypatch):
    with pytest.raises(FileRefused, match="larger than 5 MB"):
        screen(b"%PDF-1.7" + b"0" * screening.LARGEST)
    monkeypatch.setattr(screening, "LARGEST_UNPACKED", 100_000)
    with pytest.raises(FileRefused, match="unpacks to far more"):
        screen(docx(**{"word/media/zeros": "0" * 200_000}))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdf(password="secret"), "protected by a password"),
        (protected(docx()), "protected by a password"),
        (docx()[:-40], "damaged"),
        (b"%PDF-1.7 and nothing else", "damaged"),
        (pdf_without_pages(), "no page"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content, words):
    with pytest.raises(FileRefused, match=words):
        screen(content)


def test_the_text_is_read_to_be_counted_and_a_text_that_cannot_be_is_empty():
    assert extracting.text_of(docx("First line\nSecond"), DOCX) == "First line\nSecond"
    assert "we thank you" in extracting.text_of(pdf(), PDF)
    assert extracting.text_of(b"PK\x03\x04 broken", DOCX) == ""
    assert extracting.text_of(b"%PDF-1.7 broken", PDF) == ""


def test_a_pdf_of_far_more_parts_than_a_statement_is_refused_before_each_is_looked_at(monkeypatch):
    monkeypatch.setattr(pdf_files, "MOST_OBJECTS", 3)

    with pytest.raises(FileRefused, match="far more parts"):
        screen(pdf())
