"""The public state of the floor: one function, plain values, nothing that is for staff alone.  R-29 R-35 R-37

R-32 R-41
"""

import json

import pytest

from floor.acts import calling, inserting, messaging, pausing, presence, suspending
from floor.state import state_of
from speakers.entries import withdrawing
from speakers.models import SpeakersList
from tests.factories import STAFF, make_delegation, make_inscription
from tests.floor.room import OPENS, after, conclude, entry, make_room, press, speak

pytestmark = pytest.mark.django_db


def test_before_the_first_call_everyone_waits():
    meeting = make_room("AAA", "BBB")

    state = state_of(meeting, OPENS)

    assert state["current"] is None
    assert [(each["place"], each["name"]) for each in state["next"]] == [(1, "Aaa"), (2, "Bbb")]
    assert state["counts"] == {"waiting": 2, "delivered": 0, "not_delivered": 0, "not_reached": 0, "total": 2}


def test_it_says_who_speaks_with_start_pauses_and_limit():
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin, after(10))
    press(meeting, pausing.pause, after(60))
    press(meeting, pausing.go_on, after(80))

    current = state_of(meeting, after(100))["current"]

    assert current["began_at"] == after(10).isoformat()
    assert (current["paused_at"], current["paused_seconds"]) == (None, 20)
    assert (current["limit_seconds"], current["elapsed_seconds"], current["left_seconds"]) == (180, 70, 110)


def test_json_can_carry_it_and_it_holds_no_contact_no_note_and_no_name_unless_by_switch():
    meeting = make_room("AAA")
    make_inscription(meeting, make_delegation("BBB"), note="A private note")
    press(meeting, calling.call)

    words = json.dumps(state_of(meeting, OPENS))

    assert not any(secret in words for secret in ["missions.example", "Mission of", "private note", "Speaker of"])
    SpeakersList.objects.update(shows_speaker_names=True)
    assert "Speaker of Bbb" in json.dumps(state_of(meeting, OPENS))


def test_a_person_outside_the_list_is_named_once_with_the_title_in_any_meeting():
    meeting = make_room("AAA")
    inserting.insert(meeting, prefix="Mr.", name="Jan Eliasson", title="Deputy Secretary-General", by=STAFF, at=OPENS)

    first, second = state_of(meeting, OPENS)["next"]

    assert (first["name"], first["speaker"], first["title"]) == ("Mr. Jan Eliasson", "", "Deputy Secretary-General")
    assert (second["name"], second["speaker"], second["title"]) == ("Aaa", "", "")


def test_the_sitting_is_given_with_its_end():
    meeting = make_room()

    state = state_of(meeting, OPENS)

    assert (state["state"], state["sitting"]["part"]) == ("sitting", "morning")
    assert state["sitting"]["ends_at"] == "2016-09-06T17:00:00+00:00"


def test_its_version_rises_with_each_act_including_acts_on_the_list():
    meeting = make_room()
    versions = [state_of(meeting, OPENS)["version"]]

    def note():
        versions.append(state_of(meeting, OPENS)["version"])

    press(meeting, calling.call)
    note()
    messaging.show(meeting, "Please take your seats", by=STAFF, at=OPENS)
    note()
    withdrawing.withdraw(entry(meeting, "CCC"), by=STAFF, at=OPENS)
    note()

    assert versions == sorted(set(versions))


def test_presence_is_seen_before_calling():
    meeting = make_room()

    presence.mark(meeting, entry(meeting, "BBB").public_id, is_present=True, by=STAFF, at=OPENS)

    assert [each["is_present"] for each in state_of(meeting, OPENS)["next"]] == [False, True, False]


def test_suspending_keeps_order_and_pointer_and_stops_the_clock():
    meeting = make_room()
    speak(meeting, 0, 180)
    press(meeting, calling.call, after(190))
    press(meeting, calling.begin, after(190))

    suspending.suspend(meeting, by=STAFF, at=after(200))
    state = state_of(meeting, after(900))

    assert (state["state"], state["current"]["name"], state["current"]["elapsed_seconds"]) == ("suspended", "Bbb", 10)
    suspending.resume(meeting, by=STAFF, at=after(1000))
    press(meeting, pausing.go_on, after(1010))
    assert state_of(meeting, after(1030))["current"]["elapsed_seconds"] == 30


def test_entries_waiting_at_the_end_were_not_reached_and_a_conclusion_can_be_undone():
    meeting = make_room()
    speak(meeting, 0, 180)

    conclude(meeting, after(200))

    state = state_of(meeting, after(200))
    assert (state["state"], state["counts"]["not_reached"], state["next"]) == ("concluded", 2, [])
    suspending.take_back_conclusion(meeting, by=STAFF, at=after(210))
    assert [each["name"] for each in state_of(meeting, after(210))["next"]] == ["Bbb", "Ccc"]


@pytest.mark.parametrize("codes", [["AAA"], ["AAA", "BBB", "CCC", "DDD"]])
def test_reading_it_takes_three_queries_whatever_the_number_of_entries(codes, django_assert_num_queries):
    meeting = make_room(*codes)
    press(meeting, calling.call)
    press(meeting, calling.begin)

    with django_assert_num_queries(3):
        state_of(meeting, OPENS)
