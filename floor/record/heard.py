"""What was heard in the room, read in two queries: the statements that are over, and what interrupted them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from dialogue.models import Meeting
from floor.clock.suspensions import suspensions
from floor.models import Interruption, Turn
from floor.state import person
from speakers.models import Band, Inscription, name_on
from speakers.models.interest import FIXED

SPOKE = [Turn.State.SPEAKING, Turn.State.DELIVERED]
# What is on the record beside statements: an interruption of a clock, and a suspension of the sitting.
UNREAD = [f"inscription__speakers_list__{name}" for name in FIXED]
STATEMENT, INTERRUPTION, SUSPENSION = range(3)


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that went on from `starts_at` to `ends_at`: a statement, an interruption of one, or a suspension.

    Of two at once, that of the higher `rank` is what was heard. A statement has its `number` in the record. An
    interruption says on which `ground`, and who raised it. All moments are the meeting's.
    """

    rank: int
    starts_at: datetime
    ends_at: datetime
    turn: Turn | None = None
    number: int | None = None
    ground: str = ""
    raised_by: str = ""
    raised_by_code: str = ""

    @property
    def kind(self) -> str:
        """A kind of `Turn`, or a ground of `Interruption`."""
        return self.turn.kind if self.turn else self.ground

    @property
    def kind_in_words(self) -> str:
        if self.turn:
            return str(self.turn.get_kind_display())
        return _("the clock was stopped") if self.ground == Interruption.Ground.OTHER else self.ground_in_words

    @property
    def ground_in_words(self) -> str:
        return str(Interruption.Ground(self.ground).label)

    @property
    def name(self) -> str:
        """On whose behalf it was said, or who raised a point of order; empty if no one spoke."""
        return self.turn.name if self.turn else self.raised_by

    def is_the_same_as(self, other: "Heard") -> bool:
        """Is it one thing to those who listen? So is a suspension, and the time until the clock runs again."""
        return self is other or (
            self.turn is other.turn is None and (self.ground, self.raised_by) == (other.ground, other.raised_by)
        )

    @property
    def capacity(self) -> str:
        """In which capacity, in words; empty outside the list."""
        entry = self.turn.inscription if self.turn else None
        if entry is None:
            return ""
        if entry.place_band == Band.CIVIL_SOCIETY:
            return _("civil society")
        return str(Inscription.Capacity(entry.capacity).label)

    def speaker(self, *, for_staff: bool) -> tuple[str, str]:
        """The speaker as announced and the functional title; both empty if the list does not show names.  R-29

        A person outside the list is always named, and staff read every name.
        """
        if self.turn is None:
            return "", ""
        entry = self.turn.inscription
        is_shown = entry.speakers_list.shows_speaker_names if entry else self.turn.of is None
        return (person(self.turn), self.turn.who.speaker_title) if for_staff or is_shown else ("", "")


def of(meeting: Meeting) -> list[Heard]:
    """All that was heard at `meeting` and is over, by the moment at which it began (two queries)."""
    found: list[Heard] = []
    number, seen = 0, None
    for row in _rows(meeting):
        if row.pk != seen:
            number, seen = number + 1, row.pk
            row.meeting = meeting
            if row.ended_at:
                found.append(Heard(STATEMENT, row.began_at, row.ended_at, turn=row, number=number))
        if row.ended_at and row.paused_from and row.paused_until:
            facts = {
                "ground": row.paused_on,
                "raised_by": str(row.called or row.paused_by),
                "raised_by_code": row.paused_by_code or "",
            }
            found.append(Heard(INTERRUPTION, row.paused_from, row.paused_until, **facts))
    ground = Interruption.Ground.SUSPENSION
    found += [Heard(SUSPENSION, each.starts_at, each.ends_at, ground=ground) for each in suspensions(meeting)]
    return sorted(found, key=lambda each: (each.starts_at, each.rank))


def _rows(meeting):
    """The turns that spoke at `meeting` in order, with a row for each interruption, and the names of its date."""
    pauses = {"paused_from": "began_at", "paused_until": "ended_at", "paused_on": "ground", "paused_by": "raised_by"}
    pauses["paused_by_code"] = "delegation__code"
    turns: Any = Turn.objects.filter(meeting=meeting.pk, state__in=SPOKE).with_names(meeting)
    turns = turns.select_related("inscription__speakers_list").defer(*UNREAD)
    turns = turns.annotate(**{name: F(f"interruptions__{column}") for name, column in pauses.items()})
    turns = turns.annotate(called=name_on(meeting.starts_on, "interruptions__delegation"))
    return turns.order_by("began_at", "pk", "paused_from")
