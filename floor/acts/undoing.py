"""Undoing what was pressed by mistake.  R-34"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from floor.acts import acting, asking
from floor.acts.acting import FloorRefused
from floor.models import Turn
from journal.actors import Actor
from speakers.entries import calling as list_calling


def undo(meeting: Meeting, *, expected_current: str, by: Actor, at: datetime) -> Turn:
    """Undo the last step of the turn last called.  R-34

    A turn that was delivered, or only called, waits again in its old place; if it had begun, or was noted absent, it is
    called again. Journals what was undone. Raises `FloorRefused` if there is nothing to undo.
    """
    with acting.on_the_floor(meeting, at=at) as floor:
        acting.expect(floor, expected_current)
        standing = acting.pointed_at(floor)
        if standing is None or floor.room.concluded_at or not can_be_taken_back(standing.turn):
            raise FloorRefused(_("There is nothing to undo."))
        return STEPS[standing.turn.state](standing.turn, floor.meeting, by=by, at=at)


def reopen(meeting: Meeting, *, expected_current: str, by: Actor, at: datetime) -> Turn:
    """Reopen the last statement, which was not over: its clock runs on as though it had never stopped.  R-35"""
    with acting.on_the_floor(meeting, at=at) as floor:
        acting.expect(floor, expected_current)
        acting.needs_sitting(floor)
        standing = acting.pointed_at(floor)
        if standing is None or standing.turn.state != Turn.State.DELIVERED:
            raise FloorRefused(_("No statement has just ended."))
        acting.keep(standing.turn, "end taken back", by=by, at=at, state=Turn.State.SPEAKING, ended_at=None)
        return standing.turn


CLOCK_AT_ZERO: dict[str, Any] = {
    "began_at": None,
    "ended_at": None,
    "limit": None,
    "paused_at": None,
    "paused_for": timedelta(0),
}


def _begin_taken_back(turn, _meeting, *, by, at):
    turn.interruptions.all().delete()
    acting.keep(turn, "begin taken back", by=by, at=at, state=Turn.State.CALLED, **CLOCK_AT_ZERO)
    return turn


def _to_old_place(turn, meeting, *, by, at):
    """Put the entry back in its old place; what its clock showed remains only in the journal.

    A delegation asks for the floor once at a time: what it has asked for since ends.  R-70
    """
    turn.interruptions.all().delete()
    if turn.kind == Turn.Kind.OPEN_FLOOR and (later := asking.request_of(meeting, turn.delegation)):
        asking.end(later, by=by, at=at)
    if turn.inscription:
        list_calling.take_back(turn.inscription, meeting.speakers_list, by=by, at=at)
    changes: dict[str, Any] = {"state": Turn.State.WAITING, "called_at": None, **CLOCK_AT_ZERO}
    acting.keep(turn, "taken back", by=by, at=at, **changes)
    return turn


def _absence_taken_back(turn, meeting, *, by, at):
    """Call the entry noted absent again; one that waits at the end of its class gets its old place back."""
    if turn.is_waiting:
        list_calling.call_back(turn.inscription, meeting.speakers_list, place=turn.place_before, by=by, at=at)
    changes = {"state": Turn.State.CALLED, "absences": turn.absences - 1, "ended_at": None}
    place = None if turn.is_waiting else turn.place_before
    acting.keep(turn, "absence taken back", by=by, at=at, place_before=place, **changes)
    return turn


STEPS: dict[str, Callable[..., Turn]] = {
    Turn.State.SPEAKING: _begin_taken_back,
    Turn.State.CALLED: _to_old_place,
    Turn.State.DELIVERED: _to_old_place,
    Turn.State.NOT_DELIVERED: _absence_taken_back,
    Turn.State.WAITING: _absence_taken_back,
}


def can_be_taken_back(turn: Turn) -> bool:
    """Is there a last step of the `turn` last called that `undo` can undo?"""
    return not (turn.is_waiting and not (turn.absences and turn.called_at))
