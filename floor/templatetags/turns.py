"""What became of an entry in the room, on pages of other apps: `{% became_of inscription at as became %}`.  R-32"""

from dataclasses import dataclass
from datetime import datetime

from django import template

from floor.clock import timing
from floor.models import Turn
from floor.models.turn import IN_LIEU
from languages.lengths import length_in_words
from speakers.models import Inscription

register = template.Library()


@dataclass(frozen=True)
class Became:
    """The `turn` of an entry that was called, or not reached; and how long its statement took, in words."""

    turn: Turn
    took: str

    @property
    def code(self) -> str:
        return self.turn.state

    @property
    def takes_a_text_in_lieu(self) -> bool:
        """May a written statement be posted in lieu of delivery?  R-40"""
        return self.turn.state in IN_LIEU


@register.simple_tag
def became_of(inscription: Inscription, at: datetime) -> Became | None:
    """What became of `inscription` at its meeting's moment `at`; None while it waits, or holds no place.

    One statement, once its list is closed or it was called.
    """
    if not inscription.is_standing or not (inscription.is_called or _is_closed(inscription, at)):
        return None
    turn = Turn.objects.filter(inscription=inscription).exclude(state=Turn.State.WAITING).first()
    return Became(turn, length_in_words(timing.elapsed(turn, at))) if turn else None


def _is_closed(inscription, at):
    return not inscription.speakers_list.accepts_inscriptions(at)
