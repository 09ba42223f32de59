"""Recordings of sittings: chapters, and who spoke from second to second."""

import csv
import io
import re
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from floor.acts import calling, pausing, suspending
from floor.models import Interruption, Recording, Turn
from floor.record import heard, recordings, seconds
from floor.record.recordings import RecordingRefused
from journal.models import Entry
from speakers.models import Inscription, SpeakersList
from tests.days import FIRST, HOUR, SECOND, make_two_days
from tests.factories import STAFF, make_delegation, make_inscription
from tests.floor.room import OPENS, after, make_room, press, speak

pytestmark = pytest.mark.django_db
PAGE = "/meetings/dialogue/floor/recordings/"
# The grammar of a file of WebVTT with chapters (W3C, WebVTT 1.0, 4.1 and 4.6.2), each cue with an identifier.
TIME = r"(?:\d{2,}:[0-5]\d:[0-5]\d\.\d{3})"
CUE = re.compile(rf"(?P<id>(?!.*-->)[^\n]+)\n(?P<begins>{TIME}) --> (?P<ends>{TIME})\n(?P<words>(?!.*-->)[^\n<]+)\n")


@pytest.fixture
def meeting():
    """AAA speaks with a point of order of BBB, BBB speaks through a suspension, CCC is cut off."""
    meeting = make_room("AAA", "BBB", "CCC")
    press(meeting, calling.call)
    press(meeting, calling.begin)
    raised = {"ground": Interruption.Ground.POINT_OF_ORDER, "raised_by": make_delegation("BBB")}
    press(meeting, pausing.pause, after(60), **raised)
    press(meeting, pausing.go_on, after(90))
    press(meeting, calling.end, after(150))
    press(meeting, calling.call, after(160))
    press(meeting, calling.begin, after(160))
    suspending.suspend(meeting, by=STAFF, at=after(200))
    suspending.resume(meeting, by=STAFF, at=after(500))
    press(meeting, pausing.go_on, after(510))
    press(meeting, calling.end, after(600))
    speak(meeting, 610, 700)
    return meeting


def take_in(meeting, begins, ends=None, **more):
    ends_at = after(ends) if ends is not None else None
    return recordings.add(meeting, starts_at=after(begins), ends_at=ends_at, by=STAFF, at=OPENS, **more)


