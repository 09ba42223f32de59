"""What the officer writes on the screens of the room."""

from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from floor import standings
from floor.acts import acting
from floor.acts.acting import FloorRefused
from journal.actors import Actor

# How far ahead a time of day may lie: a time that is further off has passed today.
AHEAD = timedelta(hours=12)
A_DAY = timedelta(days=1)


def show(meeting: Meeting, message: str, *, until: time | None = None, by: Actor, at: datetime) -> None:
    """Show `message` on every screen until it ends, is replaced, or is taken down. Journals.

    It ends at the time of day `until` in the meeting's zone; without one, with the sitting that is held or comes next,
    and after the last sitting when it is taken down. An empty message takes down the one that is shown. Raises
    `FloorRefused` for a time that has passed.
    """
    words = " ".join(message.split())
    if not words:
        return take_down(meeting, by=by, at=at)

    with acting.on_the_floor(meeting, at=at) as floor:
        ends_at = _next(until, floor.meeting, at) if until else end_of_the_sitting(floor, at)
        acting.keep_room(floor.room, "message shown", by=by, at=at, message=words, message_until=ends_at)


def take_down(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Take down the message on the screens. Nothing is changed if there is none. Journals."""
    with acting.on_the_floor(meeting, at=at) as floor:
        if floor.room.message:
            acting.keep_room(floor.room, "message taken away", by=by, at=at, message="", message_until=None)


def end_of_the_sitting(floor: standings.Floor, at: datetime) -> datetime | None:
    """When the sitting that is held at the moment `at`, or the next one, ends; None after the last."""
    return next((each.ends_at for each in floor.sittings if at < each.ends_at), None)


def _next(until, meeting, at):
    """The next moment after `at` at which it is `until` in the zone of `meeting`."""
    here = at.astimezone(meeting.zone)
    ends_at = datetime.combine(here.date(), until, tzinfo=meeting.zone)
    if ends_at <= here:
        ends_at = datetime.combine(here.date() + A_DAY, until, tzinfo=meeting.zone)
    if ends_at - here > AHEAD:
        raise FloorRefused(_("This time has passed. Enter when the message is to end, within twelve hours."), "until")
    return ends_at
