"""The order in which the room calls: that of the list, but for entries fixed to a sitting.  R-64"""

from datetime import datetime
from typing import Any

from speakers.forecast import hours, plan, turns


def of(floor: Any, at: datetime) -> list[Any] | None:
    """The listed standings of `floor` in the order in which they are called; None if that is the order of the list.

    It is worked out as at the last act on a turn, or the beginning of the sitting if that is later, and with the usual
    factor: so it changes with an act and never under the officer's hand, and who is fixed to a sitting is called while
    there is time. Costs a statement, at most once a second, if an entry is fixed.
    """
    waiting = {each.turn.inscription.pk: each for each in floor.listed if each.turn.is_waiting}
    pairs = [(key, each.turn.inscription.fixed_sitting_id) for key, each in waiting.items()]
    if not any(sitting for _key, sitting in pairs):
        return None
    sittings = hours.sittings_of(floor.meeting.speakers_list, at)
    fixed = plan.fixings(pairs, sittings, at=at)
    entries = [turns.Waiting(key, each.limit) for key, each in waiting.items()]
    times, taken = _time_left(floor, sittings, at), _taken(floor)
    ordered = [waiting[entry.key] for entry in plan.in_calling_order(entries, fixed, times, taken=taken)]
    return [each for each in floor.listed if not each.turn.is_waiting] + ordered


def _time_left(floor, sittings, at):
    """The floor time of the list in each of its `sittings` from the last act on."""
    heard, slots = floor.meeting.speakers_list, hours.timed_slots(floor.meeting)
    last = [moment for each in floor.everyone for moment in (each.turn.called_at, each.turn.ended_at) if moment]
    begun = [each.starts_at for each in floor.sittings if each.starts_at <= at]
    from_at = max([*last, *begun[-1:]], default=hours.floor_opens_at(heard, slots))
    return plan.times_of(sittings, hours.time_of(heard, slots, from_at))


def _taken(floor):
    """What the statement under way is likely to take, from its call on."""
    return floor.current.limit * turns.FACTOR_AT_FIRST if floor.current else turns.NOTHING


def sitting_to_come(standing: Any, floor: Any, at: datetime) -> Any | None:
    """The sitting to which `standing` is fixed, if it has not begun at the moment `at`; otherwise None."""
    entry = standing.turn
    fixed_to = entry.inscription.fixed_sitting_id if entry.inscription else None
    return next((each for each in floor.sittings if each.pk == fixed_to and at < each.starts_at), None)
