"""What the console shows of the microphones: whether their signals act, the last that did, one that was refused."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from dialogue.models import Meeting
from floor.microphones import signalling
from floor.models import RoomSystem, Signal
from spelling.listing import in_sentences

# How long a refused signal is shown to the officer.
SHOWN_FOR = timedelta(seconds=30)
ACTED = [signalling.BEGUN, signalling.ENDED, signalling.REOPENED]


def systems(meeting: Meeting, at: datetime) -> list[RoomSystem]:
    """The systems of `meeting` whose key works at its moment `at`, in order of their names (one query).

    Each has `acted`, the words of the last signal that did something, and when, `acted_at`; and `refused`, those of the
    last one, if it was refused not long ago. While its signals are switched off, nothing is said to be refused.
    """
    newest = Signal.objects.filter(system=OuterRef("pk")).order_by("-pk")
    acted, last = newest.filter(result__in=ACTED), newest.filter(arrived_at__gt=at - SHOWN_FOR)
    live = RoomSystem.objects.live(at).filter(meeting=meeting.pk).order_by("name")
    found: Any = list(
        live.annotate(
            acted=Subquery(acted.values("detail")[:1]),
            acted_at=Subquery(acted.values("arrived_at")[:1]),
            last_result=Subquery(last.values("result")[:1]),
            last_place=Subquery(last.values("place")[:1]),
            last_detail=Subquery(last.values("detail")[:1]),
        )
    )
    for each in found:
        each.acted, each.last_detail = (signalling.SAID.read(words or "") for words in (each.acted, each.last_detail))
    return found


def refused(found: list[RoomSystem]) -> str:
    """The words of the last signals of the systems `found`, if they were refused; or empty."""
    said = [each for each in found if each.is_on and each.last_result == signalling.REFUSED]  # type: ignore[attr-defined]  # annotated
    return in_sentences(_in_words(each) for each in said)


def _in_words(system):
    words = _("%(system)s: the microphone of %(place)s does nothing. %(reason)s")
    return words % {"system": system, "place": system.last_place, "reason": system.last_detail}
