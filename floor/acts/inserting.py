"""Speakers outside the list: the Secretary-General, a rapporteur. They have no receipt.  R-38"""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from floor.acts import acting, asking
from floor.acts.acting import FloorRefused
from floor.models import Turn
from journal.actors import Actor


def insert(
    meeting: Meeting,
    *,
    prefix: str = "",
    name: str,
    title: str = "",
    before: str | UUID | None = None,
    own_limit: timedelta | None = None,
    by: Actor,
    at: datetime,
) -> Turn:
    """Let a person outside the list take the floor next, or before the entry `before` (an identity).  R-38

    Returns the waiting turn. Journals. Raises `FloorRefused` without a name, or if `before` is not waiting.
    """
    if not name.strip():
        raise FloorRefused(_("Enter the name as it is to be announced."), "name")

    with acting.on_the_floor(meeting, at=at) as floor:
        acting.needs_meeting(floor)
        anchor = None
        if before:
            anchor = floor.find(before)
            if anchor is None or not anchor.turn.is_waiting or anchor.turn.inscription is None:
                raise FloorRefused(_("This entry is not waiting to be called."), "before")
        turn = Turn(
            meeting=floor.meeting,
            kind=Turn.Kind.INSERTED,
            speaker_prefix=prefix.strip(),
            speaker_name=name.strip(),
            speaker_title=title.strip(),
            stands_before=anchor.turn.inscription if anchor else None,
            own_limit=own_limit,
        )
        acting.keep(turn, "inserted off the list", by=by, at=at)
        return turn


def remove(meeting: Meeting, identity: str, *, by: Actor, at: datetime) -> Turn:
    """Remove a waiting turn that is outside the list, or a reply: it is not delivered. Journals.

    A request for the floor, or a reply of the panel, leaves the queue as though it had been withdrawn.  R-70
    """
    with acting.on_the_floor(meeting, at=at) as floor:
        standing = floor.find(identity)
        if standing is None or not standing.turn.is_waiting or standing.turn.inscription:
            raise FloorRefused(_("This entry is not waiting to be called."))
        if standing.turn.kind in {Turn.Kind.OPEN_FLOOR, Turn.Kind.PANEL}:
            return asking.end(standing.turn, by=by, at=at)
        acting.keep(standing.turn, "taken out", by=by, at=at, state=Turn.State.NOT_DELIVERED, ended_at=at)
        return standing.turn
