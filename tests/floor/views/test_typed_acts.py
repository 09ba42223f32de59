"""The console's pages with something to type.  R-20 R-36 R-38 R-39"""

import re
from datetime import timedelta

import pytest

import clock
from floor import standings
from floor.acts import calling, limiting, replying, switching
from floor.acts.acting import FloorRefused
from floor.models import Room, Turn
from floor.state import state_of
from journal.models import Entry
from speakers.models import SpeakersList
from tests.factories import STAFF, make_delegation, make_inscription
from tests.floor.room import OPENS, after, entry, make_room, press, speak, waiting

pytestmark = pytest.mark.django_db
FLOOR = "/meetings/dialogue/floor/"
LIMITS = {"national_limit": "2:30", "group_limit": "5", "civil_society_limit": "2:00"}
LIMITS |= {"first_reply_limit": "10", "second_reply_limit": "5", "open_floor_limit": "2", "panel_limit": "4"}


def send(client, page, **typed):
    with clock.stopped(OPENS):
        return client.post(f"{FLOOR}{page}/", typed)


def test_a_limit_is_written_as_minutes_and_seconds_and_holds_for_later_speakers(officer):
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin)

    answer = send(officer, "limits", **LIMITS)

    assert answer.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.speakers_list.national_limit, meeting.speakers_list.group_limit) == (
        timedelta(seconds=150),
        timedelta(minutes=5),
    )
    press(meeting, calling.advance, after(60))
    assert state_of(meeting, after(60))["current"]["limit_seconds"] == 150


def test_a_limit_of_a_band_is_set_in_the_room_and_journalled(officer):
    row = {"band": "observers", "level": "", "seconds": 90}
    meeting = make_room(limits=[row])
    make_inscription(meeting, make_delegation("LAS", band="observers", category="organization"))

    page = officer.get(f"{FLOOR}limits/").content.decode()
    answer = send(officer, "limits", **LIMITS | {"limit_of_observers": "1:00"})

    assert "Other observers and intergovernmental organizations" in page
    assert answer.status_code == 302
    assert [each.limit.total_seconds() for each in standings.read(meeting).listed] == [150, 150, 150, 60]
    changed = Entry.objects.get(act="limits changed").payload
    assert (changed.before["limit_of_observers"], changed.after["limit_of_observers"]) == ("90.0 s", "60.0 s")


def test_a_limit_that_the_list_no_longer_has_is_refused_and_nothing_changed(officer):
    meeting = make_room(limits=[{"band": "observers", "level": "", "seconds": 90}])
    gone = {"limit_of_observers": timedelta(minutes=1), "national_limit": timedelta(minutes=2)}
    SpeakersList.objects.update(limits=[])

    with pytest.raises(FloorRefused, match="Read them again"):
        limiting.change_limits(meeting, **gone, by=STAFF, at=OPENS)

    assert SpeakersList.objects.get().national_limit == timedelta(minutes=3)


@pytest.mark.parametrize("typed", ["", "three", "3:xx", "0:05", "90", "-3"])
def test_an_invalid_limit_is_refused_with_words_at_its_field(officer, typed):
    make_room()

    answer = send(officer, "limits", **LIMITS | {"national_limit": typed})

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"national_limit"}


def test_a_speaker_outside_the_list_is_inserted_from_the_console(officer):
    meeting = make_room()

    send(officer, "insert", prefix="Mr.", name="Ban Ki-moon", title="Secretary-General", before="", own_limit="10")

    assert waiting(meeting)[0] == "Mr. Ban Ki-moon"
    assert Turn.objects.get().own_limit == timedelta(minutes=10)


def test_an_upcoming_entry_is_moved_by_the_rule_of_the_list_for_a_reason(officer):
    meeting = make_room()
    page = f"entries/{entry(meeting, 'CCC').public_id}"
    first = entry(meeting, "AAA").public_id

    refused = send(officer, page, **{"form": "move", "move-before": first, "move-reason": ""})
    send(officer, page, **{"form": "move", "move-before": first, "move-reason": "Travel"})

    assert refused.status_code == 422
    assert waiting(meeting) == ["CCC", "AAA", "BBB"]
    assert entry(meeting, "CCC").pin_reason == "Travel"


