"""Undoing what was pressed by mistake, step by step.  R-34"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from floor.acts import acting, asking
from floor.acts.acting import FloorRefused
from floor.models import Interruption, Turn
from floor.standings import Floor
from journal.actors import Actor
from speakers.entries import calling as list_calling

# The steps of a turn, by what was done last.
PAUSED, RESUMED, BEGUN, CALLED, DELIVERED, ABSENT = "paused", "resumed", "begun", "called", "delivered", "absent"


@dataclass(frozen=True, slots=True)
class Step:
    """What undoing takes back next: the `kind` of the last step of `turn`, and the moment that tells it from others."""

    turn: Turn
    kind: str
    moment: Any

    @property
    def key(self) -> str:
        """What an officer's page sends, so that it undoes what was seen on it and nothing else.  R-33"""
        return f"{self.kind} {self.moment}"

    @property
    def words(self) -> str:
        """What the button says that it takes back."""
        name = {"name": self.turn}
        return {
            PAUSED: _("Undo: the clock was not paused"),
            RESUMED: _("Undo: the clock is paused again"),
            BEGUN: _("Undo the start of the clock"),
            CALLED: _("Undo the call of %(name)s") % name,
            DELIVERED: _("Undo: %(name)s waits again") % name,
            ABSENT: _("Undo the absence of %(name)s") % name,
        }[self.kind]


def next_step(floor: Floor) -> Step | None:
    """What undoing takes back next on this `floor`; None if there is nothing, whatever the reason."""
    pointer = acting.pointed_at(floor)
    return step_of(pointer.turn) if pointer else None


def step_of(turn: Turn) -> Step | None:
    """The last step of the `turn` last called; None if it has none that can be undone."""
    if turn.is_speaking and turn.is_paused:
        return Step(turn, PAUSED, turn.paused_at)
    if turn.is_speaking and turn.paused_for:
        return Step(turn, RESUMED, turn.paused_for)
    if turn.is_speaking:
        return Step(turn, BEGUN, turn.began_at)
    if turn.is_called:
        return Step(turn, CALLED, turn.called_at)
    if turn.state == Turn.State.DELIVERED:
        return Step(turn, DELIVERED, turn.ended_at)
    was_absent = turn.state == Turn.State.NOT_DELIVERED or (turn.is_waiting and turn.place_before)
    return Step(turn, ABSENT, turn.absences) if was_absent and turn.absences else None


def objection(floor: Floor) -> str | None:
    """Why nothing can be undone on this `floor` now, in words; None if the next step can be."""
    step = next_step(floor)
    if floor.room.concluded_at:
        return _("The meeting is concluded. Undo the conclusion first.")
    if step is None:
        is_gone = floor.room.pointer_id and acting.pointed_at(floor) is None
        gone = _("The entry called last no longer stands: what came before it cannot be undone.")
        return gone if is_gone else _("There is nothing to undo.")
    if step.kind in {PAUSED, RESUMED} and floor.room.suspended_at:
        return _("The sitting is suspended. Resume it first.")
    return None


def undo(meeting: Meeting, *, expected_current: str, by: Actor, at: datetime, seen: str | None = None) -> Turn:
    """Undo the last step of the turn last called; once that waits, the next press goes back to the turn before.  R-34

    `seen` is the `Step.key` that the officer saw; None undoes whatever is last. A turn that was delivered, or only
    called, waits again in its old place; one that had begun, or was noted absent, is called again; a pause is as though
    it had not been. Journals what was undone. Raises `FloorRefused`, changing nothing, if another officer acted first
    (R-33), if there is nothing to undo, or if the rules forbid it.
    """
    with acting.on_the_floor(meeting, at=at) as floor:
        acting.expect(floor, expected_current)
        if refusal := objection(floor):
            raise FloorRefused(refusal)
        step: Any = next_step(floor)
        if seen is not None and seen != step.key:
            raise FloorRefused(
                _("Someone else acted first: the last step is no longer the one on your page. Check it, then act.")
            )
        return STEPS[step.kind](step.turn, floor, by=by, at=at)


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


def _pause_taken_back(turn, _floor, *, by, at):
    """Let the clock run on as though it had never been paused. A suspension did happen: its time is not spoken time."""
    pause = turn.interruptions.filter(ended_at=None).first()
    if pause and pause.ground == Interruption.Ground.SUSPENSION:
        raise FloorRefused(_("The clock was stopped by a suspension of the sitting. Resume the clock instead."))
    turn.interruptions.filter(ended_at=None).delete()
    acting.keep(turn, "pause taken back", by=by, at=at, paused_at=None)
    return turn


def _resumption_taken_back(turn, floor, *, by, at):
    """Pause the clock again, as though the last pause had not ended."""
    pause = turn.interruptions.exclude(ended_at=None).last()
    if pause is None:
        return _begin_taken_back(turn, floor, by=by, at=at)
    lasted = min(pause.ended_at - pause.began_at, turn.paused_for)
    changes = {"paused_at": pause.began_at, "paused_for": turn.paused_for - lasted}
    turn.interruptions.filter(pk=pause.pk).update(ended_at=None)
    acting.keep(turn, "resumption taken back", by=by, at=at, **changes)
    return turn


def _begin_taken_back(turn, _floor, *, by, at):
    turn.interruptions.all().delete()
    acting.keep(turn, "begin taken back", by=by, at=at, state=Turn.State.CALLED, **CLOCK_AT_ZERO)
    return turn


def _to_old_place(turn, floor, *, by, at):
    """Put the entry back in its old place; what its clock showed remains only in the journal.

    The turn called before it is the last again. A delegation asks for the floor once at a time: what it has asked for
    since ends.  R-70
    """
    turn.interruptions.all().delete()
    if turn.kind == Turn.Kind.OPEN_FLOOR and (later := asking.request_of(floor.meeting, turn.delegation)):
        asking.end(later, by=by, at=at)
    if turn.inscription:
        list_calling.take_back(turn.inscription, floor.meeting.speakers_list, by=by, at=at)
    changes: dict[str, Any] = {"state": Turn.State.WAITING, "called_at": None, **CLOCK_AT_ZERO}
    acting.keep(turn, "taken back", by=by, at=at, **changes)
    acting.point_back(floor.room)
    return turn


def _absence_taken_back(turn, floor, *, by, at):
    """Call the entry noted absent again; one that waits at the end of its class gets its old place back."""
    if turn.is_waiting:
        place = turn.place_before
        list_calling.call_back(turn.inscription, floor.meeting.speakers_list, place=place, by=by, at=at)
    changes = {"state": Turn.State.CALLED, "absences": turn.absences - 1, "ended_at": None}
    if turn.called_at is None:
        changes["called_at"] = at
    place = None if turn.is_waiting else turn.place_before
    acting.keep(turn, "absence taken back", by=by, at=at, place_before=place, **changes)
    return turn


STEPS: dict[str, Callable[..., Turn]] = {
    PAUSED: _pause_taken_back,
    RESUMED: _resumption_taken_back,
    BEGUN: _begin_taken_back,
    CALLED: _to_old_place,
    DELIVERED: _to_old_place,
    ABSENT: _absence_taken_back,
}
