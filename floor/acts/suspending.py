"""Suspending, resuming and concluding; the order and the pointer are kept.  R-32 R-37"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from acts.locking import locked_in_order
from dialogue.models import Meeting
from floor import standings
from floor.acts import acting, pausing, timely
from floor.acts.acting import FloorRefused
from floor.clock.suspensions import RESUMED, SUSPENDED
from floor.mail import notices
from floor.models import Interruption, Turn
from journal.actors import Actor
from speakers.entries import closing
from speakers.models import SpeakersList


def suspend(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Suspend the sitting; a statement that is being made is paused, not ended. Order and pointer are kept.  R-37"""
    with acting.on_the_floor(meeting, at=at) as floor:
        acting.needs_sitting(floor)
        current = floor.current and floor.current.turn
        if current and current.is_speaking and not current.is_paused:
            pausing.stop_clock(current, ground=Interruption.Ground.SUSPENSION, by=by, at=at)
        acting.keep_room(floor.room, SUSPENDED, by=by, at=at, suspended_at=at)


def resume(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Resume the sitting where it was suspended; a paused clock waits for the officer.  R-37"""
    with acting.on_the_floor(meeting, at=at) as floor:
        if floor.room.suspended_at is None:
            raise FloorRefused(_("The sitting is not suspended."))
        acting.keep_room(floor.room, RESUMED, by=by, at=at, suspended_at=None)


def conclude(meeting: Meeting, *, by: Actor, at: datetime, seen: str = "") -> None:
    """Conclude the meeting: entries still waiting were not reached, and may post a statement in lieu.  R-32 R-40 R-69

    So are those of every other list of the meeting (R-62). A list that is still open closes, as by hand; the message on
    the screens is taken down. `seen` are the words that the officer has read, if it is early. Raises `FloorRefused`
    while a speaker has the floor, if the meeting is already concluded, or if it is to be confirmed.
    """
    lists = SpeakersList.objects.filter(meeting=meeting.pk)
    with locked_in_order(lists), acting.on_the_floor(meeting, at=at) as floor:
        acting.needs_meeting(floor)
        if floor.current:
            raise FloorRefused(
                _("%(name)s has the floor: begin, end or note the absence first.") % {"name": floor.current.turn}
            )
        timely.needs_time_to_conclude(floor, seen=seen, at=at)
        _conclude_list(floor.meeting.speakers_list, floor.waiting, by=by, at=at)
        for other in standings.beside(floor):
            _conclude_list(other.meeting.speakers_list, other.listed, by=by, at=at)
        ended: dict[str, Any] = {"concluded_at": at, "suspended_at": None}
        if floor.room.message:
            ended |= {"message": "", "message_until": None}
        acting.keep_room(floor.room, "concluded", by=by, at=at, **ended)


def _conclude_list(speakers_list, standing, *, by, at):
    """Close the locked `speakers_list` if it is open, and note those of `standing` who wait as not reached."""
    if speakers_list.accepts_inscriptions(at):
        closing.establish(speakers_list, closed_at=at, at=at, by=by, reason=gettext_noop("The meeting was concluded."))
    for turn in [each.turn for each in standing if each.turn.is_waiting]:
        witness = acting.keep(turn, "not reached", by=by, at=at, state=Turn.State.NOT_REACHED)
        if turn.inscription:
            notices.offer_statement_in_lieu(turn.inscription, witness=witness)


def take_back_conclusion(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Undo the conclusion: the meeting goes on, and entries that were not reached wait again. The list stays closed."""
    with acting.on_the_floor(meeting, at=at) as floor:
        if floor.room.concluded_at is None:
            raise FloorRefused(_("The meeting is not concluded."))
        for turn in floor.meeting.turns.with_names(floor.meeting).filter(state=Turn.State.NOT_REACHED):
            acting.keep(turn, "waits again", by=by, at=at, state=Turn.State.WAITING)
        acting.keep_room(floor.room, "conclusion taken back", by=by, at=at, concluded_at=None)