def test_a_move_across_bands_is_asked_twice(officer):
    meeting = make_room("AAA", "BBB")
    make_inscription(meeting, make_delegation("PSE", band="observer_states"))
    page = f"entries/{entry(meeting, 'PSE').public_id}"
    move = {"form": "move", "move-before": entry(meeting, "AAA").public_id, "move-reason": "Travel"}

    asked = send(officer, page, **move)
    box = re.search(r'<input type="checkbox" name="move-seen" value="([^"]+)"', asked.content.decode())
    other = send(officer, page, **move | {"move-before": entry(meeting, "BBB").public_id, "move-seen": box[1]})
    before = waiting(meeting)
    send(officer, page, **move, **{"move-seen": box[1]})

    assert (asked.status_code, other.status_code) == (422, 422)
    assert "checked" not in re.search(r'<input type="checkbox" name="move-seen"[^>]*>', other.content.decode())[0]
    assert before == ["AAA", "BBB", "PSE"]
    assert waiting(meeting) == ["PSE", "AAA", "BBB"]


def test_an_entry_has_a_limit_of_its_own_until_it_begins(officer):
    meeting = make_room()
    page = f"entries/{entry(meeting, 'AAA').public_id}"

    send(officer, page, **{"form": "limit", "limit-own_limit": "4:30", "limit-reason": "Speaks by sign language"})
    press(meeting, calling.call)
    press(meeting, calling.begin)
    late = send(officer, page, **{"form": "limit", "limit-own_limit": "1:00"})

    assert state_of(meeting, OPENS)["current"]["limit_seconds"] == 270
    assert late.status_code == 422


def test_a_private_note_is_read_on_the_console_and_nowhere_else(officer):
    meeting = make_room()

    send(
        officer, f"entries/{entry(meeting, 'BBB').public_id}", **{"form": "note", "note-note": "Brings an interpreter"}
    )

    assert "Brings an interpreter" in officer.get(FLOOR).content.decode()
    assert "Brings an interpreter" not in str(state_of(meeting, OPENS))


def switch_replies_on(meeting):
    switching.switch(meeting, allows_points_of_order=True, allows_replies=True, by=STAFF, at=OPENS)


def reply(meeting, code, **place):
    return replying.ask_to_reply(meeting, make_delegation(code, **place), by=STAFF, at=OPENS)


def test_replies_are_heard_after_the_list_ten_minutes_and_then_five():
    meeting = make_room("AAA")
    switch_replies_on(meeting)
    reply(meeting, "BBB")
    reply(meeting, "AAA")
    reply(meeting, "BBB")

    assert waiting(meeting) == ["AAA", "BBB", "AAA", "BBB"]
    limits = []
    for number in range(4):
        speak(meeting, 100 * number, 100 * number + 50)
        limits.append(Turn.objects.exclude(began_at=None).latest("began_at").limit.total_seconds())
    assert limits == [180, 600, 600, 300]


def test_a_third_reply_is_refused_and_a_removed_one_leaves_its_number_free(officer):
    meeting = make_room("AAA")
    switch_replies_on(meeting)
    first = reply(meeting, "BBB")
    reply(meeting, "BBB")

    with pytest.raises(FloorRefused, match="both its replies"):
        reply(meeting, "BBB")
    send(officer, "acts/remove", entry=first.identity)

    assert reply(meeting, "BBB").reply_no == 1


@pytest.mark.parametrize(("band", "category"), [("observers", "organization"), ("civil_society", "civil_society")])
def test_an_organization_has_no_right_of_reply(band, category):
    meeting = make_room()
    switch_replies_on(meeting)

    with pytest.raises(FloorRefused, match="Only States"):
        reply(meeting, "ORG", band=band, category=category)


def test_the_right_of_reply_is_off_unless_switched_on(officer):
    meeting = make_room()

    with pytest.raises(FloorRefused, match="switched off"):
        reply(meeting, "BBB")
    send(officer, "switches", allows_replies="on")

    assert reply(meeting, "BBB").reply_no == 1
    assert Room.objects.get().allows_points_of_order is False
