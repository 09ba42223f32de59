"""Two officers who press at the same instant, each with a database connection of their own.  R-33"""

import pytest

from floor.acts import acting, calling
from floor.acts.acting import FloorRefused
from floor.models import Turn
from journal.models import Entry
from tests.at_once import together
from tests.factories import STAFF
from tests.floor.room import OPENS, after, current, last_called, make_room, press, waiting

pytestmark = pytest.mark.django_db(transaction=True)


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
