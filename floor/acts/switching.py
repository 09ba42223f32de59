"""Which of the rules of procedure apply by analogy; each is a switch of the meeting.  R-39"""

from datetime import datetime
from typing import Any

from dialogue.models import Meeting
from floor.acts import acting
from journal.actors import Actor


def switch(meeting: Meeting, *, allows_points_of_order: bool, allows_replies: bool, by: Actor, at: datetime) -> None:
    """Switch points of order and the right of reply on or off. Journals what changed."""
    wanted: dict[str, Any] = {"allows_points_of_order": allows_points_of_order, "allows_replies": allows_replies}

    with acting.on_the_floor(meeting, at=at) as floor:
        changed = {name: value for name, value in wanted.items() if getattr(floor.room, name) != value}
        if changed:
            acting.keep_room(floor.room, "switched", by=by, at=at, **changed)
