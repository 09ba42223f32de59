"""After the meeting: the record as page, JSON, workbook and paper; statistics; the list on paper."""

import io
import json

import jsonschema_rs
import openpyxl
import pytest
from django.conf import settings
from django.utils import translation
from pypdf import PdfReader

import clock
from floor.acts import absence, calling, inserting, noting, pausing, replying, suspending, switching
from floor.models import Interruption, Turn
from floor.record import bars, record, statistics
from tests.factories import STAFF, make_delegation
from tests.floor.room import OPENS, after, conclude, make_room, press, speak

pytestmark = pytest.mark.django_db
FLOOR = "/meetings/dialogue/floor/"
SCHEMA = jsonschema_rs.validator_for(json.loads((settings.BASE_DIR / "docs/schema/record-1.json").read_text()))


@pytest.fixture
def meeting():
    """A meeting at which AAA spoke with a point of order, BBB was absent, CCC spoke over time, and DDD waits."""
    meeting = make_room("AAA", "BBB", "CCC", "DDD")
    press(meeting, calling.call)
    press(meeting, calling.begin)
    press(
        meeting, pausing.pause, after(60), ground=Interruption.Ground.POINT_OF_ORDER, raised_by=make_delegation("BBB")
    )
    press(meeting, pausing.go_on, after(90))
    press(meeting, calling.end, after(150))
    press(meeting, calling.call, after(160))
    press(meeting, absence.note_absence, after(170))
    speak(meeting, 180, 420)
    return meeting


LATER = after(500)


def read(client, page, at=LATER):
    with clock.stopped(at):
        return client.get(f"{FLOOR}{page}")


def test_the_record_says_who_spoke_when_how_long_and_who_raised_what(meeting):
    found = record.of(meeting, at=after(500))

    first, second = found["statements"]
    assert (first["name"], first["spoke_seconds"], first["paused_seconds"], first["overtime_seconds"]) == (
        "Aaa",
        120,
        30,
        0,
    )
    assert (second["name"], second["spoke_seconds"], second["overtime_seconds"]) == ("Ccc", 240, 60)
    assert first["began_at"] == "2016-09-06T11:00:00-04:00"
    assert [each["raised_by"] for each in found["interruptions"]] == ["Bbb"]
    assert [(each["name"], each["absences"]) for each in found["waiting"]] == [("Ddd", 0), ("Bbb", 1)]


def test_a_called_entry_that_has_not_begun_is_first_among_those_waiting(meeting):
    press(meeting, calling.call, after(430))

    assert [each["name"] for each in record.of(meeting, at=after(440))["waiting"]] == ["Ddd", "Bbb"]


def test_entries_not_reached_and_suspensions_are_in_the_record(meeting):
    suspending.suspend(meeting, by=STAFF, at=after(500))
    suspending.resume(meeting, by=STAFF, at=after(800))
    conclude(meeting, after(900))

    found = record.of(meeting, at=after(900))

    assert [each["name"] for each in found["not_reached"]] == ["Ddd", "Bbb"]
    assert found["suspensions"] == [{"from": "2016-09-06T11:08:20-04:00", "to": "2016-09-06T11:13:20-04:00"}]


def test_json_and_page_say_the_same(meeting, officer):
    found = json.loads(read(officer, "record.json").content)
    page = read(officer, "record/").content.decode()

    assert found == record.of(meeting, at=after(500))
    assert all(each["name"] in page for each in found["statements"])
    assert "11:00:00 a.m." in page


def test_the_json_keeps_to_its_published_schema(meeting, officer):
    inserting.insert(meeting, prefix="Mr.", name="Ban Ki-moon", title="Secretary-General", by=STAFF, at=after(430))
    speak(meeting, 430, 440)
    switching.switch(meeting, allows_points_of_order=True, allows_replies=True, by=STAFF, at=after(450))
    replying.ask_to_reply(meeting, make_delegation("AAA"), by=STAFF, at=after(450))
    suspending.suspend(meeting, by=STAFF, at=after(460))
    suspending.resume(meeting, by=STAFF, at=after(470))
    noting.said_about_time(meeting, "Three minutes, please.", by=STAFF, at=after(480))
    running = json.loads(read(officer, "record.json").content)
    conclude(meeting, after(490))
    document = json.loads(read(officer, "record.json").content)

    assert [error.message for each in (running, document) for error in SCHEMA.iter_errors(each)] == []
    assert {each["kind"] for each in document["statements"]} == {"listed", "inserted"}
    assert list(SCHEMA.iter_errors({**document, "contact": "x"}))
    assert list(SCHEMA.iter_errors({**document, "statements": [{**document["statements"][0], "note": "x"}]}))


