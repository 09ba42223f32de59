"""The forecast from the room: the pace of those who spoke, applied to those still waiting.  R-42 R-43 R-44"""

from datetime import datetime
from itertools import pairwise
from typing import Any

from floor.clock import suspensions, timing
from floor.models import Turn
from speakers.forecast import hours, plan, turns
from speakers.forecast.list_forecast import ListForecast, turn_in_words
from speakers.forecast.turns import Delivered, Waiting
from speakers.limits import of_a_further


def of(floor: Any, at: datetime) -> ListForecast:
    """The `ListForecast` for everyone waiting on `floor` at its meeting's moment `at`: one query, two once it learns.

    The factor comes from the delivered statements (R-42); the statement under way takes the rest of its time. Turns in
    the result are known by `Turn.identity`. For a floor that was read for everyone it is worked out once a second.
    """
    return floor.shared("forecast", lambda: _of(floor, at), at=at)


def _of(floor, at):
    meeting, slots = floor.meeting, list(floor.meeting.slots.all())
    has_begun = meeting.speakers_list.is_heard and floor.room.pointer_id
    stretches = hours.time_of(meeting.speakers_list, slots, at, from_at=at if has_begun else None)
    factor = factor_of(floor)
    sittings = hours.sittings_of(meeting.speakers_list, at)
    waiting = [_waiting(each, sittings, stretches) for each in floor.waiting]
    further = of_a_further(meeting.speakers_list)
    taken = _taken(floor, factor, at)
    made = turns.forecast(waiting, stretches, factor=factor, limit=further, taken=taken, sittings=sittings)
    return ListForecast(meeting, sittings, stretches, made)


def _waiting(standing, sittings, stretches):
    """The `standing` for the forecast: an entry fixed to a sitting does not speak before it begins.  R-64"""
    turn = standing.turn
    fixed_to = turn.inscription.fixed_sitting_id if turn.inscription else None
    held = [each for each in sittings if each.pk == fixed_to]
    after = plan.time_before(held[0], stretches) if held else turns.NOTHING
    return Waiting(turn.identity, standing.limit, turn.own_limit is not None, after)


def factor_of(floor: Any) -> float:
    """What a slot costs as a multiple of its limit: learnt from what was delivered, or a guess until then.  R-42"""
    return pace_of(floor) or turns.FACTOR_AT_FIRST


def pace_of(floor: Any) -> float | None:
    """The factor that the room has shown (one query); None while too few statements were delivered.  R-42"""
    is_taught = floor.count(Turn.State.DELIVERED) >= turns.STATEMENTS_TO_LEARN_FROM
    return turns.factor_of(delivered(floor)) if is_taught else None


def delivered(floor: Any) -> list[Delivered]:
    """The statements that were made, in the order in which they began, each with the time to the start of the next.

    Time between two sittings counts for no one: the last statement before a break counts to its own end. Suspensions
    do not count either; they are read from the journal (one query). What the panel replies counts for no
    one either: its own time is left out, and is not that of the speaker before it.
    """
    taken = [each.turn for each in floor.everyone if each.turn.began_at and each.turn.kind != Turn.Kind.REPLY]
    began = sorted(taken, key=lambda turn: turn.began_at)
    pairs = [*pairwise(began), (began[-1], None)] if began else []
    suspended = suspensions.suspensions(floor.meeting)
    return [
        Delivered(_took(turn, following, floor, suspended), turn.limit)
        for turn, following in pairs
        if turn.ended_at and turn.kind != Turn.Kind.PANEL
    ]


def about(floor: Any, foreseen: ListForecast, turn: Turn) -> str:
    """When `turn` is likely to begin, in words; empty if the forecast does not know it.  R-43"""
    found = foreseen.forecast.turn_of(turn.identity)
    return turn_in_words(found, floor.meeting) if found else ""


def heard_before_the_hour(floor: Any, foreseen: ListForecast, at: datetime) -> tuple[int, datetime] | None:
    """How many more can be heard before the current sitting ends, and when it ends; None between sittings.  R-37"""
    sitting = next((each for each in floor.sittings if each.starts_at <= at < each.ends_at), None)
    if sitting is None:
        return None
    left = sitting.ends_at - at - foreseen.forecast.taken
    begun = foreseen.forecast.begun[1:]
    return sum(1 for end in begun if end <= left), sitting.ends_at


def _took(turn, following, floor, suspended):
    own = timing.elapsed(turn, turn.ended_at)
    if following is None or _sitting_of(turn.began_at, floor) is not _sitting_of(following.began_at, floor):
        return own
    between = following.began_at - turn.ended_at
    return own + max(between - suspensions.within(suspended, turn.ended_at, following.began_at), turns.NOTHING)


def _sitting_of(at, floor):
    return next((each for each in floor.sittings if each.starts_at <= at < each.ends_at), None)


def _taken(floor, factor, at):
    """How much longer the current speaker is likely to hold the floor."""
    if floor.current is None:
        return turns.NOTHING
    turn, limit = floor.current.turn, floor.current.limit
    return turns.is_left_of(limit, elapsed=timing.elapsed(turn, at), factor=factor)
