"""What a file really is: its content alone says so, and what is not on the lists of allowed things is refused.  R-79"""

import json
import random
import zipfile
from io import BytesIO

import openpyxl
import pytest

import printing
from tests.floor.statements.files import docx, package, pdf, pdf_without_pages, protected
from tests.uploads import hostile
from tests.uploads.hostile import OFFICE, field, linked, mark, rels, typed, written
from uploads import pdf_files, reading
from uploads.reading import DOCX, PDF


def with_bytes_changed(zipped, name):
    """The zip with the packed bytes of the part `name` replaced, so that zlib cannot unpack them."""
    begin = zipped.index(name) + len(name)
    return zipped[:begin] + b"\xff" * 20 + zipped[begin + 20 :]


def read(content):
    return json.loads(reading.work(content, "statement"))


def judged(content):
    """Why the file is refused; or “ok”."""
    return read(content).get("reason", "ok")


def test_a_pdf_and_a_docx_are_known_by_their_content_and_read():
    assert read(docx("First line\nSecond")) == {"media_type": DOCX, "text": "First line\nSecond"}
    assert read(pdf()) == {"media_type": PDF, "text": "Mr. President, we thank you."}


def test_of_a_document_that_is_kept_nothing_is_read_and_only_a_pdf_is_taken():
    assert json.loads(reading.work(pdf(), "document")) == {}
    assert json.loads(reading.work(docx(), "document"))["reason"] == "no PDF"
    assert json.loads(reading.work(next(iter(hostile.PDFS.values())), "document"))["reason"] == "foreign"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Mr. President",
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00",
        b"\x89PNG\r\n\x1a\n",
        b"{\\rtf1 }",
        package({"letter.txt": "a"}),
        package({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<a/>"}),
    ],
)
def test_anything_else_is_unknown_whatever_it_is_called(content):
    assert judged(content) == "unknown"


@pytest.mark.parametrize("content", hostile.DOCX.values(), ids=hostile.DOCX)
def test_a_document_with_anything_but_text_tables_and_pictures_is_refused(content):
    assert judged(content) in {"foreign", "damaged"}


@pytest.mark.parametrize("content", hostile.PDFS.values(), ids=hostile.PDFS)
def test_a_pdf_that_does_or_fetches_something_or_holds_a_file_is_refused(content):
    assert judged(content) == "foreign"


@pytest.mark.parametrize("content", hostile.BOMBS.values(), ids=hostile.BOMBS)
def test_a_file_that_holds_far_more_than_a_statement_is_refused(content):
    assert judged(content) in {"too much", "damaged"}


PICTURE = "word/media/image1.png"
TYPE = '<Default Extension="{extension}" ContentType="{type}"/>'
HARMLESS = {
    "a picture": docx(
        **{PICTURE: b"\x89PNG\r\n\x1a\n", "word/_rels/document.xml.rels": rels("image", "media/image1.png", mode="")}
    ),
    "a link to the web": linked("hyperlink", "https://www.un.org/en/", "document"),
    "a link to an address": linked("hyperlink", "mailto:mission@missions.example", "document"),
    "a link into the text": linked("hyperlink", "#_Toc1", "document"),
    "a link by a field": written(field(r'HYPERLINK "https://www.un.org/" \o "The site" \t "_blank"')),
    "a link into the text by a field": written(field(r'HYPERLINK \l "_Toc1"')),
    "a number of a page": written(field(" PAGE ")),
    "a formula": written(field("=SUM(ABOVE)")),
    "a simple field": written("<w:p><w:fldSimple w:instr=' NUMPAGES '/></w:p>"),
    "a field without an instruction": written(f"<w:p>{mark('begin')}{mark('end')}</w:p>"),
    "an end without a field": written(f"<w:p>{mark('end')}</w:p>"),
    "fields in the result of another": written(
        f"<w:p>{mark('begin')}<w:r><w:instrText>TOC \\o</w:instrText></w:r>{mark('separate')}</w:p>"
        f"{field('PAGEREF _Toc1')}<w:p>{mark('end')}</w:p>"
    ),
    "kinds of which there is no part": typed(TYPE.format(extension="xlsx", type=f"{OFFICE}/xlsx")),
    "a mark of SharePoint": docx(**{"customXml/item1.xml": "<?mso-contentType?><a/>"}),
    "folders": docx(**{"word/": ""}),
}


