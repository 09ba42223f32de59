"""Two officers who press at the same instant, each with a database connection of their own.  R-33"""

import threading

import pytest
from django.db import connection

from floor.acts import acting, calling
from floor.acts.acting import FloorRefused
from floor.models import Turn
from journal.models import Entry
from tests.factories import STAFF
from tests.floor.room import OPENS, after, current, last_called, make_room, press, waiting

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """Do the `acts` at one instant, each in its own thread; return how each ended: "done" or its exception."""
    start, ends = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        start.wait()
        try:
            act()
            ends[number] = "done"
        except Exception as refusal:  # noqa: BLE001  told to the thread that asked
            ends[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def advance_as_seen(meeting, seen):
    return lambda: calling.advance(meeting, expected_current=seen, by=STAFF, at=after(180))


def test_of_two_who_advance_together_one_is_refused_and_no_one_is_skipped():
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin)
    seen = last_called(meeting)

    ends = together(advance_as_seen(meeting, seen), advance_as_seen(meeting, seen))

    assert ends.count("done") == 1
    assert sum(isinstance(end, FloorRefused) for end in ends) == 1
    assert (current(meeting).of.code, waiting(meeting)) == ("BBB", ["CCC"])


def test_without_what_the_officer_saw_the_second_press_would_skip_a_speaker(monkeypatch):
    """The negative control: with the protection off, two presses at the end of one statement skip the next speaker."""
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin)
    seen = last_called(meeting)
    monkeypatch.setattr(acting, "expect", lambda floor, expected: None)
    calling.advance(meeting, expected_current=seen, by=STAFF, at=after(180))
    calling.begin(meeting, expected_current=seen, by=STAFF, at=after(180))

    calling.advance(meeting, expected_current=seen, by=STAFF, at=after(180))

    assert Turn.objects.get(inscription__delegation__code="BBB").ended_at == after(180)
    assert current(meeting).of.code == "CCC"


def test_of_many_who_call_the_first_speaker_one_does():
    meeting = make_room()

    ends = together(*[lambda: calling.call(meeting, expected_current="", by=STAFF, at=OPENS)] * 6)

    assert ends.count("done") == 1
    assert Entry.objects.filter(act="called", subject__startswith="turn/").count() == 1
