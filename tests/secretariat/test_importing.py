"""Importing delegations and focal points: errors by row, a dry run first, all or nothing.  R-11"""

import io
import unicodedata
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from journal.models import Entry
from speakers.delegations import access, importing, loading, tables
from speakers.models import Delegation, FocalPoint
from tests import factories
from tests.factories import OPEN, STAFF
from tests.floor.statements.files import docx
from tests.secretariat import pages

PAGE = reverse("admin:speakers_delegation_import")
HEAD = "code,short name,formal name,category,regional group,focal point e-mail,focal point name\n"


@pytest.fixture(autouse=True)
def _ghana(at_the_desk, db):
    factories.make_delegation("GHA", "Ghana")


def upload(client, text, name="list.csv"):
    content = text if isinstance(text, bytes) else (HEAD + text).encode()
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content)})


def workbook(*lines):
    book = openpyxl.Workbook()
    for line in [importing.COLUMNS, *lines]:
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rows(text):
    return tables.read("list.csv", (HEAD + text).encode(), columns=importing.COLUMNS, by="Lead", at=OPEN)


def errors_of(text):
    return importing.plan(rows(text)).errors


def test_the_file_is_checked_first_and_stores_nothing(lead):
    page = upload(lead, "GHA,,,,,focal@gha.example,Focal Point\nXYZ,Xyzland,,observer,,,\n")

    shown = pages.text(page)
    assert "New delegation: Xyzland (XYZ), observer" in shown
    assert "New focal point of Ghana (GHA): focal@gha.example Focal Point" in shown
    assert "change nothing." not in shown
    assert not FocalPoint.objects.exists()
    assert not Delegation.objects.filter(code="XYZ").exists()


def test_what_was_shown_is_imported_and_journalled(lead):
    page = upload(lead, "gha,Ghana,,,,focal@gha.example,Focal Point\nXYZ,Éxyzland,,observer,,x@xyz.example,\n")

    lead.post(PAGE, {"sealed": page.context["sealed"]})

    new = Delegation.objects.get(code="XYZ")
    assert (str(new), new.sort_name, new.places.get().band) == ("Éxyzland", "exyzland", "observers")
    assert set(FocalPoint.objects.values_list("delegation__code", "email")) == {
        ("GHA", "focal@gha.example"),
        ("XYZ", "x@xyz.example"),
    }
    entry = Entry.objects.get(act="imported")
    assert entry.payload.after["delegations"] == ["XYZ"]
    assert entry.payload.actor_name == lead.staff.username


def test_a_workbook_is_read_like_a_csv_file(lead):
    content = workbook(["GHA", None, None, None, None, "focal@gha.example", "Focal Point"])

    page = upload(lead, content, "list.xlsx")

    assert "New focal point of Ghana (GHA): focal@gha.example Focal Point" in pages.text(page)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",Ghana,,,,,", "The code of the delegation is missing."),
        ("GHA,Gana,,,,,", "GHA is Ghana, not Gana. Correct the code, or leave the name out."),
        ("GHA,,,,,no address,", "“no address” is not an e-mail address."),
        ("GHA,,,,,,Somebody", "A focal point needs an e-mail address."),
        ("XYZ,,,observer,,,", "XYZ is not on record: a new delegation needs its short name."),
        ("XYZ,Xyz,,club,,,", "XYZ is not on record: a new delegation needs its category, one of"),
        ("XYZ,Xyz,,observer,north,,", "“north” is not possible: the “regional group” is one of african"),
        ("GHA,,,,nonsense,f@gha.example,", "“nonsense” is not possible: the “regional group” is one of african"),
        (
            "GHA,,,,asia_pacific,,",
            "The “regional group” of Ghana is none, not asia_pacific. Correct it,",
        ),
        ("GHA,,,observer,,,", "The “category” of Ghana is member_state, not observer."),
        ("GHA,,,club,,,", "“club” is not possible: the “category” is one of member_state"),
        ("GHA,,the Republic of Nowhere,,,,", "GHA is Ghana, not the Republic of Nowhere. Correct the code"),
        ("GHA,,,,,,,over here", "A cell stands in no column: over here."),
        ("GHA,,,,,f@gha.example,=HYPERLINK(1)", "“focal point name” begins with the sign of a formula: =HYPERLINK(1)"),
        ("GHA,,,,,f@gha.example,Fo\u200bcal", "“focal point name” contains invisible characters."),
        ("GHA,,,,,f@gha.example,Fo\x07cal", "“focal point name” contains invisible characters."),
        (f"GHA,,,,,f@gha.example,{'x' * 121}", "“focal point name” is longer than 120 characters."),
    ],
)
def test_each_error_is_shown_with_the_number_of_its_row(line, words):
    found = errors_of(f"GHA,,,,,right@gha.example,\n{line}\n")

    assert [number for number, _words in found] == [3]
    assert found[0][1].startswith(words)


