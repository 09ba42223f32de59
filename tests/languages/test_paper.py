"""Every kind of paper and of workbook in Arabic, Chinese and Russian: direction, fonts, words, numbers.  R-30 R-51"""

import io
import re
import unicodedata

import openpyxl
import pypdf
import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

import printing
from floor.acts import calling
from floor.record import files, record
from floor.views import paper
from registration.mail import voucher_text
from registration.manifests import freezing
from registration.requests import taking_out
from speakers.publishing import documents
from speakers.publishing.exports import as_pdf, as_workbook, with_contacts
from tests.factories import OPEN, STAFF
from tests.floor.room import OPENS, after, entry, make_room, press, speak
from tests.registration.factories import make_representative, make_request, make_ticketing

pytestmark = pytest.mark.django_db
LANGUAGES = ["ar", "zh-hans", "ru"]
FONTS = {"ar": "arabic", "zh-hans": "chinese-simplified", "ru": "cyrillic"}


@pytest.fixture
def meeting(db):
    """A meeting at which one has spoken and two are to come, with a voucher."""
    meeting = make_room("AAA", "BBB", "CCC", title={"en": "DIALOGUE", "ar": "حوار", "zh-hans": "对话", "ru": "ДИАЛОГ"})
    speak(meeting, 0, 60)
    press(meeting, calling.call, after(70))
    return meeting


def of_list(meeting, _language):
    document = documents.live(meeting.speakers_list, at=OPENS)
    return as_pdf.page(document, meeting.speakers_list), "List of speakers"


def of_floor(meeting, language):
    direction = "rtl" if translation.get_language_bidi() else "ltr"
    context = paper.of_meeting(meeting, after(100)) | {"language": language, "direction": direction}
    return render_to_string("floor/paper/floor.html", context), "Speakers to come"


def of_record(meeting, _language):
    return files.page(record.of(meeting, at=after(100)), meeting), "Record of the meeting"


def of_voucher(meeting, language):
    make_ticketing(meeting)
    person = make_representative(request=make_request(meeting, "NGO", language=language), state="approved")
    text = voucher_text.of(person.vouchers.get(), office=None)
    return render_to_string("registration/voucher_paper.html", {"text": text}), text.words["title"]


PAPERS = [of_list, of_floor, of_record, of_voucher]


def words_in(page):
    """What a page says, as a reader's program finds it: Arabic letters in their plain forms, spaces run together."""
    return " ".join(unicodedata.normalize("NFKC", page.extract_text()).split())


def fonts_in(reader):
    """Each font of the file: its name, and whether its letters are within the file."""
    found = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            [descendant] = font.get_object()["/DescendantFonts"]
            descriptor = descendant.get_object()["/FontDescriptor"]
            name = font.get_object()["/BaseFont"]
            found[name] = any(part in descriptor for part in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found


def places_of(page):
    """Each piece of text on the page with its distance from the left, in points."""
    found = []

    def note(text, matrix, text_matrix, _font, _size):
        if text.strip():
            found.append((text.strip(), text_matrix[4] * matrix[0] + matrix[4]))

    page.extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper_of", PAPERS)
def test_paper_is_in_the_language_with_our_fonts_subset_and_embedded(meeting, paper_of, language):
    with translation.override(language):
        html, heading = paper_of(meeting, language)
        heading = gettext(heading)
    data = printing.pdf(html)
    reader = pypdf.PdfReader(io.BytesIO(data))

    fonts = fonts_in(reader)
    assert reader.trailer["/Root"]["/Lang"] == language
    assert all(re.fullmatch(r"/[A-Z]{6}\+Paper-.*", name) for name in fonts), fonts
    assert all(fonts.values()), fonts
    assert any(name.endswith(FONTS[language]) for name in fonts), fonts
    assert unicodedata.normalize("NFKC", heading) in words_in(reader.pages[0])
    assert len(data) < 200_000
    assert not re.search("[٠-٩]", words_in(reader.pages[0]))
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html


@pytest.mark.parametrize("paper_of", [of_list, of_floor, of_record])
def test_the_number_of_the_page_stands_at_the_end_of_a_line(meeting, paper_of):
    where = {}
    for language in ("ar", "ru"):
        with translation.override(language):
            html, _heading = paper_of(meeting, language)
        page = pypdf.PdfReader(io.BytesIO(printing.pdf(html))).pages[0]
        [where[language]] = [x for text, x in places_of(page) if re.fullmatch(r"\d/\d", text)]

    assert where["ar"] < float(page.mediabox.width) / 2 < where["ru"]


def workbooks(meeting):
    """Each kind of workbook that is written in the language of its reader: its bytes, and the first heading."""
    make_ticketing(meeting)
    person = make_representative(meeting, "approved")
    document, entries = documents.live(meeting.speakers_list, at=OPENS), [(entry(meeting, "BBB"), 2)]
    with_all = [(meeting.speakers_list, entries)]
    with transaction.atomic():
        yield as_workbook.write(document, meeting.speakers_list), "Place"
        yield files.as_workbook(record.of(meeting, at=after(100)), meeting), "No."
        yield with_contacts.take_out(with_all, "xlsx", by=STAFF, at=OPEN), "Place"
        yield taking_out.take_out(meeting, [person], "xlsx", by=STAFF, at=OPEN), "Turn"


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbooks_run_in_the_direction_of_the_language_with_heads_in_it(meeting, language):
    with translation.override(language):
        for data, heading in workbooks(meeting):
            book = openpyxl.load_workbook(io.BytesIO(data))
            assert [bool(sheet.sheet_view.rightToLeft) for sheet in book] == [language == "ar"] * len(book.sheetnames)
            assert book.worksheets[0]["A1"].value == gettext(heading) != heading
            heads = [cell.value for sheet in book for cell in sheet[1]]
            assert not [head for head in heads if re.search("[A-Za-z]{3}", head)], heads
            assert not [name for name in book.sheetnames if re.search("[A-Za-z]{3}", name)]


def test_the_sheet_for_security_is_in_english_whatever_the_office_reads(meeting):
    make_ticketing(meeting)
    make_representative(meeting, "approved")

    with translation.override("ar"):
        manifest = freezing.freeze(meeting, by=STAFF, at=OPEN)

    [sheet, _about] = openpyxl.load_workbook(io.BytesIO(bytes(manifest.file.content))).worksheets
    assert (sheet.title, sheet["B1"].value, bool(sheet.sheet_view.rightToLeft)) == ("Manifest", "Last name", False)
