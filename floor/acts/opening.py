"""Opening the floor for asking, muting the queue, closing it.  R-70"""

from datetime import datetime

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from floor.acts import acting
from floor.acts.acting import FloorRefused
from journal.actors import Actor


def open_floor(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Let delegations ask for the floor from the moment `at`. Journals. Raises `FloorRefused` if they may already."""
    with acting.on_the_floor(meeting, at=at) as floor:
        acting.needs_meeting(floor)
        if floor.room.floor_opened_at:
            raise FloorRefused(_("The floor is open already."))
        acting.keep_room(floor.room, "floor opened", by=by, at=at, floor_opened_at=at)


def mute(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Take no more requests for now; those who asked keep their place, and signs may still be entered. Journals."""
    _set_muted(meeting, is_muted=True, act="asking muted", by=by, at=at)


def unmute(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Take requests again. Journals."""
    _set_muted(meeting, is_muted=False, act="asking resumed", by=by, at=at)


def close_floor(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Take no more requests, by telephone or by sign: those who asked are still heard, in their order. Journals."""
    with acting.on_the_floor(meeting, at=at) as floor:
        _needs_open_floor(floor)
        acting.keep_room(floor.room, "floor closed", by=by, at=at, floor_opened_at=None, is_muted=False)


def _set_muted(meeting, *, is_muted, act, by, at):
    with acting.on_the_floor(meeting, at=at) as floor:
        _needs_open_floor(floor)
        if floor.room.is_muted != is_muted:
            acting.keep_room(floor.room, act, by=by, at=at, is_muted=is_muted)


def _needs_open_floor(floor):
    acting.needs_meeting(floor)
    if floor.room.floor_opened_at is None:
        raise FloorRefused(_("The floor is not open."))
