"""The public list by sitting: on the page, on paper, in every file, and frozen.  R-64 R-28"""

import json
import re
from datetime import timedelta

import jsonschema_rs
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

import clock
from dialogue.models import Sitting
from speakers.entries import calling
from speakers.moves import fixing
from speakers.publishing import difference, division, documents, page, revision_chain, revisions
from speakers.publishing.exports import as_pdf, reading_back
from tests.days import (
    FIRST,
    HOUR,
    fill,
    local,
    make_longest_night,
    make_night,
    make_two_days,
    make_two_mornings,
    words_of,
)
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting, make_panel

pytestmark = pytest.mark.django_db
LIVE, REVISION = "/meetings/dialogue/speakers", "/meetings/dialogue/speakers/revisions/1"
NOW = {"by": STAFF, "at": OPEN}
FIRST_HOURS = "Tuesday, 6 September, 10:00 a.m.–1:00 p.m."


@pytest.fixture(autouse=True)
def _clock():
    with clock.stopped(OPEN):
        yield


@pytest.fixture
def meeting():
    """Two days of two sittings, with time for four in each, and six entries; A01 is fixed to the last sitting."""
    meeting = make_two_days()
    first, *_others = fill(meeting, 6)
    fixing.fix(first, sitting=meeting.hours[3], reason="The Minister arrives in the night", **NOW)
    return meeting


def parts(meeting, at=OPEN):
    """Each heading, whether it is likely, and the places below it."""
    document = documents.live(meeting.speakers_list, at=at)
    return [
        (part.name, part.is_likely, [row["place"] for _band, rows in part.bands for row in rows])
        for part in division.parts_of(document, meeting)
    ]


def test_the_list_stands_under_its_sittings_each_likely_until_it_begins(meeting):
    assert parts(meeting) == [
        ("1st sitting, Tuesday morning", True, [2, 3, 4, 5]),
        ("2nd sitting, Tuesday afternoon", True, [6]),
        ("4th sitting, Wednesday afternoon", True, [1]),
    ]
    assert [is_likely for _name, is_likely, _rows in parts(meeting, local(FIRST + 10 * HOUR))] == [False, True, True]


def test_two_sittings_in_one_part_of_a_day_have_numbers_and_each_entry_stands_in_one(client):
    meeting = make_two_mornings()
    fill(meeting, 3)
    revisions.publish(meeting.speakers_list, **NOW)

    assert parts(meeting) == [("1st sitting, morning", True, [1, 2]), ("2nd sitting, morning", True, [3])]
    assert [line.after for line in page.strip_of(documents.live(meeting.speakers_list, at=OPEN), meeting).lines] == [2]
    for address in (LIVE, REVISION):
        text = client.get(f"{address}.txt").content.decode()
        assert [text.count(f"A{number:02}") for number in (1, 2, 3)] == [1, 1, 1]
        assert words_of(client.get(f"{address}/")).count("2nd sitting, morning") == 1


def test_a_revision_in_which_two_sittings_have_one_name_lists_each_entry_once():
    meeting = make_two_mornings()
    fill(meeting, 3)
    document = documents.live(meeting.speakers_list, at=OPEN)
    for each in document["sittings"]:
        each["name"] = "morning"
    for row in document["speakers"]:
        row["sitting"] = "morning"

    (part,) = division.parts_of(document, meeting)

    assert (part.name, part.hours) == ("Morning", "10:00 a.m.–1:00 p.m.")
    assert [row["place"] for _band, rows in part.bands for row in rows] == [1, 2, 3]


def test_who_was_called_stands_in_the_sitting_of_the_call(meeting):
    second = meeting.speakers_list.inscriptions.get(receipt_no=2)
    calling.call(second, meeting.speakers_list, by=STAFF, at=local(FIRST + 10 * HOUR))

    found = parts(meeting, local(FIRST + 15 * HOUR))

    assert found[:2] == [
        ("1st sitting, Tuesday morning", False, [2]),
        ("2nd sitting, Tuesday afternoon", False, [3, 4, 5, 6]),
    ]


def test_after_the_meeting_those_not_called_are_told_apart(meeting):
    second = meeting.speakers_list.inscriptions.get(receipt_no=2)
    calling.call(second, meeting.speakers_list, by=STAFF, at=local(FIRST + 10 * HOUR))

    assert parts(meeting, meeting.ends_at) == [
        ("1st sitting, Tuesday morning", False, [2]),
        ("Not called", False, [1, 3, 4, 5, 6]),
    ]


def test_those_for_whom_there_is_no_time_stand_last():
    meeting = make_meeting(national_limit=timedelta(minutes=60))
    fill(meeting, 6)

    assert parts(meeting) == [
        ("Morning", True, [1, 2]),
        ("Afternoon", True, [3, 4]),
        ("At the end, time permitting", False, [5, 6]),
    ]


