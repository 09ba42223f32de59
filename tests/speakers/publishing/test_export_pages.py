"""The list as public files: the live one and each revision, in every format, public rows alone.  R-29 R-30"""

import csv
import io
import json
import unicodedata
from datetime import timedelta

import jsonschema_rs
import openpyxl
import pypdf
import pytest
from django.conf import settings

import clock
import printing
from speakers.publishing import documents, revisions
from speakers.publishing.exports import as_pdf, reading_back
from speakers.publishing.exports.formats import FORMATS
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting

pytestmark = pytest.mark.django_db
LIVE, REVISION = "/meetings/dialogue/speakers", "/meetings/dialogue/speakers/revisions/1"
PROGRAMME_CALENDAR = "/meetings/dialogue/programme.ics"
PRIVATE = ["Mission of Egypt", "egy@missions.example", "third@missions.example", "a quiet note", "+41 22 555"]
SCHEMA = jsonschema_rs.validator_for(json.loads((settings.BASE_DIR / "docs/schema/list-2.json").read_text()))


@pytest.fixture(autouse=True)
def _clock():
    with clock.stopped(OPEN):
        yield


@pytest.fixture
def meeting():
    """A meeting that shows names, with names in three scripts and one that looks like a formula; published once."""
    meeting = make_meeting(shows_speaker_names=True)
    private = {"note": "a quiet note", "copies": ["third@missions.example"], "contact_telephone": "+41225550000"}
    friends = {"capacity": "group", "group_name": "=Friends+1", "group_key": "friends"}
    make_inscription(meeting, make_delegation("RWA", "Rwanda"), level="MFA", **friends)
    make_inscription(meeting, make_delegation("EGY", "Egypt"), speaker_name="محمد مصر", **private)
    make_inscription(meeting, make_delegation("CHN", "中国"), speaker_name="王毅", speaker_prefix="")
    make_inscription(meeting, make_delegation("KEN", "Kenya"), speaker_name="")
    revisions.publish(meeting.speakers_list, by=STAFF, at=OPEN + timedelta(hours=1), comment="For the Journal.")
    return meeting


def words_of(answer):
    """All the words of a PDF, as one text without marks of direction."""
    sheets = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    text = unicodedata.normalize("NFKC", " ".join(sheet.extract_text() for sheet in sheets))
    return " ".join(text.split())


@pytest.mark.parametrize("address", [LIVE, REVISION])
@pytest.mark.parametrize("extension", FORMATS)
def test_every_format_of_live_list_and_revision_is_without_contacts(client, meeting, address, extension):
    answer = client.get(f"{address}.{extension}")

    assert (answer.status_code, answer["Content-Type"]) == (200, FORMATS[extension].content_type)
    assert answer["Content-Disposition"].endswith(f'.{extension}"')
    words = words_of(answer) if extension == "pdf" else answer.content.decode(errors="replace")
    if extension == "xlsx":
        words = str(reading_back.read_workbook(answer.content))
    assert "Rwanda" in words
    assert [private for private in PRIVATE if private in words] == []


@pytest.mark.parametrize("address", [LIVE, REVISION])
def test_the_rows_of_all_files_are_the_same(client, meeting, address):
    read = {"csv": reading_back.read_csv, "xlsx": reading_back.read_workbook, "json": reading_back.read_json}

    rows = {extension: reader(client.get(f"{address}.{extension}").content) for extension, reader in read.items()}

    assert rows["csv"] == rows["xlsx"] == rows["json"]
    assert [row["speaker"] for row in rows["json"]] == ["H.E. Ms. Speaker of Rwanda", "H.E. Ms. محمد مصر", "王毅", ""]


@pytest.mark.parametrize("address", [LIVE, REVISION])
def test_the_json_keeps_to_its_published_schema(client, meeting, address):
    document = client.get(f"{address}.json").json()

    assert [error.message for error in SCHEMA.iter_errors(document)] == []
    assert list(SCHEMA.iter_errors({**document, "contact": "x"}))
    assert list(SCHEMA.iter_errors({**document, "provisional": not document["provisional"]}))


def test_the_text_is_set_as_the_journal_sets_lists(client, meeting):
    assert client.get(f"{REVISION}.txt").content.decode().splitlines() == [
        "LIST OF SPEAKERS",
        "",
        "Informal interactive dialogue",
        "Tuesday, 6 September 2016, Trusteeship Council Chamber",
        "Revision 1, as at Wednesday, 31 August 2016, 2:00 p.m. (New York time)",
        "For the Journal.",
        "",
        "MORNING",
        "10:00 a.m.–1:00 p.m. – likely",
        "",
        "Groups",
        "1. Rwanda (on behalf of =Friends+1) – H.E. Ms. Speaker of Rwanda – MFA",
        "",
        "Member States",
        "2. Egypt – \u2068H.E. Ms. محمد مصر\u2069 – PR",
        "3. 中国 – 王毅 – PR",
        "4. Kenya – to be confirmed – PR",
    ]


