"""Calling speakers to the rostrum.  R-32 R-33"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from floor.acts import acting, pausing, timely
from floor.acts.acting import FloorRefused
from floor.models import Turn
from journal.actors import Actor
from speakers.entries import calling as list_calling


def call(
    meeting: Meeting,
    *,
    expected_current: str,
    by: Actor,
    at: datetime,
    identity: str | UUID | None = None,
    seen: str = "",
) -> Turn:
    """Call the next speaker, or the waiting turn named `identity`, at the meeting's moment `at`.  R-33 R-69

    `expected_current` is the turn last called, as the officer saw it. If it is early, `seen` are the words that the
    officer has read. Journals. Raises `FloorRefused`, changing nothing, if another officer acted first, if the floor is
    taken, if no one is waiting, or if it is to be confirmed.
    """
    with acting.on_the_floor(meeting, at=at) as floor:
        acting.expect(floor, expected_current)
        return _call(floor, identity, seen, by=by, at=at)


def advance(meeting: Meeting, *, expected_current: str, by: Actor, at: datetime, seen: str = "") -> Turn:
    """End the statement that is being made, if any, and call the next speaker, in one act.  R-33

    Refuses if the turn last called is not `expected_current`, so two officers pressing together skip no one. Raises
    `FloorRefused` if the speaker called has not begun: begin, or note the absence.
    """
    with acting.on_the_floor(meeting, at=at) as floor:
        acting.expect(floor, expected_current)
        acting.needs_sitting(floor)
        if floor.current and floor.current.turn.is_speaking:
            _end(floor.current.turn, by=by, at=at)
        return _call(floor, None, seen, by=by, at=at)


def begin(meeting: Meeting, *, expected_current: str, by: Actor, at: datetime) -> Turn:
    """Start the clock of the speaker called; the limit in force now is fixed for this statement.  R-35 R-36"""
    with acting.on_the_floor(meeting, at=at) as floor:
        acting.expect(floor, expected_current)
        acting.needs_sitting(floor)
        standing = floor.current
        if standing is None or not standing.turn.is_called:
            raise FloorRefused(_("There is no speaker at the rostrum who has yet to begin."))
        acting.keep(standing.turn, "began", by=by, at=at, state=Turn.State.SPEAKING, began_at=at, limit=standing.limit)
        return standing.turn


def end(meeting: Meeting, *, expected_current: str, by: Actor, at: datetime) -> Turn:
    """End the statement that is being made: it is delivered.  R-32"""
    with acting.on_the_floor(meeting, at=at) as floor:
        acting.expect(floor, expected_current)
        if floor.current is None or not floor.current.turn.is_speaking:
            raise FloorRefused(_("No one is speaking."))
        return _end(floor.current.turn, by=by, at=at)


def _call(floor, identity, seen, *, by, at):
    acting.needs_sitting(floor)
    if floor.current is not None:
        raise FloorRefused(
            _("%(name)s has the floor: begin, end or note the absence first.") % {"name": floor.current.turn}
        )
    waiting = floor.waiting
    found = [each for each in waiting if identity is None or each.turn.identity == str(identity)]
    if not found:
        raise FloorRefused(
            _("No one is waiting to be called.") if identity is None else _("This entry is not waiting to be called.")
        )
    timely.needs_time_to_call(floor, found[0], seen=seen, at=at)
    turn = found[0].turn
    if turn.inscription:
        list_calling.call(turn.inscription, floor.meeting.speakers_list, by=by, at=at)
    out_of_turn = found[0] is not waiting[0]
    acting.keep(turn, "called out of turn" if out_of_turn else "called", by=by, at=at, **CALLED, called_at=at)
    acting.point_at(floor.room, turn)
    return turn


CALLED = {"state": Turn.State.CALLED}


def _end(turn, *, by, at):
    pausing.close_interruption(turn, at=at)
    changes = pausing.without_pause(turn, at=at)
    acting.keep(turn, "ended", by=by, at=at, state=Turn.State.DELIVERED, ended_at=max(at, turn.began_at), **changes)
    return turn