def test_with_one_sitting_or_without_a_forecast_nothing_changes():
    one = make_meeting()
    Sitting.objects.filter(meeting=one, part="afternoon").delete()
    one.refresh_from_db()
    panel = make_panel(make_two_days(slug="two"))
    for meeting in (one, panel.meeting_at_hand):
        make_inscription(meeting, make_delegation("AAA"))
        document = documents.live(meeting.speakers_list, at=OPEN)

        assert document["format"] == "list-of-speakers/1"
        assert "sittings" not in document
        assert "sitting" not in document["speakers"][0]


def test_the_page_names_each_sitting_with_its_day_and_marks_who_is_fixed(client, meeting):
    words = words_of(client.get(f"{LIVE}/"))

    assert f"1st sitting, Tuesday morning likely {FIRST_HOURS}" in words
    assert words.index("4th sitting, Wednesday afternoon likely") < words.index("A01 fixed to this sitting")


def test_the_page_costs_four_statements_at_most_with_193_entries_on_six_sittings(client):
    meeting = make_meeting()
    for number in range(4):
        begin = meeting.ends_at + (number + 1) * 12 * HOUR
        Sitting.objects.create(meeting=meeting, part="morning", starts_at=begin, ends_at=begin + 3 * HOUR)
    meeting.ends_at = begin + 3 * HOUR
    meeting.save()
    meeting.refresh_from_db()
    one = make_inscription(meeting, make_delegation("ONE"))
    fixing.fix(one, sitting=meeting.hours[5], reason="Late", **NOW)
    counts = []
    for count in (3, 189):
        fill_more(meeting, count)
        with CaptureQueriesContext(connection) as statements:
            answer = client.get(f"{LIVE}/")
        counts.append(len(statements))

    assert counts[1] <= counts[0] <= 4
    assert answer.content.decode().count('role="rowheader"') == 193
    assert answer.content.decode().count('<div class="sitting">') >= 4


def fill_more(meeting, count):
    for number in range(count):
        make_inscription(meeting, make_delegation(f"M{count}{number}"))


def test_paper_and_text_are_divided_by_day_and_sitting(client, meeting):
    text = client.get(f"{LIVE}.txt").content.decode()
    paper = as_pdf.page(documents.live(meeting.speakers_list, at=OPEN), meeting.speakers_list)

    assert f"1ST SITTING, TUESDAY MORNING\n{FIRST_HOURS} – likely\n\nMember States\n2. " in text
    assert text.index("4TH SITTING, WEDNESDAY AFTERNOON") < text.index("1. ")
    headings = re.findall(r'<tr class="sitting">.*?</tr>', paper)
    assert [re.search('rowgroup">([^<]+)<', each)[1] for each in headings] == [
        "1st sitting, Tuesday morning",
        "2nd sitting, Tuesday afternoon",
        "4th sitting, Wednesday afternoon",
    ]


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json"])
def test_tables_and_json_name_the_sitting_of_each_row_and_read_back_equal(client, meeting, extension):
    read = {"csv": reading_back.read_csv, "xlsx": reading_back.read_workbook, "json": reading_back.read_json}

    rows = read[extension](client.get(f"{LIVE}.{extension}").content)

    assert rows == documents.live(meeting.speakers_list, at=OPEN)["speakers"]
    assert [(row["sitting"][:3], row["fixed_sitting"][:3]) for row in rows] == [
        ("4th", "4th"),
        *[("1st", "")] * 4,
        ("2nd", ""),
    ]


def test_a_revision_freezes_the_division_and_older_ones_stay_good(client, meeting, monkeypatch):
    """The first one was frozen before lists were divided."""
    with monkeypatch.context() as before:
        before.setattr(division, "of", lambda *_args, **_at: division.Division([], {}))
        revisions.publish(meeting.speakers_list, **NOW)
    second = revisions.publish(meeting.speakers_list, **NOW)
    fixing.release(meeting.speakers_list.inscriptions.get(receipt_no=1), **NOW)
    third = revisions.publish(meeting.speakers_list, **NOW)

    read, problems = revision_chain.stored(meeting.speakers_list)
    changes = [str(each) for each in difference.between(second.rows, third.rows)]

    assert problems == []
    assert [each.document["format"][-1] for each in read] == ["1", "2", "2"]
    assert changes == ["A01: fixed to the sitting “–”, before “4th sitting, Wednesday afternoon”"]
    assert "fixed to this sitting" in words_of(client.get("/meetings/dialogue/speakers/revisions/2/"))
    assert "1st sitting" not in words_of(client.get("/meetings/dialogue/speakers/revisions/1/"))


def test_a_divided_list_keeps_to_its_published_schema(client, meeting):
    revisions.publish(meeting.speakers_list, **NOW)
    schema = jsonschema_rs.validator_for(json.loads((settings.BASE_DIR / "docs/schema/list-2.json").read_text()))

    for address in (LIVE, REVISION):
        assert [str(error) for error in schema.iter_errors(client.get(f"{address}.json").json())] == []


@pytest.mark.parametrize("make", [make_night, make_longest_night])
def test_a_single_sitting_of_a_night_is_not_divided(client, make):
    fill(make(), 3)

    assert "likely" not in words_of(client.get(f"{LIVE}/"))
