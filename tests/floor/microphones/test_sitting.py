"""A meeting of two days and two lists, played by the microphones; its record is that of the same one on the console."""

from datetime import timedelta
from itertools import count

import httpx
import pytest
from django.test import Client

import clock
from dialogue.models import Meeting
from floor.acts import absence, calling, hearing, pausing, suspending, undoing
from floor.microphones import keys
from floor.models import Interruption
from floor.record import record
from tests.days import FIRST, HOUR, SECOND, fill, local, make_two_days
from tests.factories import STAFF, make_delegation, make_inscription, make_panel
from tests.floor.room import last_called

NUMBERS = count(1)


class Console:
    """Plays what happens in the room by the acts of the console."""

    def __init__(self, meeting):
        self.meeting = meeting

    def at(self, moment, rule, **typed):
        """Do the act `rule` as an officer whose page is up to date."""
        return rule(self.meeting, by=STAFF, at=moment, **typed)

    def point(self, moment, rule, **typed):
        return self.at(moment, rule, expected_current=last_called(self.meeting), **typed)

    def speaks(self, code, begins, ends):
        self.point(begins, calling.call)
        self.point(begins, calling.begin)
        self.point(ends, calling.end)

    def switches(self, code, moment, *, is_on, answer):
        """Press what the microphone stands for; nothing if it is to do nothing."""
        pressed = {"begun": [calling.call, calling.begin], "ended": [calling.end], "reopened": [undoing.reopen]}
        for rule in pressed.get(answer, []):
            self.point(moment, rule)


class Microphones(Console):
    """Plays it by microphones; officers do the rest on the console."""

    def __init__(self, meeting):
        super().__init__(meeting)
        system, self.key = keys.make(meeting, "Room 4", by=STAFF, at=meeting.starts_at)
        keys.switch(system, is_on=True, by=STAFF, at=meeting.starts_at)

    def speaks(self, code, begins, ends):
        self.switches(code, begins, is_on=True, answer="begun")
        self.switches(code, ends, is_on=False, answer="ended")

    def switches(self, code, moment, *, is_on, answer):
        sent = {"delegation": code, "on": is_on, "id": str(next(NUMBERS))}
        status, found = self.post(sent, moment)
        assert (status, found.get("result", "refused")) == (409 if answer == "refused" else 200, answer), found

    def post(self, sent, moment):
        with clock.stopped(moment):
            answer = Client().post(
                f"/meetings/{self.meeting.slug}/microphones/",
                sent,
                "application/json",
                headers={"Authorization": f"Bearer {self.key}"},
            )
        return answer.status_code, answer.json()


class OverHTTP(Microphones):
    """Sends the signals to a server; the clock of a rehearsal is shifted to each moment."""

    def __init__(self, meeting, url):
        super().__init__(meeting)
        self.url = url

    def post(self, sent, moment):
        Meeting.objects.filter(pk=self.meeting.pk).update(is_rehearsal=True, clock_shift=moment - clock.now())
        answer = httpx.post(
            f"{self.url}/meetings/{self.meeting.slug}/microphones/",
            json=sent,
            headers={"Authorization": f"Bearer {self.key}"},
            timeout=30,
        )
        return answer.status_code, answer.json()


def make(slug="dialogue"):
    """Five entries on the main list of a meeting of two days, and one on that of a panel."""
    meeting = make_two_days(slug=slug, national_limit=timedelta(minutes=3))
    fill(meeting, 5)
    beside = Meeting.objects.get(pk=meeting.pk)
    beside.speakers_list = make_panel(meeting)
    make_inscription(beside, make_delegation("P01"))
    return Meeting.objects.get(pk=meeting.pk)


def play(room):
    """What happens: A01 speaks, A02 is absent, a point of order, a suspension, a short off; the next day; a panel."""

    def on(minutes, seconds=0, day=FIRST):
        return local(day + 10 * HOUR + timedelta(minutes=minutes, seconds=seconds))

    room.speaks("A01", on(0), on(3))
    room.point(on(4), calling.call)
    room.point(on(4, 30), absence.note_absence)
    room.switches("A03", on(5), is_on=True, answer="begun")
    raised = {"ground": Interruption.Ground.POINT_OF_ORDER, "raised_by": make_delegation("A05")}
    room.point(on(6), pausing.pause, **raised)
    room.switches("A03", on(6, 20), is_on=False, answer="unchanged")
    room.switches("A05", on(6, 30), is_on=True, answer="refused")
    room.switches("A03", on(6, 40), is_on=True, answer="unchanged")
    room.point(on(7), pausing.go_on)
    room.switches("A03", on(8), is_on=False, answer="ended")
    room.switches("A05", on(9), is_on=True, answer="refused")
    room.switches("podium", on(9), is_on=True, answer="ignored")
    room.at(on(10), suspending.suspend)
    room.switches("A04", on(11), is_on=True, answer="refused")
    room.at(on(20), suspending.resume)
    room.switches("A04", on(21), is_on=True, answer="begun")
    room.switches("A04", on(22), is_on=False, answer="ended")
    room.switches("A04", on(22, 4), is_on=True, answer="reopened")
    room.switches("A04", on(24), is_on=False, answer="ended")
    room.speaks("A05", on(0, day=SECOND), on(3, day=SECOND))
    room.speaks("a02", on(5, day=SECOND), on(7, day=SECOND))
    room.switches("A02", on(9, day=SECOND), is_on=True, answer="refused")
    room.point(on(10, day=SECOND), hearing.hear, slug="panel")
    room.speaks("P01", on(11, day=SECOND), on(15, day=SECOND))


def recorded(meeting):
    return record.of(Meeting.objects.get(pk=meeting.pk), at=local(SECOND + 12 * HOUR))


@pytest.mark.django_db
def test_the_record_of_the_microphones_is_that_of_the_console():
    by_hand, by_microphone = make(), make("again")

    play(Console(by_hand))
    play(Microphones(by_microphone))

    expected, found = recorded(by_hand), recorded(by_microphone)
    assert found | {"meeting": ""} == expected | {"meeting": ""}
    assert [each["name"] for each in expected["statements"]] == ["A01", "A03", "A04", "A05", "A02", "P01"]


@pytest.mark.django_db(transaction=True)
def test_it_plays_over_http_and_the_record_says_what_was_played(live_server):
    meeting = make()

    play(OverHTTP(meeting, live_server.url))

    found = recorded(meeting)
    spoke = [(each["name"], round(each["spoke_seconds"] / 10) * 10, each["absences"]) for each in found["statements"]]
    assert spoke == [
        ("A01", 180, 0),
        ("A03", 120, 0),
        ("A04", 180, 0),
        ("A05", 180, 0),
        ("A02", 120, 1),
        ("P01", 240, 0),
    ]
    assert [each["raised_by"] for each in found["interruptions"]] == ["A05"]
    assert len(found["suspensions"]) == 1