def test_a_formula_in_a_workbook_is_refused_and_not_computed(lead):
    page = upload(lead, workbook(["GHA", None, None, None, None, "f@gha.example", '=CONCATENATE("a","b")']), "a.xlsx")

    assert "begins with the sign of a formula" in pages.text(page)
    assert "Import this" not in pages.text(page)


def test_a_row_that_repeats_another_is_left_out_and_named():
    found = importing.plan(rows("GHA,,,,,focal@gha.example,Ama\ngha,GHANA,,,,FOCAL@gha.example ,ama\n"))

    assert found.errors == []
    assert found.notes == [
        (3, "“GHANA” is another spelling of Ghana; kept as Ghana."),
        (3, "Left out: it repeats row 2."),
    ]
    assert (len(found.focal_points), found.unchanged) == (1, 1)


def test_two_rows_that_say_different_things_of_one_address_or_delegation_are_an_error():
    names = errors_of("GHA,,,,,focal@gha.example,Ama\nGHA,,,,,focal@gha.example,Kofi\n")
    delegations = errors_of("GHA,,,,,focal@gha.example,Ama\nGHA,Gana,,,,focal@gha.example,\n")

    assert names == [(3, "Row 2 gives this address another name, or none. Keep one of them.")]
    assert delegations == [(3, "GHA is Ghana, not Gana. Correct the code, or leave the name out.")]


@pytest.mark.parametrize(
    ("second", "errors", "notes"),
    [
        ("XYZ,Xýz,,observer,,b@xyz.example,", ["An earlier row says “Xyz” of XYZ, not “Xýz”."], []),
        ("XYZ,XYZ,,Observer,,b@xyz.example,", [], ["“XYZ” is another spelling of Xyz; kept as Xyz."]),
        ("XYZ,,,,african,b@xyz.example,", ["The first row of XYZ does not say “african”. Write it there too."], []),
        ("XYZ,,,organization,,b@xyz.example,", ["An earlier row says “observer” of XYZ, not “organization”."], []),
    ],
)
def test_a_further_row_of_a_new_delegation_is_compared_with_its_first(second, errors, notes):
    found = importing.plan(rows(f"XYZ,Xyz,,observer,,a@xyz.example,\n{second}\n"))

    assert [words for _number, words in found.errors] == errors
    assert [words for _number, words in found.notes] == notes


def test_a_category_and_a_group_are_read_as_their_labels_too():
    found = importing.plan(rows("XYZ,Xyz,,Member State,African States,,\n"))

    assert found.errors == []
    assert (found.delegations[0]["category"], found.delegations[0]["regional group"]) == ("member_state", "african")


def test_two_rows_of_one_new_delegation_agree_about_its_name():
    assert errors_of("XYZ,Xyz,,observer,,a@xyz.example,\nXYZ,,,,,b@xyz.example,\n") == []
    assert errors_of("XYZ,Xyz,,observer,,a@xyz.example,\nXYZ,Zyx,,,,b@xyz.example,\n")[0][0] == 3


def test_nothing_is_saved_if_any_row_fails():
    with pytest.raises(importing.ImportRefused):
        importing.carry_out(rows("GHA,,,,,right@gha.example,\nGHA,,,,,wrong,\n"), by=STAFF, at=OPEN)

    assert not FocalPoint.objects.exists()
    assert not Entry.objects.filter(act="imported").exists()


