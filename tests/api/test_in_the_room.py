"""What programs read of the room, the record and the texts: only what any visitor may see.  R-29 R-40 R-73"""

import hashlib
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from api import in_the_room
from floor.acts import absence, calling, inserting
from floor.statements import handing_in
from speakers.models import Inscription, SpeakersList
from tests.factories import STAFF, make_delegation, make_inscription, make_panel
from tests.floor.room import OPENS, after, conclude, entry, make_room, press, speak
from tests.floor.statements.files import pdf

pytestmark = pytest.mark.django_db
BASE = "/api/v1/meetings/dialogue/"


@pytest.fixture(autouse=True)
def _clock():
    with clock.stopped(after(900)):
        yield


@pytest.fixture
def meeting():
    """AAA has a text, has spoken for three minutes, and BBB has the floor; CCC waits."""
    meeting = make_room()
    handed_in(meeting, "AAA", pdf("Of AAA"))
    handed_in(meeting, "BBB", pdf("Of BBB"))
    speak(meeting, 0, 180)
    press(meeting, calling.call, after(190))
    press(meeting, calling.begin, after(190))
    return meeting


def handed_in(meeting, code, content, **more):
    found = entry(meeting, code)
    return handing_in.hand_in(meeting, found, content=content, language="en", by=STAFF, at=OPENS, **more)


def read(name):
    answer = Client().get(BASE + name)
    assert answer.status_code == 200
    return answer.json()


def test_the_record_says_who_spoke_when_how_long_and_in_which_capacity(meeting):
    assert read("record") == {
        "meeting": "dialogue",
        "statements": [
            {
                "position": 1,
                "list": "",
                "kind": "listed",
                "name": "Aaa",
                "delegation_code": "AAA",
                "capacity": "national",
                "group": "",
                "joined": [],
                "level": "PR",
                "by_video": False,
                "speaker": "",
                "in_lieu": False,
                "sitting": "morning",
                "began_at": "2016-09-06T11:00:00-04:00",
                "ended_at": "2016-09-06T11:03:00-04:00",
                "spoke_seconds": 180,
            }
        ],
        "next_after": None,
    }


def test_the_page_of_the_statements_says_what_the_record_says(meeting):
    page = Client().get("/meetings/dialogue/statements/").content.decode()

    assert "11:00 a.m., three minutes" in page
    assert "check against delivery" not in page


def test_a_speaker_is_named_only_if_the_list_shows_names(meeting):
    assert "Speaker of" not in json.dumps([read("record"), read("statements"), read("room")])

    SpeakersList.objects.update(shows_speaker_names=True)

    assert read("record")["statements"][0]["speaker"] == "H.E. Ms. Speaker of Aaa"


def test_a_text_is_given_once_it_is_delivered_with_the_address_of_its_file(meeting, settings):
    Inscription.objects.update(text_mark="check")

    (found,) = read("statements")["statements"]

    (text,) = found["texts"]
    file = Client().get(text["url"].removeprefix(settings.SITE_URL))
    content = file.getvalue()
    assert (found["name"], text["mark"], text["language"]) == ("Aaa", "check", "en")
    assert "check against delivery" in Client().get("/meetings/dialogue/statements/").content.decode()
    assert (text["sha256"], text["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))


def test_what_a_text_was_before_it_is_delivered_or_taken_back_is_under_embargo(meeting):
    under_embargo = entry(meeting, "BBB").statements.get()
    assert str(under_embargo.public_id) not in json.dumps([read("record"), read("statements")])

    press(meeting, calling.end, after(400))
    assert [each["name"] for each in read("statements")["statements"]] == ["Aaa", "Bbb"]

    handing_in.take_back(under_embargo, by=STAFF, at=after(500))
    assert [each["name"] for each in read("statements")["statements"]] == ["Aaa"]


def test_a_statement_in_lieu_comes_after_those_delivered_and_no_other_absence_is_told(meeting):
    press(meeting, calling.end, after(400))
    for at in (410, 430):
        press(meeting, calling.call, after(at))
        press(meeting, absence.note_absence, after(at + 10))
    conclude(meeting, after(500))
    assert "Ccc" not in json.dumps(read("record"))

    handed_in(meeting, "CCC", pdf("In lieu"))

    rows = read("record")["statements"]
    assert [(each["name"], each["in_lieu"], each["began_at"] is None) for each in rows] == [
        ("Aaa", False, False),
        ("Bbb", False, False),
        ("Ccc", True, True),
    ]
    assert [each["position"] for each in read("statements")["statements"]] == [1, 2, 3]


def test_a_person_outside_the_list_is_of_no_list_and_another_list_has_its_own_record(meeting):
    panel = make_panel(meeting)
    make_inscription(panel.meeting_at_hand, make_delegation("KEN", "Kenya"))
    press(meeting, calling.end, after(400))
    inserting.insert(meeting, prefix="Mr.", name="Jan Eliasson", title="Adviser", by=STAFF, at=after(410))
    speak(meeting, 420, 480)

    rows = read("record")["statements"]

    assert [(each["name"], each["list"], each["kind"]) for each in rows[1:]] == [
        ("Bbb", "", "listed"),
        ("Mr. Jan Eliasson", None, "inserted"),
    ]
    assert read("lists/panel/record") == {
        "meeting": "dialogue",
        "list": "panel",
        "statements": [],
        "next_after": None,
    }


def test_the_room_is_told_as_on_its_own_pages(meeting):
    assert read("room") == Client().get("/meetings/dialogue/now.json").json()
    assert read("room")["current"]["name"] == "Bbb"


def test_the_tag_of_the_room_changes_with_an_act_and_not_with_the_clock(meeting):
    first = Client().get(f"{BASE}room")

    with clock.stopped(after(960)):
        later = Client().get(f"{BASE}room", headers={"If-None-Match": first["ETag"]})
        press(meeting, calling.end, after(960))
        ended = Client().get(f"{BASE}room", headers={"If-None-Match": first["ETag"]})

    assert (later.status_code, ended.status_code) == (304, 200)
    assert ended.json()["current"] is None


def test_long_records_come_in_pages_of_a_bounded_size(meeting, monkeypatch):
    press(meeting, calling.end, after(400))
    speak(meeting, 420, 480)
    monkeypatch.setattr(in_the_room, "AT_MOST", 2)

    first = read("record")
    second = read(f"record?after={first['next_after']}")

    assert [each["name"] for each in first["statements"]] == ["Aaa", "Bbb"]
    assert ([each["name"] for each in second["statements"]], second["next_after"]) == (["Ccc"], None)


@pytest.mark.parametrize("name", ["room", "record", "statements"])
def test_an_answer_costs_at_most_four_statements_however_many_spoke(meeting, name):
    press(meeting, calling.end, after(400))
    few = counted(name)

    speak(meeting, 420, 480)
    for number in range(3):
        make_inscription(meeting, make_delegation(f"D{number}"))
    handed_in(meeting, "CCC", pdf("Of CCC"))

    assert few <= 4
    assert counted(name) <= max(few, 4)


def counted(name):
    with CaptureQueriesContext(connection) as statements:
        read(name)
    return len(statements)