@pytest.mark.parametrize("content", HARMLESS.values(), ids=HARMLESS)
def test_what_programs_write_for_a_plain_text_is_accepted(content):
    assert judged(content) == "ok"


def test_the_text_is_a_line_for_each_paragraph_without_instructions_of_fields():
    body = f"<w:p><w:t>We</w:t><w:tab/><w:t>thank</w:t></w:p>{field('PAGE', result='1')}"

    assert read(written(body))["text"] == "We thank\n1"


def test_a_document_written_in_a_stream_has_its_sizes_behind_its_parts():
    class Stream(BytesIO):
        def seekable(self):
            return False

        def seek(self, *_where):
            raise OSError

        def tell(self):
            raise OSError

    stream = Stream()
    with zipfile.ZipFile(BytesIO(docx())) as whole, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            archive.writestr(name, whole.read(name))

    assert judged(stream.getvalue()) == "ok"


@pytest.mark.parametrize("action", ["/S/URI/URI(https://www.un.org/)", "/S/GoTo/D[3 0 R/Fit]", "/S/Named/N/NextPage"])
def test_links_of_a_pdf_to_the_web_and_to_its_own_pages_are_accepted(action):
    assert judged(hostile.pdf("/OpenAction[3 0 R/Fit]", hostile.link(action))) == "ok"


def test_our_own_paper_is_accepted():
    page = (
        '<html lang="en"><title>A</title><h1 id="top">Words</h1><a href="https://un.org/">UN</a> <a href="#top">up</a>'
    )

    assert read(printing.pdf(page))["text"].split() == ["Words", "UN", "up"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf(password="secret"), "protected"),
        (protected(docx()), "protected"),
        (docx()[:-40], "damaged"),
        (with_bytes_changed(docx(), b"word/document.xml"), "damaged"),
        (pdf()[:-400], "damaged"),
        (pdf() + b"PK\x03\x04", "damaged"),
        (b"%PDF-1.7 and nothing else", "damaged"),
        (b"PK\x03\x04 broken", "damaged"),
        (docx(**{"word/document.xml": "<a>"}), "damaged"),
        (docx(**{"word/document.xml": '<?xml version="1.0" encoding="no-such"?><a/>'}), "foreign"),
        (pdf_without_pages(), "empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(content, reason):
    assert judged(content) == reason


@pytest.mark.parametrize("content", [docx(" ".join(str(n) for n in range(3000))), pdf()], ids=["docx", "pdf"])
def test_a_file_with_any_of_its_bytes_changed_or_cut_is_judged_all_the_same(content):
    chance = random.Random(7)
    verdicts = set()
    for _ in range(300):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
        verdicts.add(judged(bytes(damaged)))
        verdicts.add(judged(content[: chance.randrange(len(content))]))

    assert "damaged" in verdicts
    assert verdicts <= {"ok", "damaged", "foreign", "unknown", "protected", "empty", "too much"}


def test_a_workbook_is_read_by_the_same_lists_without_its_empty_ends():
    book = openpyxl.Workbook()
    for line in (["code", None, "name"], [], ["GHA", None, None], ["KEN"]):
        book.active.append(line)
    file = BytesIO()
    book.save(file)

    assert json.loads(reading.work(file.getvalue(), "workbook", "3")) == {"rows": [["code", "", "name"], [], ["GHA"]]}


def test_memory_that_does_not_suffice_is_a_verdict_too(monkeypatch):
    def exhausting(content):
        raise MemoryError

    monkeypatch.setitem(reading.FORMS, "statement", exhausting)

    assert judged(b"") == "too much"


def test_a_page_whose_words_cannot_be_read_is_not_counted(monkeypatch):
    monkeypatch.setattr("pypdf.PageObject.extract_text", lambda page: 1 / 0)

    assert read(pdf())["text"] == ""


def test_a_pdf_with_far_more_words_than_a_statement_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_files, "MOST_CHARACTERS", 10)

    assert judged(pdf()) == "too much"