def test_the_same_file_twice_changes_nothing_the_second_time():
    text = "GHA,,,,,focal@gha.example,\nXYZ,Xyz,,observer,,,\n"
    importing.carry_out(rows(text), by=STAFF, at=OPEN)

    again = importing.carry_out(rows(text), by=STAFF, at=OPEN)

    assert (again.is_empty, again.unchanged, again.notes) == (True, 2, [])
    assert Entry.objects.filter(act="imported").count() == 1


def test_the_page_says_that_a_second_import_of_the_same_file_changes_nothing(lead):
    text = "GHA,,,,,focal@gha.example,\nXYZ,Xyz,,observer,,,\n"
    first = lead.post(PAGE, {"sealed": upload(lead, text).context["sealed"]}, follow=True)

    again = upload(lead, text)
    pressed = lead.post(PAGE, {"sealed": again.context["sealed"]}, follow=True)

    assert "1 delegation is imported. 1 focal point is imported." in pages.text(first)
    assert "Nothing: everything in the file is on record already. 2 rows change nothing." in pages.text(again)
    assert "Import this" not in pages.text(again)
    assert "Nothing was imported: everything in the file is on record." in pages.text(pressed)
    assert FocalPoint.objects.count() == 1


def test_what_is_read_otherwise_or_left_out_is_shown_with_the_number_of_its_row(lead):
    page = upload(
        lead, b"Focal points as at 1 November;;\ncode;Short_Name;focal point EMAIL\nGHA;GHANA;f@gha.example\n"
    )

    shown = pages.text(page)
    assert "1 Left out: it stands above the row with the names of the columns (Focal points as at 1 November)." in shown
    assert "3 “GHANA” is another spelling of Ghana; kept as Ghana." in shown
    assert "New focal point of Ghana (GHA): f@gha.example" in shown


def test_a_decomposed_letter_and_a_curly_apostrophe_are_other_spellings_and_refuse_nothing():
    factories.make_delegation("CIV", "Côte d'Ivoire")
    decomposed = unicodedata.normalize("NFD", "Côte d’Ivoire")

    found = importing.plan(rows(f"CIV,{decomposed},,,,fp.one@civ.example,\n"))

    assert found.errors == []
    assert found.notes == [(2, "“Côte d’Ivoire” is another spelling of Côte d'Ivoire; kept as Côte d'Ivoire.")]
    assert len(found.focal_points) == 1


def test_the_name_of_a_new_focal_point_is_stored_composed():
    importing.carry_out(rows(unicodedata.normalize("NFD", "GHA,,,,,f@gha.example,Zoé\u00a0 Weil\n")), by=STAFF, at=OPEN)

    assert FocalPoint.objects.get().name == "Zoé Weil"


def test_an_address_of_another_delegation_is_an_error_at_its_row():
    factories.make_delegation("KEN", "Kenya")
    factories.make_focal_point(factories.make_delegation("KEN"), "one@ken.example")

    found = errors_of("GHA,,,,,One@ken.example,\nGHA,,,,,two@x.example,\nKEN,,,,,two@x.example,\n")

    assert found == [
        (2, "One@ken.example is already a focal point of Kenya. If it acts for both, write KEN in “also acts for”."),
        (4, "Row 3 gives this address to GHA. If it acts for both, name it in “also acts for”."),
    ]


def of_two(text):
    """The plan of a file whose last column is that of further delegations."""
    head = HEAD.strip() + ",also acts for\n"
    return tables.read("list.csv", (head + text).encode(), columns=importing.COLUMNS, by="Lead", at=OPEN)


def test_an_address_that_acts_for_several_delegations_is_imported_if_its_rows_say_so():
    for code, name in [("KEN", "Kenya"), ("UGA", "Uganda")]:
        factories.make_delegation(code, name)
    factories.make_focal_point(Delegation.objects.get(code="KEN"), "one@ken.example")
    table = of_two('GHA,,,,,One@ken.example,,ken\nUGA,,,,,one@KEN.example,,"GHA; KEN"\n')

    done = importing.carry_out(table, by=STAFF, at=OPEN)
    again = importing.carry_out(table, by=STAFF, at=OPEN)

    assert done.notes == [
        (row, f"{typed} acts for Kenya too.") for row, typed in [(2, "One@ken.example"), (3, "one@KEN.example")]
    ]
    assert [each.code for each in access.delegations_of("one@ken.example")] == ["GHA", "KEN", "UGA"]
    assert again.is_empty


