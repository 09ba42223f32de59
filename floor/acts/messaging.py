"""What the officer writes on the screens of the room."""

from datetime import datetime

from dialogue.models import Meeting
from floor.acts import acting
from journal.actors import Actor


def show(meeting: Meeting, message: str, *, by: Actor, at: datetime) -> None:
    """Show `message` on every screen until it is replaced; an empty one removes it. Journals."""
    words = " ".join(message.split())

    with acting.on_the_floor(meeting, at=at) as floor:
        acting.keep_room(floor.room, "message shown" if words else "message taken away", by=by, at=at, message=words)
