"""The drawings of the documentation say what the code says, and each picture and table is made from its source."""

import re

import pytest
from django.conf import settings

from floor import state
from floor.acts import absence, calling, suspending, undoing
from floor.models import Turn
from journal.models import Payload
from registration.models.representative import State as RepresentativeState
from registration.states import BEFORE_HAND_OVER, NEXT
from speakers import list_state
from speakers.entries import verifying, withdrawing
from speakers.models import Inscription
from tests.drawings.page import written
from tests.drawings.source import FOLDER, NAMES, drawing, mark_of
from tests.factories import OPEN, STAFF, make_delegation, make_inscription
from tests.floor.room import make_room, press
from tests.test_architecture import MAY_IMPORT

# The standing entry and the turn that waits are one thing in the drawing, and so are the two that are withdrawn.
SAME = {"standing": "waiting", None: "waiting"}


@pytest.fixture(scope="module")
def states():
    return drawing("states")


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_is_made_from_its_source(name):
    assert mark_of(name) in (FOLDER / f"{name}.svg").read_text(), "run python -m tests.drawings"


def test_the_tables_say_what_the_drawings_show():
    assert (FOLDER / "README.md").read_text() == written(), "run python -m tests.drawings"


def test_the_states_of_a_representative_are_those_of_the_code_with_all_that_may_follow(states):
    cancelled = RepresentativeState.CANCELLED
    drawn = {each: set(states.after(each)) - {cancelled} for each in RepresentativeState.values}

    nodes = states.frames["representative"].nodes.keys() | states.frames["before"].nodes.keys()
    assert nodes == set(RepresentativeState.values)
    assert drawn == {each: {*map(str, NEXT[each])} - {cancelled} for each in NEXT}
    assert states.frames["before"].nodes.keys() == set(BEFORE_HAND_OVER)
    assert {each for each in NEXT if cancelled in NEXT[each]} == set(BEFORE_HAND_OVER)
    assert [pair for pair in states.lines if pair[1] == cancelled] == [("collected", cancelled)]


def test_the_states_of_an_entry_are_those_of_the_code(states):
    assert set(states.frames["entry"].nodes) == {SAME.get(each, each) for each in _values_of_an_entry()}


def _values_of_an_entry():
    return [*Inscription.State.values, *Turn.State.values]


@pytest.mark.django_db
def test_the_lines_of_an_entry_are_what_the_acts_do(states):
    meeting = make_room("AAA", "BBB", "CCC", "DDD")
    for act in (_verified, _refused, _withdrawn_unverified, _withdrawn):
        act(meeting)
    for act in (calling.call, undoing.undo, calling.call, calling.begin, undoing.undo, calling.begin, calling.end):
        press(meeting, act)
    for act in (undoing.reopen, calling.end, undoing.undo):
        press(meeting, act)
    for _each in "ABCDE":
        press(meeting, calling.call)
        press(meeting, absence.note_absence)
    press(meeting, calling.call)
    for act in (absence.note_absence, undoing.undo, absence.note_absence):
        press(meeting, act)
    suspending.conclude(meeting, by=STAFF, at=meeting.ends_at)
    suspending.take_back_conclusion(meeting, by=STAFF, at=meeting.ends_at)

    entry = states.frames["entry"].nodes
    assert _changes() == {pair for pair in states.lines if pair[0] in entry}


def _changes():
    """What the journal says of the states of entries and turns: pairs of before and after."""
    found = set()
    for payload in Payload.objects.all():
        before, after = ((each or {}).get("state") for each in (payload.before, payload.after))
        if (payload.after or {}).get("state"):
            found.add((SAME.get(before, before), SAME.get(after, after)))
    return {(one, other) for one, other in found if one != other and other != "unverified"}


def _unverified(meeting, code):
    return make_inscription(meeting, make_delegation(code), is_verified=False)


def _verified(meeting):
    verifying.verify(_unverified(meeting, "EEE"), by=STAFF, at=OPEN)


def _refused(meeting):
    verifying.refuse(_unverified(meeting, "FFF"), reason="unknown", by=STAFF, at=OPEN)


def _withdrawn_unverified(meeting):
    withdrawing.withdraw(_unverified(meeting, "GGG"), by=STAFF, at=OPEN)


def _withdrawn(meeting):
    withdrawing.withdraw(make_inscription(meeting, make_delegation("HHH")), by=STAFF, at=OPEN)


def test_the_states_of_a_list_and_of_a_meeting_are_the_words_of_the_code(states):
    ahead = {"ahead": "awaited"}

    assert set(states.frames["list"].nodes) == _words(list_state.ListState)
    assert {ahead.get(each, each) for each in states.frames["meeting"].nodes} == _words(state.condition)


def _words(what):
    """The states that the docstring of `what` names, in quotation marks."""
    return set(re.findall(r'"(\w+)"', what.__doc__))


def test_the_parts_and_processes_drawn_are_those_there_are():
    compose = (settings.BASE_DIR / "deploy/compose.yaml").read_text().split("\nservices:")[1].split("\nnetworks:")[0]
    services = set(re.findall(r"^  (\w+):$", compose, re.MULTILINE))
    at_times = {"migrate", "roles", "setup", "mail", "metrics", "restore"}
    deployment = drawing("deployment").frames
    drawn = {node for name, frame in deployment.items() if name for node in frame.nodes} - {"standby"}

    assert set(drawing("whole").frames["parts"].nodes) <= set(MAY_IMPORT)
    assert drawn == services - at_times