def test_a_row_that_names_one_of_two_other_delegations_is_an_error_for_the_other():
    factories.make_focal_point(factories.make_delegation("KEN", "Kenya"), "one@ken.example")
    factories.make_focal_point(factories.make_delegation("UGA", "Uganda"), "one@ken.example")

    [(row, words)] = importing.plan(of_two("GHA,,,,,one@ken.example,,KEN\n")).errors

    assert (row, words.partition(".")[0]) == (2, "one@ken")
    assert "is already a focal point of Uganda" in words


def test_a_delegation_that_has_the_address_in_no_row_is_an_error():
    factories.make_delegation("KEN", "Kenya")

    alone = importing.plan(of_two("GHA,,,,,one@x.example,,KEN\n"))
    both = importing.plan(of_two("GHA,,,,,one@x.example,,KEN\nKEN,,,,,one@x.example,,GHA\n"))

    assert alone.errors == [
        (2, "“KEN” in “also acts for” has this address in no row. Add its row, or correct the code."),
    ]
    assert both.errors == []
    assert len(both.focal_points) == 2


@pytest.mark.parametrize(
    ("on_record", "typed", "words"),
    [
        ({"name": "Ama"}, "f@gha.example,Ama", []),
        (
            {"name": "Ama"},
            "F@gha.example,",
            ["“F@gha.example” is another spelling of f@gha.example; kept as f@gha.example."],
        ),
        ({"name": "Ama"}, "f@gha.example,AMA", ["“AMA” is another spelling of Ama; kept as Ama."]),
        ({"name": "Ama"}, "f@gha.example,Kofi", ["f@gha.example is on record as Ama; “Kofi” is not taken over."]),
        ({}, "f@gha.example,Kofi", ["f@gha.example is on record without a name; “Kofi” is not taken over."]),
        ({"is_active": False}, "f@gha.example,", ["f@gha.example is on record as no longer active, and stays so."]),
    ],
)
def test_a_focal_point_on_record_stays_and_what_the_row_says_otherwise_is_noted(on_record, typed, words):
    FocalPoint.objects.create(delegation=Delegation.objects.get(), email="f@gha.example", **on_record)

    found = importing.plan(rows(f"GHA,,,,,{typed}\n"))

    assert ([note for _number, note in found.notes], found.errors, found.unchanged) == (words, [], 1)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "The file is empty."),
        (b"PK\x03\x04 no zip", "a.xlsx", "This file is damaged."),
        (docx(), "a.xlsx", "This is not an XLSX file."),
        (b"\xff\xfe\x00", "a.csv", "The file is neither XLSX nor CSV in UTF-8."),
        (b"code,colour\nGHA,red\n", "a.csv", "Unknown columns: colour."),
        (b"code,code\nGHA,GHA\n", "a.csv", "Two columns have the same name."),
        (b"x" * (tables.LARGEST + 1), "a.csv", "The file is larger than one megabyte."),
        ((HEAD + "GHA,,,,,,\n" * 1001).encode(), "a.csv", "The file has more than 1000 rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(content, name, words):
    with pytest.raises(tables.Unreadable, match=words[:30]):
        tables.read(name, content, columns=importing.COLUMNS, by="Lead", at=OPEN)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_and_the_mark_of_utf8_do_not_matter(separator):
    text = "\ufeff" + separator.join(["code", "focal point e-mail"]) + "\n" + separator.join(["GHA", "f@gha.example"])

    found = tables.read("a.csv", text.encode(), columns=importing.COLUMNS, by="Lead", at=OPEN)

    assert [row.cells for row in found] == [{"code": "GHA", "focal point e-mail": "f@gha.example"}]


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_the_template_is_read_back(lead, extension):
    answer = lead.get(reverse("admin:speakers_delegation_import_template", args=[extension]))

    assert tables.read(f"a.{extension}", answer.content, columns=importing.COLUMNS, by="Lead", at=OPEN) == []


def test_a_forged_or_altered_plan_imports_nothing(lead):
    answer = lead.post(PAGE, {"sealed": "forged"}, follow=True)

    assert "Nothing was imported." in pages.text(answer)


def test_only_the_lead_imports(officer, reader):
    statuses = [person.get(PAGE).status_code for person in (officer, reader)]

    assert statuses == [403, 403]
    assert "Import from a file" not in pages.text(reader.get(reverse("admin:speakers_delegation_changelist")))


def test_the_list_of_delegations_leads_to_the_import(lead):
    assert "Import from a file" in pages.text(lead.get(reverse("admin:speakers_delegation_changelist")))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("list.csv", b'"GHA"x,Ghana\n', "cannot be read as CSV"),
        ("list.xlsx", b"no workbook", "This file is damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(name, content, words):
    with pytest.raises(tables.Unreadable, match=words):
        tables.read(name, content, columns=importing.COLUMNS, by="Lead", at=OPEN)


def with_parts(**parts):
    """A workbook of one delegation with more `parts`, or with others of the same name."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["GHA"]))) as whole,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for name, part in ({name: whole.read(name) for name in whole.namelist()} | parts).items():
            changed.writestr(name, part)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELLS = f"<worksheet xmlns='{SPACE}'><dimension ref='A1:XFD1048576'/><sheetData>{{rows}}</sheetData></worksheet>"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ELSEWHERE = (
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r' "
    f"Type='{RELATION}/externalLinkPath' Target='https://files.example/a.xlsx' TargetMode='External'/></Relationships>"
)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"xl/media/zeros.bmp": b"BM" + bytes(70_000_000)}, "holds far more than"),
        ({SHEET: CELLS.format(rows="<row><c/></row>" * 200_000)}, "holds far more than"),
        ({"xl/vbaProject.bin": b"x"}, "Found: xl/vbaProject.bin"),
        ({"xl/externalLinks/externalLink1.xml": b"<a/>"}, "Found: xl/externalLinks"),
        ({"xl/worksheets/_rels/sheet1.xml.rels": ELSEWHERE}, "Found: externalLinkPath"),
        ({SHEET: "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "This file is damaged"),
        ({SHEET: "<a"}, "This file is damaged"),
    ],
)
def test_a_workbook_that_holds_more_than_a_table_is_refused(parts, words):
    with pytest.raises(tables.Unreadable, match=words):
        tables.read("list.xlsx", with_parts(**parts), columns=importing.COLUMNS, by="Lead", at=OPEN)


def test_a_workbook_that_claims_a_million_rows_is_read_as_far_as_it_goes():
    row = "<row r='1'><c r='A1' t='inlineStr'><is><t>code</t></is></c></row>"
    content = with_parts(**{SHEET: CELLS.format(rows=row)})

    assert tables.read("list.xlsx", content, columns=importing.COLUMNS, by="Lead", at=OPEN) == []


def test_everyday_names_are_other_names_and_refuse_nothing():
    loading.load(by=STAFF, at=OPEN)

    found = importing.plan(
        rows("NLD,Netherlands,,,,fp@nld.example,\nBOL,Bolivia,,,,fp@bol.example,\nRUS,Russia,,,,fp@rus.example,\n")
    )

    assert (found.errors, len(found.focal_points)) == ([], 3)
    assert found.notes == [
        (2, "“Netherlands” is another name of Netherlands (Kingdom of the); kept as Netherlands (Kingdom of the)."),
        (
            3,
            "“Bolivia” is another name of Bolivia (Plurinational State of); kept as Bolivia (Plurinational State of).",
        ),
        (4, "“Russia” is another name of Russian Federation; kept as Russian Federation."),
    ]


def test_the_name_of_another_delegation_is_an_error_that_says_so():
    loading.load(by=STAFF, at=OPEN)

    found = errors_of("RWA,Kenya,,,,fp@rwa.example,\nSSD,Sudan,,,,fp@ssd.example,\n")

    assert found == [
        (2, "RWA is Rwanda, not Kenya, which is another delegation. Correct the code or the name."),
        (3, "SSD is South Sudan, not Sudan, which is another delegation. Correct the code or the name."),
    ]
