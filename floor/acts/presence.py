"""“We are in the room”: a delegation marks itself present before it is called.  R-41"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from floor.acts import acting
from floor.acts.acting import FloorRefused
from floor.models import Turn
from journal.actors import Actor


def mark(meeting: Meeting, identity: UUID, *, is_present: bool, by: Actor, at: datetime) -> Turn:
    """Mark the turn named `identity` present in the room, or away again; the officer sees it before calling.  R-41

    `by` is the delegation's own credential or an officer. A second call changes nothing. Journals. Raises
    `FloorRefused` if the turn is unknown or no longer waiting.
    """
    with acting.on_the_floor(meeting, at=at) as floor:
        standing = floor.find(identity)
        if standing is None or not standing.turn.is_waiting:
            raise FloorRefused(_("This entry is not waiting to be called."))
        turn = standing.turn
        if (turn.present_at is not None) != is_present:
            acting.keep(turn, "present" if is_present else "away", by=by, at=at, present_at=at if is_present else None)
        return turn
