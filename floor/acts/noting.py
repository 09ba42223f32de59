"""What only staff read: notes on a meeting and on an entry, and what the moderator said about time."""

from datetime import datetime

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from floor.acts import acting
from floor.acts.acting import FloorRefused
from floor.models import TimeRemark, Turn
from journal import recording
from journal.actors import Actor


def note_meeting(meeting: Meeting, note: str, *, by: Actor, at: datetime) -> None:
    """Keep the private `note` on the room. Journals that it was changed."""
    with acting.on_the_floor(meeting, at=at) as floor:
        acting.keep_room(floor.room, "note changed", by=by, at=at, note=note.strip())


def note_turn(meeting: Meeting, identity: str, note: str, *, by: Actor, at: datetime) -> Turn:
    """Keep the private `note` on the turn named `identity`. Raises `FloorRefused` if there is no such turn."""
    with acting.on_the_floor(meeting, at=at) as floor:
        standing = floor.find(identity)
        if standing is None:
            raise FloorRefused(_("This entry is not on the list."))
        standing.turn.note = note.strip()
        acting.keep(standing.turn, "note changed", by=by, at=at)
        return standing.turn


def said_about_time(meeting: Meeting, words: str, *, by: Actor, at: datetime) -> TimeRemark:
    """Record that the moderator said `words` about time at the meeting's moment `at`. Journals."""
    words = " ".join(words.split())
    if not words:
        raise FloorRefused(_("Enter what was said."), "words")

    with acting.on_the_floor(meeting, at=at) as floor:
        remark = TimeRemark.objects.create(meeting=floor.meeting, said_at=at, words=words[:300])
        recording.record(
            "said about time",
            stream=floor.meeting.journal_stream,
            subject=f"room/{floor.meeting.slug}",
            by=by,
            at=at,
            after={"words": remark.words},
        )
        return remark
