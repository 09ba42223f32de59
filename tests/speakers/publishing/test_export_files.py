"""Files that read back equal, whatever names hold; and no cell that a spreadsheet calculates.  R-30"""

import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speakers.publishing.exports import as_csv, as_text, as_workbook, reading_back
from speakers.publishing.exports.characters import escaped, isolated, neutralised, printable, restored, unescaped
from speakers.publishing.exports.formats import as_json

FORMULAS = [
    "=1+1",
    "#N/A",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    " =1",
    "\t=1",
    "'=1",
    "''",
    "a;=1",
    "a,+1",
    "a\n=1",
]
ODD = [
    "\x00",
    "\x07",
    "\x1b[31m",
    "\r",
    "\r\n",
    "a\x0bb",
    "_x0007_",
    "_x005F_",
    "_x0041\x01",
    "\ufffe",
    "\u202eabc",
    " two  ",
    "",
]
NAMES = ["Côte d’Ivoire", "中国", "مصر", "Российская Федерация", "a,b;c\t\"d'", "<b>&amp;", "😀"]

texts = st.one_of(st.sampled_from(FORMULAS + ODD + NAMES), st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
speaker_rows = st.fixed_dictionaries(
    {
        "place": st.integers(1, 500),
        "delegation": texts,
        "delegation_code": texts,
        "capacity": st.sampled_from(["national", "group"]),
        "group": texts,
        "band": st.sampled_from(["groups", "member_states"]),
        "level": texts,
        "receipt_no": st.integers(1, 10**6),
    }
)
lists = st.lists(speaker_rows, max_size=5)
patiently = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)


class AList:
    class meeting:
        title = "=A meeting"


def document(rows):
    return {"format": "list-of-speakers/1", "meeting": "dialogue", "provisional": True, "speakers": rows}


def named(rows):
    return [{**row, "speaker": row["delegation"]} for row in rows]


@given(lists, st.booleans())
@patiently
def test_a_csv_file_reads_back_equal(rows, with_names):
    rows = named(rows) if with_names else rows

    assert reading_back.read_csv(as_csv.write(document(rows), AList)) == rows


@given(lists, st.booleans())
@patiently
def test_a_workbook_reads_back_equal(rows, with_names):
    rows = named(rows) if with_names else rows

    assert reading_back.read_workbook(as_workbook.write(document(rows), AList)) == rows


def test_codes_are_put_into_words_and_a_file_with_codes_is_still_read():
    row = {"place": 1, "delegation": "Ghana", "delegation_code": "GHA", "capacity": "group", "group": "Friends"}
    row |= {"band": "groups", "level": "Minister", "receipt_no": 3}
    written = as_csv.write(document([row]), AList)
    older = as_csv.table(list(row), [list(row.values())])

    assert b'"on behalf of a group","Friends","groups"' in written
    assert reading_back.read_csv(written) == reading_back.read_csv(older) == [row]


def test_the_headings_of_a_workbook_stay_in_sight_and_filter_the_rows():
    book = openpyxl.load_workbook(io.BytesIO(as_workbook.workbook([("List", ["A", "B"], [[1, "=1"]], [9, 9])])))

    assert (book.active.freeze_panes, book.active.auto_filter.ref) == ("A2", "A1:B2")


@given(lists)
@patiently
def test_a_json_file_reads_back_equal(rows):
    assert reading_back.read_json(as_json(document(rows), AList)) == rows


@given(texts)
def test_what_is_neutralised_is_restored(text):
    assert restored(neutralised(text)) == text


@given(st.text(alphabet=st.characters(), max_size=30))
def test_what_is_escaped_is_unescaped(text):
    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_of_a_csv_file_begins_a_formula_however_a_spreadsheet_cuts_it(formula, delimiter):
    row = {"place": 1, "receipt_no": 1, "capacity": "national", "band": "groups", "level": "", "delegation_code": ""}
    data = as_csv.write(document([{**row, "delegation": formula, "group": formula}]), AList).decode("utf-8-sig")

    cells = [cell for line in csv.reader(io.StringIO(data, newline=""), delimiter=delimiter) for cell in line]

    assert [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@＝＋－＠")] == []


def test_an_ordinary_name_is_not_changed_in_a_csv_file():
    for name in [*NAMES[:4], "Group of 77 - China", "H.E. Ms. Anne-Marie O'Neill", "Korea (Republic of)"]:
        assert neutralised(name) == name


def test_a_csv_file_says_that_it_is_utf_8_and_names_its_columns():
    data = as_csv.write(document([]), AList)

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").strip() == (
        '"Place","Delegation","Code","Capacity","Group","Band","Level","Receipt"'
    )


@pytest.mark.parametrize("formula", FORMULAS)
def test_text_in_a_workbook_stays_text_and_numbers_stay_numbers(formula):
    row = {
        "place": 1,
        "receipt_no": 7,
        "capacity": "national",
        "band": "groups",
        "level": "2",
        "delegation_code": "007",
    }
    data = as_workbook.write(document([{**row, "delegation": formula, "group": ""}]), AList)

    sheet = openpyxl.load_workbook(io.BytesIO(data))[as_workbook.LIST]
    place, delegation, code, *_, level, receipt = sheet[2]

    assert [cell.data_type for cell in (place, receipt)] == ["n", "n"]
    assert [cell.data_type for cell in (delegation, code, level)] == ["s", "s", "s"]
    assert (delegation.quotePrefix, delegation.value, code.value) == (True, formula, "007")


def test_a_workbook_holds_no_formula_and_nothing_that_runs():
    row = {"place": 1, "receipt_no": 7, "capacity": "", "band": "", "level": "", "delegation_code": "", "group": "=1"}
    data = as_workbook.write(document([{**row, "delegation": "=1+1"}]), AList)

    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert not any("vba" in name.lower() or "external" in name.lower() for name in book.namelist())
        assert all(b"<f>" not in book.read(name) for name in book.namelist())


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (reading_back.read_csv, b"\xff\xfe"),
        (reading_back.read_csv, b""),
        (reading_back.read_csv, b"a,b\r\n1,2\r\n"),
        (reading_back.read_csv, b'"place","delegation'),
        (reading_back.read_workbook, b"no workbook"),
        (reading_back.read_workbook, b""),
        (reading_back.read_json, b"{"),
        (reading_back.read_json, b"[]"),
    ],
)
def test_a_file_that_is_not_a_list_is_refused(read, data):
    with pytest.raises(reading_back.UnreadableList):
        read(data)


def test_a_cell_that_should_be_a_number_and_is_not_is_refused():
    data = as_csv.write(document([]), AList) + b'"x","","","","","","","1"\r\n'

    with pytest.raises(reading_back.UnreadableList, match="invalid literal"):
        reading_back.read_csv(data)


@given(texts)
def test_printed_text_holds_no_control_character_and_no_mark_of_direction(text):
    shown = printable(text)

    assert all(each.isprintable() or each == "\u00ad" or ord(each) > 0x9F for each in shown)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(shown)


def test_text_from_right_to_left_does_not_reorder_the_line_around_it():
    assert isolated("مصر") == "\u2068مصر\u2069"
    assert isolated("Egypt") == "Egypt"


def test_lines_of_text_are_short_and_hang_behind_their_number():
    row = {
        "place": 7,
        "delegation": "Rwanda",
        "group": "Group of Friends of the Responsibility to Protect",
        "level": "PR",
    }

    assert as_text.line(row, digits=2) == (
        " 7. Rwanda (on behalf of Group of Friends of the Responsibility to Protect)\n    – PR"
    )
