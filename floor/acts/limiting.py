"""Time limits, for all statements in one capacity or for one entry. A change applies to later speakers.  R-36"""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from floor.acts import acting
from floor.acts.acting import FloorRefused
from floor.clock.timing import OF_ROOM
from floor.models import Turn
from journal import recording
from journal.actors import Actor
from speakers.limits import OF_CAPACITIES, by_name, put

SHORTEST, LONGEST = timedelta(seconds=15), timedelta(hours=1)


def change_limits(meeting: Meeting, *, by: Actor, at: datetime, **limits: Any) -> None:
    """Set `limits` (durations) by their names in `speakers.limits.by_name` and `OF_ROOM`.  R-36 R-65

    A statement under way keeps its limit. Journals only what changed. Raises `FloorRefused` for a limit that is not
    between 15 seconds and an hour, or that the list no longer has.
    """
    for name, limit in limits.items():
        _check(limit, name)

    with acting.on_the_floor(meeting, at=at) as floor:
        speakers_list = floor.meeting.speakers_list
        present = by_name(speakers_list) | {name: getattr(floor.room, name) for name in OF_ROOM}
        if gone := limits.keys() - present.keys():
            raise FloorRefused(_("The limits of the list have changed. Read them again."), min(gone))
        changed = {name: limit for name, limit in limits.items() if limit != present[name]}
        if not changed:
            return
        put(speakers_list, changed)
        speakers_list.save(update_fields=[*OF_CAPACITIES, "limits"])
        for name in OF_ROOM:
            setattr(floor.room, name, changed.get(name, present[name]))
        floor.room.save(update_fields=OF_ROOM)
        _record(floor.meeting, {name: present[name] for name in changed}, changed, by=by, at=at)


def give_own_limit(
    meeting: Meeting, identity: str, limit: timedelta, *, by: Actor, at: datetime, reason: str = ""
) -> Turn:
    """Give the turn named `identity` a `limit` of its own; None restores the limit of its capacity.  R-36

    For a speaker with a disability, for example. Raises `FloorRefused` once the statement has begun, or for a limit
    out of range.
    """
    if limit is not None:
        _check(limit, "own_limit")

    with acting.on_the_floor(meeting, at=at) as floor:
        standing = floor.find(identity)
        if standing is None or not (standing.turn.is_waiting or standing.turn.is_called):
            raise FloorRefused(_("The limit of a statement cannot be changed once it has begun."))
        if standing.turn.own_limit != limit:
            acting.keep(standing.turn, "own limit", by=by, at=at, own_limit=limit, reason=reason)
        return standing.turn


def _check(limit, name):
    if not SHORTEST <= limit <= LONGEST:
        raise FloorRefused(_("A limit must be between 15 seconds and one hour."), name)


def _record(meeting, before, after, *, by, at):
    recording.record(
        "limits changed",
        stream=meeting.journal_stream,
        subject=f"room/{meeting.slug}",
        by=by,
        at=at,
        before=before,
        after=after,
    )
