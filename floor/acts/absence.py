"""Called and not in the room.  R-32"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from floor.acts import acting
from floor.acts.acting import FloorRefused
from floor.mail import notices
from floor.models import Turn
from journal.actors import Actor
from speakers.entries import calling as list_calling


def note_absence(meeting: Meeting, *, expected_current: str, by: Actor, at: datetime) -> Turn:
    """The entry called is absent: it waits again at the end of its class, once; then it is not delivered.  R-32

    A turn outside the list has no class, so its first absence is enough. Raises `FloorRefused` unless a speaker was
    called and has not begun.
    """
    with acting.on_the_floor(meeting, at=at) as floor:
        acting.expect(floor, expected_current)
        if floor.current is None or not floor.current.turn.is_called:
            raise FloorRefused(_("There is no speaker at the rostrum who has yet to begin."))
        turn = floor.current.turn
        if turn.inscription is None or turn.absences:
            return _not_delivered(turn, by=by, at=at)
        place = list_calling.place_of(turn.inscription)
        list_calling.move_to_end_of_class(turn.inscription, floor.meeting.speakers_list, by=by, at=at)
        changes: dict[str, Any] = {
            "state": Turn.State.WAITING,
            "absences": 1,
            "present_at": None,
            "place_before": place,
        }
        acting.keep(turn, "absent", by=by, at=at, **changes)
        return turn


def _not_delivered(turn, *, by, at):
    changes = {"state": Turn.State.NOT_DELIVERED, "absences": turn.absences + 1, "ended_at": at}
    witness = acting.keep(turn, "not delivered", by=by, at=at, **changes)
    if turn.inscription:
        notices.offer_statement_in_lieu(turn.inscription, witness=witness)
    return turn