def test_the_text_of_the_live_list_says_that_it_is_provisional(client, meeting):
    text = client.get(f"{LIVE}.txt").content.decode()

    assert "Provisional, as at Wednesday, 31 August 2016, 1:00 p.m. (New York time)" in text


def test_a_list_of_a_rehearsal_says_so_in_every_file_that_leaves_its_page(client):
    make_meeting(is_rehearsal=True)

    text, paper, calendar = (client.get(f"{LIVE}.txt"), client.get(f"{LIVE}.pdf"), client.get(PROGRAMME_CALENDAR))
    workbook = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIVE}.xlsx").content))

    words = "Rehearsal: Informal interactive dialogue"
    assert words in text.content.decode()
    assert words in words_of(paper)
    assert words in calendar.content.decode()
    assert words in [cell.value for sheet in workbook for row in sheet for cell in row]


def test_an_empty_list_is_a_file_too(client):
    make_meeting("empty")

    for extension in FORMATS:
        assert client.get(f"/meetings/empty/speakers.{extension}").status_code == 200
    assert "No delegation is inscribed." in client.get("/meetings/empty/speakers.txt").content.decode()


def test_the_pdf_has_arabic_and_chinese_names_right(client, meeting):
    words = words_of(client.get(f"{REVISION}.pdf"))

    assert "Revision 1, as at Wednesday, 31 August 2016, 2:00 p.m. (New York time)" in words
    assert "中国 王毅 PR" in words
    assert "محمد مصر" in words
    assert "/revisions/1/" in words


def test_names_on_paper_are_never_markup_and_hold_nothing_that_steers_writing(meeting):
    make_inscription(meeting, make_delegation("GHA", "<b>Ghana</b>\u202e\x07"))

    page = as_pdf.page(documents.live(meeting.speakers_list, at=OPEN), meeting.speakers_list)

    assert "&lt;b&gt;Ghana&lt;/b&gt;</bdi>" in page


def test_a_list_that_was_just_printed_is_not_printed_again_and_touches_no_disk(
    meeting, monkeypatch, settings, tmp_path
):
    settings.CACHES = settings.CACHES | {"paper": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.VAR_DIR, printed = tmp_path, []
    monkeypatch.setattr(printing, "pdf", lambda html: printed.append(html) or b"%PDF-")
    documents_of_two = [documents.live(meeting.speakers_list, at=at) for at in (OPEN, OPEN, OPEN + timedelta(hours=1))]

    files = {as_pdf.write(document, meeting.speakers_list) for document in documents_of_two}

    assert (files, len(printed)) == ({b"%PDF-"}, 2)
    assert list(tmp_path.rglob("*")) == []


def test_if_the_list_cannot_be_printed_the_page_says_so(client, meeting, monkeypatch):
    def fails(document, meeting):
        raise printing.PrintingFailed("no paper")

    monkeypatch.setitem(FORMATS, "pdf", FORMATS["pdf"].__class__("application/pdf", fails))

    answer = client.get(f"{LIVE}.pdf")

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "another format" in answer.content.decode()


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("address", [LIVE, REVISION])
def test_a_client_that_has_the_file_gets_304_and_nothing_is_written(client, meeting, address, extension, monkeypatch):
    if extension == "pdf":
        monkeypatch.setattr(printing, "pdf", lambda html: b"%PDF-")
    tag = client.get(f"{address}.{extension}")["ETag"]

    with clock.stopped(OPEN + timedelta(minutes=5)):
        answer = client.get(f"{address}.{extension}", headers={"If-None-Match": tag})

    assert (answer.status_code, answer.content) == (304, b"")


def test_the_tag_of_the_live_list_changes_with_the_list(client, meeting):
    before = client.get(f"{LIVE}.csv")["ETag"]
    make_inscription(meeting, make_delegation("GHA", "Ghana"))

    assert client.get(f"{LIVE}.csv")["ETag"] != before


@pytest.mark.parametrize("address", [f"{LIVE}.exe", f"{REVISION}.exe", f"{LIVE[:-9]}/revisions/2.csv"])
def test_a_file_that_never_was_does_not_exist(client, meeting, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [LIVE, REVISION])
def test_a_file_of_a_meeting_that_is_not_published_does_not_exist(client, meeting, address):
    meeting.is_published = False
    meeting.save()

    assert {client.get(f"{address}.{extension}").status_code for extension in FORMATS} == {404}


def test_the_pages_link_to_every_format(client, meeting):
    for page, files in [(f"{LIVE}/", LIVE), (f"{REVISION}/", REVISION)]:
        html = client.get(page).content.decode()
        assert [extension for extension in FORMATS if f'href="{files}.{extension}"' not in html] == []


def test_a_file_costs_few_statements_however_long_the_list(client, meeting, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get(f"{LIVE}.csv")
    with django_assert_num_queries(2):
        client.get(f"{REVISION}.csv")


def test_a_formula_in_a_name_is_no_formula_in_the_csv_file(client, meeting):
    lines = list(csv.DictReader(io.StringIO(client.get(f"{LIVE}.csv").content.decode("utf-8-sig"))))

    assert lines[0]["Group"] == "'=Friends+1"
