"""The clock of a statement: pure functions of stored moments and of now.  R-35 R-36"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dialogue.models import Meeting
from speakers import limits
from speakers.models import SpeakersList

# Time left at which green turns to amber.  R-36
AMBER_FROM = timedelta(seconds=30)
GREEN, AMBER, RED = "green", "amber", "red"
# The fields that hold the limits of the room; those of a list are in `speakers/limits.py`.  R-36
OF_ROOM = ("first_reply_limit", "second_reply_limit", "open_floor_limit", "panel_limit")


def elapsed(turn: Any, at: datetime) -> timedelta:
    """How long `turn` has been speaking at the meeting's moment `at`: (end or now) − start − pauses.  R-35

    Zero before it began; never negative.
    """
    if turn.began_at is None:
        return timedelta(0)
    until = turn.ended_at or turn.paused_at or at
    return max(until - turn.began_at - turn.paused_for, timedelta(0))


def left(turn: Any, limit: timedelta, at: datetime) -> timedelta:
    """The time left of `limit` at the moment `at`; negative when `turn` is in overtime.  R-36"""
    return limit - elapsed(turn, at)


def colour(remaining: timedelta) -> str:
    """Green; amber from 30 seconds left; red from zero, while overtime counts up.  R-36"""
    if remaining <= timedelta(0):
        return RED
    return AMBER if remaining <= AMBER_FROM else GREEN


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a list and of its room, as now in force.  R-36 R-65"""

    speakers_list: SpeakersList
    first_reply: timedelta
    second_reply: timedelta
    open_floor: timedelta
    panel: timedelta

    @classmethod
    def of(cls, meeting: Meeting, room: Any) -> "Limits":
        """The limits of `meeting` and its `room`."""
        return cls(meeting.speakers_list, *(getattr(room, name) for name in OF_ROOM))

    def for_turn(self, turn: Any) -> timedelta:
        """The limit of `turn`: fixed once it began; before, its own or that of its entry on the list."""
        if fixed := turn.limit or turn.own_limit:
            return fixed
        if turn.kind == turn.Kind.REPLY:
            return self.first_reply if turn.reply_no == 1 else self.second_reply
        if of_kind := {turn.Kind.OPEN_FLOOR: self.open_floor, turn.Kind.PANEL: self.panel}.get(turn.kind):
            return of_kind
        entry = turn.inscription
        return limits.limit_of(self.speakers_list, entry) if entry else limits.of_a_further(self.speakers_list)
