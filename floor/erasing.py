"""Erasing the personal data of the room, except what was public: who spoke, and the texts that anyone may read.

R-40 R-57
"""

from datetime import datetime

from django.db.models import Q, QuerySet

from dialogue.models import Meeting
from floor.models import Room, Signal, Statement, StatementFile, Turn
from floor.models.room import RoomQuerySet
from floor.models.statement import StatementQuerySet
from floor.models.turn import TurnQuerySet
from floor.statements import handing_in

OF_THE_SPEAKER = {"speaker_prefix": "", "speaker_name": "", "speaker_title": ""}


def never_public(meeting: Meeting) -> list[Statement]:
    """Texts of `meeting`, not replaced or withdrawn, that only their delegation may read.  R-40"""
    current = Statement.objects.current().filter(inscription__speakers_list__meeting=meeting)
    found = current.select_related("inscription__turn")
    return [each for each in found if not handing_in.is_public(each, getattr(each.inscription, "turn", None))]


def files_never_public(meeting: Meeting) -> QuerySet[StatementFile]:
    """The bytes kept of texts of `meeting` that never became public."""
    return StatementFile.objects.filter(statement__in=[each.pk for each in never_public(meeting)])


def erase_files(meeting: Meeting, at: datetime) -> int:
    """End the texts that never became public, and delete their bytes. Returns how many had any."""
    hidden = never_public(meeting)
    number, _by_model = files_never_public(meeting).delete()
    Statement.objects.filter(pk__in=[each.pk for each in hidden]).update(ended_at=at)
    return number


def handed_in_by(meeting: Meeting) -> StatementQuerySet:
    """Texts of `meeting` that still say who handed them in."""
    return Statement.objects.filter(inscription__speakers_list__meeting=meeting).exclude(handed_in_by="")


def notes(meeting: Meeting) -> tuple[RoomQuerySet, TurnQuerySet]:
    """The rooms and the turns of `meeting` with private notes or a message on the screens, as two QuerySets."""
    return Room.objects.filter(meeting=meeting).exclude(note="", message=""), meeting.turns.exclude(note="")


def erase_notes(meeting: Meeting, _at: datetime) -> int:
    """Erase the private notes of `meeting`. Returns how many."""
    rooms, turns = notes(meeting)
    return rooms.update(note="", message="") + turns.update(note="")


def signals(meeting: Meeting) -> QuerySet[Signal]:
    """What the systems of microphones of `meeting` sent, and what they were answered, which may name a person."""
    return Signal.objects.filter(system__meeting=meeting)


def unheard(meeting: Meeting) -> TurnQuerySet:
    """Turns outside the list that name a person who did not speak."""
    heard = Q(state__in=[Turn.State.DELIVERED, Turn.State.SPEAKING])
    return meeting.turns.filter(inscription=None).exclude(heard).exclude(**OF_THE_SPEAKER)
