"""Which list the programme has the room hear now: the console proposes it, the officer decides.  R-62"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dialogue import moments
from dialogue.models import ProgrammeSlot
from speakers.models import SpeakersList


@dataclass(frozen=True)
class Choice:
    """The lists among which the officer of a meeting with several chooses, and the `proposed` one with its `words`."""

    heard: SpeakersList
    others: list[SpeakersList]
    proposed: SpeakersList | None = None
    words: str = ""


def of(floor: Any, at: datetime) -> Choice | None:
    """The `Choice` of the officer at the meeting's moment `at`; None for a meeting with one list (no query then).

    The last line of the programme that has begun and with which a list begins proposes it, unless the room hears it
    already or no line names a list. Two queries.
    """
    if not floor.is_one_of_several:
        return None
    return floor.shared(("choice", get_language()), lambda: _of(floor, at), at=at)


def _of(floor, at):
    heard = floor.meeting.speakers_list
    others = [each for each in SpeakersList.objects.filter(meeting=floor.meeting.pk) if each.pk != heard.pk]
    slots = floor.meeting.slots.filter(kind=ProgrammeSlot.Kind.FLOOR, starts_at__isnull=False).order_by("starts_at")
    named = list(slots)
    begun = [slot for slot in named if slot.starts_at <= at]
    if not begun or not any(slot.list_slug for slot in named):
        return Choice(heard, others)
    proposed = next((each for each in others if each.slug == begun[-1].list_slug), None)
    if proposed is None:
        return Choice(heard, others)
    facts = {"list": proposed.name, "heard": heard.name}
    facts["moment"] = moments.clock_in_words(begun[-1].starts_at, floor.meeting)
    words = _("By the programme, “%(list)s” is heard from %(moment)s; the room hears “%(heard)s”.")
    return Choice(heard, others, proposed, words % facts)
