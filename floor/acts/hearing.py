"""Which list of the meeting the room hears: the conference officer chooses.  R-62 R-69"""

from datetime import datetime

from django.utils.translation import gettext as _

from acts.locking import locked
from dialogue.models import Meeting
from floor import standings
from floor.acts import acting, timely
from floor.acts.acting import FloorRefused
from journal import recording
from journal.actors import Actor
from speakers.models import SpeakersList


def hear(meeting: Meeting, slug: str, *, expected_current: str, by: Actor, at: datetime, seen: str = "") -> None:
    """Let the room hear the list of `meeting` named `slug`, empty for the main one, from its moment `at` on.  R-62

    Nothing is changed if it hears that list already. No one has been called from the list yet, as when a meeting
    begins; who spoke before stays as it is. If it is early, `seen` are the words that the officer has read (R-69).
    Journals. Raises `FloorRefused` while a speaker of the other list has the floor, once the meeting is concluded, if
    another officer acted first, if there is no such list, or if it is to be confirmed.
    """
    with locked(meeting) as meeting:
        if meeting.hears == slug:
            return
        with acting.on_the_floor(meeting, at=at) as floor:
            acting.needs_meeting(floor)
            acting.expect(floor, expected_current)
            if floor.current:
                words = _("%(name)s has the floor: begin, end or note the absence first.")
                raise FloorRefused(words % {"name": floor.current.turn})
            chosen = SpeakersList.objects.filter(meeting=meeting.pk, slug=slug).first()
            if chosen is None:
                raise FloorRefused(_("The meeting has no such list."))
            timely.needs_time_to_hear(floor, chosen, seen=seen, at=at)
            _hear(floor, chosen, by=by, at=at)


def _hear(floor: standings.Floor, chosen, *, by, at):
    before = floor.meeting.hears
    floor.room.pointer, floor.room.called_before = None, []
    floor.room.save(update_fields=["pointer", "called_before"])
    Meeting.objects.filter(pk=floor.meeting.pk).update(hears=chosen.slug)
    recording.record(
        "list heard",
        stream=floor.meeting.journal_stream,
        subject=f"room/{floor.meeting.slug}",
        by=by,
        at=at,
        before={"list": before},
        after={"list": chosen.slug},
    )
