"""Two officers of a room with two lists who act at the same instant.  R-33 R-62"""

import pytest

from acts.locking import locked
from dialogue.models import Meeting
from floor import standings
from floor.acts import acting, calling, hearing
from floor.acts.acting import FloorRefused
from floor.models import Turn
from journal.models import Entry
from tests.at_once import together
from tests.factories import STAFF, make_delegation, make_inscription, make_panel
from tests.floor.room import OPENS, make_room, press

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting():
    """A room whose main list has AAA, BBB and CCC."""
    return make_room()


@pytest.fixture
def panel(meeting):
    """A second list, with DDD."""
    found = make_panel(meeting)
    make_inscription(found.meeting_at_hand, make_delegation("DDD"))
    return found


def hear(meeting, slug):
    return press(meeting, hearing.hear, slug=slug)


def fresh(meeting):
    return Meeting.objects.get(pk=meeting.pk)


def acts_of(meeting, act):
    return Entry.objects.of_stream(meeting.journal_stream).filter(act=act)


def test_of_two_who_choose_together_it_is_done_once(meeting, panel):
    def choose():
        hearing.hear(meeting, "panel", expected_current="", by=STAFF, at=OPENS)

    assert together(choose, choose) == ["done", "done"]
    assert acts_of(meeting, "list heard").count() == 1


def call_and_choose(meeting):
    return together(
        lambda: calling.call(meeting, expected_current="", by=STAFF, at=OPENS),
        lambda: hearing.hear(meeting, "panel", expected_current="", by=STAFF, at=OPENS),
    )


def test_a_call_and_a_choice_together_leave_no_speaker_of_a_list_that_is_not_heard(meeting, panel):
    ends = call_and_choose(meeting)

    assert ends.count("done") == 1
    assert sum(isinstance(end, FloorRefused) for end in ends) == 1
    speaking = Turn.objects.filter(state="called").first()
    heard = fresh(meeting).hears
    assert (heard, speaking and speaking.of.code) in [("panel", None), ("", "AAA")]


def test_without_the_second_look_a_call_would_come_from_a_list_that_is_not_heard(meeting, panel, monkeypatch):
    """The negative control: an act that waited while another list was chosen acts on the list that it waited for."""
    hear(meeting, "panel")
    main = meeting.speakers_list
    monkeypatch.setattr(acting, "locked", lambda _heard: locked(main))

    with pytest.raises(FloorRefused, match="The room hears another list now"):
        press(meeting, calling.call)
    monkeypatch.setattr(standings, "read", lambda _meeting: standings.read_list(main))
    press(meeting, calling.call)

    assert (fresh(meeting).hears, Turn.objects.get(state="called").of.code) == ("panel", "AAA")
