"""Reading the texts of statements: a delegation's own, and those that anyone may read.  R-40"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from dialogue.models import Meeting
from floor.clock import timing
from floor.models import Statement, Turn
from floor.models.turn import ENDED, IN_LIEU
from floor.statements import handing_in, pace
from languages.lengths import length_in_words
from speakers.models import Inscription
from speakers.models.joining import fetch_joined


@dataclass(frozen=True)
class Text:
    """A text handed in, and how it compares with the limit."""

    statement: Statement
    verdict: str
    is_long: bool


def with_verdicts(inscription: Inscription, limit: timedelta) -> list[Text]:
    """The current texts of `inscription`, each with how long it takes to be interpreted; a long one only warns."""
    return [with_verdict(statement, limit) for statement in inscription.statements.current()]


def with_verdict(statement: Statement, limit: timedelta) -> Text:
    """The `statement` with how it compares with the `limit`; says so if its words could not be counted."""
    if statement.count is None:
        return Text(statement, how_long(statement), is_long=False)
    return Text(statement, *pace.verdict(statement.count, statement.language, limit))


def how_long(statement: Statement) -> str:
    """How long the `statement` takes at an interpreter's pace, as words, where no limit is compared."""
    if statement.count is None:
        return _("Its words could not be counted.")
    return pace.without_limit(statement.count, statement.language)


@dataclass(frozen=True)
class Listed:
    """One entry of the public page: its turn, and those of its texts that anyone may read."""

    turn: Turn
    texts: list[Statement]

    @property
    def is_delivered(self) -> bool:
        return self.turn.state == Turn.State.DELIVERED

    @property
    def took(self) -> str:
        """How long the statement took, in words; empty if it was not delivered."""
        ended_at = self.turn.ended_at
        return length_in_words(timing.elapsed(self.turn, ended_at)) if self.is_delivered and ended_at else ""

    @property
    def is_to_be_checked(self) -> bool:
        """Are its texts to be checked against delivery? Those in lieu of delivery are not.  R-73"""
        entry = self.turn.inscription
        has_spoken = bool(self.texts) and self.is_delivered
        return has_spoken and entry is not None and entry.text_mark == Inscription.TextMark.CHECK


def published(meeting: Meeting) -> tuple[list[Listed], list[Listed]]:
    """Two public lists: who spoke, in that order, and who handed in a text in lieu of delivery (two queries)."""
    current = Prefetch("inscription__statements", Statement.objects.current().order_by("language"))
    ended = meeting.turns.filter(state__in=ENDED).with_names(meeting).prefetch_related(current)
    turns = list(ended.order_by("began_at", "pk"))
    fetch_joined([turn.inscription for turn in turns if turn.inscription])
    listed = [Listed(turn, _public_texts(turn)) for turn in turns]
    spoke = [each for each in listed if each.turn.state == Turn.State.DELIVERED]
    return spoke, [each for each in listed if each.turn.state in IN_LIEU and each.texts]


def _public_texts(turn):
    texts = turn.inscription.statements.all() if turn.inscription else []
    return [each for each in texts if handing_in.is_public(each, turn)]