def test_the_workbook_has_a_row_for_each_statement_and_calculates_nothing(meeting, officer):
    meeting.speakers_list.inscriptions.filter(delegation__code="AAA").update(speaker_name="=1+1")

    book = openpyxl.load_workbook(io.BytesIO(read(officer, "record.xlsx").content))

    rows = list(book["Statements"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1]) for row in rows] == [(1, "Aaa"), (2, "Ccc")]
    assert book["Statements"]["D2"].data_type == "s"


def test_record_and_floor_are_printed(meeting, officer):
    for file, words in [
        ("record.pdf", ["Aaa", "Ccc", "4:00", "point of order"]),
        ("paper.pdf", ["Ddd", "Already heard: Aaa, Ccc"]),
    ]:
        answer = read(officer, file)
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        assert all(each in " ".join(text.split()) for each in words)


def test_the_time_is_shared_by_region_level_and_capacity_with_overtime(meeting):
    found = record.of(meeting, at=after(500))

    [share] = statistics.by_capacity(found)

    assert (share.label, share.count, share.seconds, share.mean_seconds) == ("national capacity", 2, 360, 180)
    assert (share.overtime_count, share.overtime_percent, share.overtime_seconds) == (1, 50, 60)
    assert [each.label for each in statistics.by_level(found)] == ["PR"]
    assert [each.label for each in statistics.by_region(found)] == ["no regional group"]


def test_bars_and_lengths_are_drawn_to_one_scale(meeting):
    found = record.of(meeting, at=after(500))

    drawn = bars.of_lengths(found)

    short, long = drawn.bars
    assert short["height"] * 2 == pytest.approx(long["height"] + long["over_height"], abs=2)
    assert long["over_height"] > 0
    assert bars.of_shares([]) is None


def test_in_arabic_bars_begin_at_the_right_and_the_first_statement_stands_there(meeting):
    found = record.of(meeting, at=after(500))
    shares = statistics.by_capacity(found)
    plain, lengths = bars.of_shares(shares).rows[0], bars.of_lengths(found)
    first = lengths.first

    with translation.override("ar"):
        row, mirrored = bars.of_shares(shares).rows[0], bars.of_lengths(found)
        assert (mirrored.first, mirrored.last, lengths.width - mirrored.beside) == (lengths.width - first, 0, 56)

    assert (plain["x"], row["x"], row["label_x"]) == (0, bars.WIDTH - plain["width"], bars.WIDTH)
    assert row["over_x"] == row["x"]
    assert plain["over_x"] + plain["over"] == plain["width"]
    assert [each["x"] + each["width"] for each in mirrored.bars] == [bars.WIDTH - each["x"] for each in lengths.bars]


def test_before_the_first_statement_there_are_no_lengths_to_draw():
    assert bars.of_lengths(record.of(make_room(), at=after(0))) is None


def test_time_in_all_has_hours_where_there_are_any():
    assert [bars.in_minutes(seconds) for seconds in (750, 3600, 3725)] == ["12:30", "1:00:00", "1:02:05"]


def test_a_person_off_the_list_is_counted_apart(meeting):
    inserting.insert(meeting, name="The Secretary-General", by=STAFF, at=after(430))
    speak(meeting, 440, 500)

    found = statistics.by_capacity(record.of(meeting, at=after(500)))

    assert [(share.count, share.seconds) for share in found] == [(2, 360), (1, 60)]
    assert found[1].label == Turn.Kind.INSERTED.label


@pytest.mark.parametrize("page", ["record/", "record.json", "statistics/", "paper/"])
def test_these_pages_are_for_staff(meeting, page, client, officer, sign_in):
    assert read(officer, page).status_code == 200
    assert read(client, page).status_code == 302
    assert read(sign_in("Read only"), page).status_code == 200
    assert read(sign_in("List officer"), page).status_code == 200
    assert read(sign_in("Civil society officer"), page).status_code == 403


def test_the_paper_shows_its_time_and_is_updated_every_fifteen_minutes(meeting, officer):
    answer = read(officer, "paper/", at=OPENS)

    assert "as at Tuesday, 6 September 2016, 11:00 a.m. (New York time)" in answer.content.decode()
    assert 'data-every="15"' in answer.content.decode()
    assert '<noscript><meta http-equiv="refresh" content="900;url=?renewed"></noscript>' in answer.content.decode()


@pytest.mark.parametrize("codes", [["AAA"], ["AAA", "BBB", "CCC"]])
def test_the_record_costs_the_same_whatever_its_length(codes, django_assert_num_queries):
    meeting = make_room(*codes)
    for number in range(len(codes)):
        speak(meeting, 200 * number, 200 * number + 180)

    with django_assert_num_queries(6):
        record.of(meeting, at=OPENS)