def address(found, language="en", extension="vtt", floor=""):
    return f"/meetings/{found.meeting.slug}/{floor}recordings/{found.public_id}/{language}.{extension}"


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def cues(content):
    """The cues of a WebVTT file, which is held to the grammar: (begins, ends, words)."""
    text = content.decode()
    assert text.startswith("WEBVTT\n\n")
    found, place = [], len("WEBVTT\n\n")
    while place < len(text):
        match = CUE.match(text, place)
        assert match, text[place : place + 200]
        found.append((match["begins"], match["ends"], match["words"]))
        place = match.end() + 1
        assert match.end() == len(text) or text[match.end()] == "\n"
    assert all(begins < ends for begins, ends, _words in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    return found


def test_the_chapters_follow_what_was_heard_and_the_recording_runs_on_while_the_sitting_is_suspended(meeting):
    found = take_in(meeting, -10)

    content = Client().get(address(found)).content

    assert cues(content) == [
        ("00:00:10.000", "00:01:10.000", "Aaa (national capacity)"),
        ("00:01:10.000", "00:01:40.000", "Bbb, on a point of order"),
        ("00:01:40.000", "00:02:40.000", "Aaa (national capacity) (continued)"),
        ("00:02:50.000", "00:03:30.000", "Bbb (national capacity)"),
        ("00:03:30.000", "00:08:40.000", "Suspension of the sitting"),
        ("00:08:40.000", "00:10:10.000", "Bbb (national capacity) (continued)"),
        ("00:10:20.000", "00:11:50.000", "Ccc (national capacity)"),
    ]


def test_a_second_recording_begins_at_zero_and_what_crosses_the_end_of_one_is_cut_and_marked(meeting):
    first, second = take_in(meeting, 0, 120), take_in(meeting, 550)

    tables = [rows(Client().get(address(each, extension="csv")).content) for each in (first, second)]

    assert [(row[0], row[1], row[8], row[14]) for row in tables[0][1:]] == [
        ("0:00:00", "0:01:00", "Aaa", ""),
        ("0:01:00", "0:01:30", "Bbb", ""),
        ("0:01:30", "0:02:00", "Aaa", "its end"),
    ]
    assert [(row[0], row[1], row[8], row[14]) for row in tables[1][1:]] == [
        ("0:00:00", "0:00:50", "Bbb", "its beginning"),
        ("0:01:00", "0:02:30", "Ccc", ""),
    ]
    assert cues(Client().get(address(first)).content)[-1][2].endswith("(continued) (goes on after this recording)")


def test_the_table_has_seconds_that_add_up_and_no_cell_that_is_a_formula(meeting):
    Turn.objects.filter(began_at=after(610)).update(began_at=after(610) + timedelta(milliseconds=700))
    found = take_in(meeting, 0)
    Inscription.objects.update(speaker_prefix="", speaker_name="=1+1", speaker_title="@SUM(A1)")
    SpeakersList.objects.update(shows_speaker_names=True)

    table = rows(Client().get(address(found, extension="csv")).content)

    assert table[-1][2:8] == ["610", "700", "90", "0:01:30", "3", "on the list"]
    assert all(int(row[3]) - int(row[2]) == int(row[4]) for row in table[1:])
    assert table[-1][9:11] == ["'=1+1", "'@SUM(A1)"]


def test_names_are_shown_to_staff_and_to_others_only_if_the_list_shows_them(meeting, sign_in):
    found = take_in(meeting, 0)
    reader = sign_in("Read only")

    def named(client, floor=""):
        return rows(client.get(address(found, extension="csv", floor=floor)).content)[1][9]

    assert (named(Client()), bool(named(reader, "floor/"))) == ("", True)
    SpeakersList.objects.update(shows_speaker_names=True)
    assert named(Client()) == named(reader, "floor/")


def test_titles_are_escaped_and_in_the_language_of_the_address(meeting):
    delegation = make_delegation("AAA")
    delegation.short_name = "Côte <b>&--> d’Ivoire"
    delegation.save()
    Inscription.objects.update(delegation_name="")
    found = take_in(meeting, 0)

    french = Client().get(address(found, "fr"))

    assert cues(french.content)[0][2].startswith("Côte &lt;b&gt;&amp;--&gt; d’Ivoire")
    assert "recording-1-fr.vtt" in french["Content-Disposition"]
    assert french["Content-Language"] == "fr"
    assert Client().get(address(found, "xx")).status_code == 404
    assert Client().get(address(found, extension="exe")).status_code == 404


def test_a_moment_put_right_changes_the_files_with_their_etag_and_the_journal_tells(meeting, officer):
    found = take_in(meeting, 0)
    before = Client().get(address(found))
    assert Client().get(address(found), headers={"If-None-Match": before["ETag"]}).status_code == 304
    typed = {"zone": "utc", "starts_at": "2016-09-06T14:59:00", "url": "https://webtv.example.org/1"}

    with clock.stopped(after(800)):
        assert officer.post(f"{PAGE}{found.public_id}/", typed).status_code == 302

    again = Client().get(address(found), headers={"If-None-Match": before["ETag"]})
    assert (again.status_code, cues(again.content)[0][0]) == (200, "00:01:00.000")
    told = Entry.objects.get(act="recording corrected")
    assert told.payload.before["starts_at"].startswith("2016-09-06T15:00:00")
    assert told.payload.after["starts_at"].startswith("2016-09-06T14:59:00")


def test_the_page_says_which_sittings_lack_a_recording_to_staff_alone():
    meeting = make_two_days()
    found = recordings.add(meeting, starts_at=_local(meeting, FIRST + 10 * HOUR), by=STAFF, at=OPENS)

    missing = recordings.without_one(meeting, [found])

    assert [each.starts_at for each in missing] == [each.starts_at for each in meeting.hours[1:]]
    assert recordings.sitting_of(Recording(starts_at=_local(meeting, SECOND + 14 * HOUR)), meeting.hours).pk == (
        meeting.hours[3].pk
    )


def _local(meeting, moment):
    return moment.replace(tzinfo=meeting.zone)


def test_the_words_for_what_is_missing_are_on_the_record_and_not_on_the_public_page(meeting, sign_in):
    words = "It is not known when the recordings of these sittings begin"
    reader = sign_in("Read only")

    with clock.stopped(after(800)):
        assert words in reader.get("/meetings/dialogue/floor/record/").content.decode()
        public = Client().get("/meetings/dialogue/statements/").content.decode()
        assert words not in public
        found = take_in(meeting, 0, url="https://webtv.example.org/1")
        assert address(found, floor="floor/") in reader.get("/meetings/dialogue/floor/record/").content.decode()
        public = Client().get("/meetings/dialogue/statements/").content.decode()
    assert address(found, "ar", "csv") in public
    assert "https://webtv.example.org/1" in public


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"starts_at": ""}, "This field is required"),
        ({"starts_at": "ten"}, "Enter a date and a time to the second"),
        ({"starts_at": "2016-09-06T10:00:00", "ends_at": "2016-09-06T09:00:00"}, "A recording ends after it began"),
        ({"starts_at": "2015-09-06T10:00:00"}, "more than a day before or after"),
        ({"starts_at": "2016-09-06T11:00:30"}, "Another recording of this meeting runs at this time"),
        ({"starts_at": "2016-09-06T10:59:30", "ends_at": "2016-09-06T11:00:30"}, "runs at this time"),
        ({"starts_at": "2016-09-06T10:00:00", "ends_at": "2026-09-06T11:00:30"}, "more than a day"),
        ({"starts_at": "2016-09-06T10:00:00", "url": "javascript:alert(1)"}, "Enter a valid URL"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_keeps_what_was_typed(meeting, officer, typed, words):
    take_in(meeting, 0, 120)

    with clock.stopped(after(800)):
        answer = officer.post(PAGE, {"zone": "meeting", **typed})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Recording.objects.count() == 1


def test_a_recording_is_taken_in_by_the_clocks_of_the_meeting_corrected_and_removed(meeting, officer):
    with clock.stopped(after(800)):
        answer = officer.post(PAGE, {"zone": "meeting", "starts_at": "2016-09-06 11:00:07"}, follow=True)
        found = Recording.objects.get()
        shown = officer.get(f"{PAGE}{found.public_id}/").content.decode()
        assert officer.post(f"{PAGE}{found.public_id}/remove/").status_code == 302

    assert (found.starts_at, "11:00:07 a.m." in answer.content.decode()) == (after(7), True)
    assert 'value="2016-09-06T11:00:07"' in shown
    assert not Recording.objects.exists()
    acts = Entry.objects.filter(subject=f"recording/{found.public_id}").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == ["recording added", "recording removed"]
    with pytest.raises(RecordingRefused, match="removed"):
        recordings.correct(found, starts_at=OPENS, by=STAFF, at=OPENS)
    with pytest.raises(RecordingRefused, match="removed"):
        recordings.remove(found, by=STAFF, at=OPENS)


def test_what_did_not_change_is_not_journalled_and_only_officers_say_when_a_recording_begins(meeting, sign_in):
    found = take_in(meeting, 0)

    recordings.correct(found, starts_at=found.starts_at, by=STAFF, at=OPENS)

    assert not Entry.objects.filter(act="recording corrected").exists()
    assert sign_in("Read only").get(PAGE).status_code == 403
    assert Client().get(PAGE).status_code == 302


def test_a_statement_that_goes_on_is_not_in_the_files_and_a_draft_has_none_for_the_public(meeting):
    make_inscription(meeting, make_delegation("DDD"))
    press(meeting, calling.call, after(710))
    press(meeting, calling.begin, after(710))
    press(meeting, pausing.pause, after(720))
    found = take_in(meeting, 0)

    assert "Ddd" not in Client().get(address(found)).content.decode()
    press(meeting, pausing.go_on, after(730))
    press(meeting, calling.end, after(740))
    last = cues(Client().get(address(found)).content)[-3:]
    assert [words for _b, _e, words in last] == [
        "Ddd (national capacity)",
        "The clock was stopped",
        "Ddd (national capacity) (continued)",
    ]

    type(meeting).objects.update(is_published=False)
    assert Client().get(address(found)).status_code == 404


def test_a_file_and_the_public_page_take_four_queries_whatever_the_number_of_statements(meeting):
    found = take_in(meeting, 0)

    with CaptureQueriesContext(connection) as of_the_file:
        Client().get(address(found, extension="csv"))
    with CaptureQueriesContext(connection) as of_the_page:
        Client().get("/meetings/dialogue/statements/")

    assert (len(of_the_file), len(of_the_page)) == (4, 4)


def test_numbers_are_those_of_the_record_and_a_recording_of_nothing_is_empty(meeting):
    found = take_in(meeting, -3600, -1800)

    assert seconds.of(found, found.ends_at, heard.of(meeting)) == []
    assert Client().get(address(found)).content == b"WEBVTT\n"
    assert [each.number for each in heard.of(meeting) if each.turn] == [1, 2, 3]
