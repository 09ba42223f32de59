"""The public state of the floor, as plain values: the one source of display, phone page and console.  R-29 R-35

Nothing here is for staff alone: no contact, no note, and a speaker's name only if the meeting shows names.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from dialogue import moments
from dialogue.models import Meeting
from floor import standings
from floor.clock import timing
from floor.models import Turn

# How many of those waiting are shown.
NEXT = 5


def state_of(meeting: Meeting, at: datetime) -> dict[str, Any]:
    """The floor of `meeting` at its moment `at` (see `Meeting.moment`) as a dict that JSON can carry.  R-29

    `version` rises with each act; `now` is the server's clock, from which a page computes its offset; every moment is
    ISO 8601 in UTC and every duration a number of seconds; if the meeting has several lists, `list` is the name of the
    one that the room hears (R-62). Names are in the active language. Takes three queries whatever the number of
    entries, besides those that found the meeting; a page reads its floor by `standings.read_published`, in three
    altogether.
    """
    return of_floor(standings.read(meeting), at)


def of_floor(floor: standings.Floor, at: datetime) -> dict[str, Any]:
    """The public state of a `Floor` that has already been read; see `state_of`."""
    following = floor.shared(("following", get_language()), lambda: _following(floor))
    current = has_the_floor(floor)
    return {
        "meeting": floor.meeting.slug,
        **({"list": floor.meeting.speakers_list.name} if floor.is_one_of_several else {}),
        "version": floor.version,
        "now": moment(at),
        "state": condition(floor, at),
        **message(floor, at),
        "open_floor": of_open_floor(floor),
        "sitting": sitting(floor, at),
        "current": speaking(current, at, shows_names=floor.meeting.speakers_list.shows_speaker_names)
        | {"interrupted_by": interruption(floor)}
        if current
        else None,
        **following,
    }


def has_the_floor(floor: standings.Floor) -> standings.Standing | None:
    """Who has the floor, if anyone."""
    return floor.shared("current", lambda: floor.current)


def _following(floor):
    """Who follows, and how many there are of each kind: the same until the next act."""
    waiting = floor.waiting
    return {
        "next": [brief(each, shows_names=floor.meeting.speakers_list.shows_speaker_names) for each in waiting[:NEXT]],
        "counts": {
            "waiting": len(waiting),
            "delivered": floor.count(Turn.State.DELIVERED),
            "not_delivered": floor.count(Turn.State.NOT_DELIVERED),
            "not_reached": floor.count(Turn.State.NOT_REACHED),
            "total": len(floor.listed),
        },
    }


def steady(state: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The part of a `state` that only acts change: without the clock, and without the running times that follow it."""
    current = state.get("current")
    kept = {name: value for name, value in state.items() if name not in {"now", "current"}}
    running = {"elapsed_seconds", "left_seconds", "colour"}
    return kept, {name: value for name, value in current.items() if name not in running} if current else None


def condition(floor: standings.Floor, at: datetime) -> str:
    """One word: "awaited" before the meeting, "sitting", "break" between sittings, "suspended", "concluded", "over"."""
    if floor.room.concluded_at:
        return "concluded"
    if floor.room.suspended_at:
        return "suspended"
    if any(each.starts_at <= at < each.ends_at for each in floor.sittings) or has_the_floor(floor):
        return "sitting"
    return "awaited" if at < floor.meeting.starts_at else "break" if at < floor.meeting.ends_at else "over"


def message(floor: standings.Floor, at: datetime) -> dict[str, str | None]:
    """The message on the screens at the moment `at`, and until when it is shown; None until it is taken down."""
    words = floor.room.message_at(at)
    return {"message": words, "message_until": moment(floor.room.message_until) if words else None}


def interruption(floor: standings.Floor) -> dict[str, str] | None:
    """Why the clock is paused: its `ground`, and the name of the delegation that raised a point of order.  R-39"""
    found = floor.interruption
    return {"ground": found.ground, "raised_by": str(found.delegation or found.raised_by)} if found else None


def of_open_floor(floor: standings.Floor) -> dict[str, Any]:
    """How many are `asking` for the floor, and whether more may (`state`), in one word.  R-70

    The word is "open", or "muted" while no more requests are taken for now, or "closed".
    """
    is_open = floor.room.floor_opened_at and not floor.room.concluded_at
    word = "closed" if not is_open else "muted" if floor.room.is_muted else "open"
    return {"state": word, "asking": len(floor.queue)}


def sitting(floor: standings.Floor, at: datetime) -> dict[str, str | None] | None:
    """The part, start and end of the sitting held at the moment `at`, or of the next one; None after the last.  R-37

    `ends_in_words` is in the meeting's zone, for the screens, with its day where the meeting has several.  R-64
    """
    held = next((each for each in floor.sittings if at < each.ends_at), None)
    if held is None:
        return None
    return floor.shared(("sitting", held.pk, get_language()), lambda: _in_words(held, floor))


def _in_words(held, floor):
    return {
        "part": str(held),
        "starts_at": moment(held.starts_at),
        "ends_at": moment(held.ends_at),
        "ends_in_words": moments.clock_in_words(held.ends_at, floor.meeting),
    }


def brief(standing: standings.Standing, *, shows_names: bool) -> dict[str, Any]:
    """One waiting turn: place, name, group, who joined, by video, level, presence, kind; persons if names are shown.

    For a person outside the list, who speaks for no delegation, the name is the person's.
    """
    turn = standing.turn
    return {
        "place": standing.number,
        "name": turn.name,
        "group": turn.group,
        "joined": turn.joined,
        "by_video": turn.is_by_video,
        "presented_by": turn.presenter if shows_names else "",
        "level": str(turn.inscription.level) if turn.inscription else "",
        "speaker": person(turn) if shows_names and turn.of else "",
        "title": turn.who.speaker_title if shows_names or turn.of is None else "",
        "kind": turn.kind,
        "reply_no": turn.reply_no,
        "is_present": turn.present_at is not None,
    }


def speaking(standing: standings.Standing, at: datetime, *, shows_names: bool) -> dict[str, Any]:
    """The turn that has the floor, with its clock: start, pauses, limit, and the time left at `at`.  R-35 R-36"""
    turn = standing.turn
    remaining = timing.left(turn, standing.limit, at)
    return brief(standing, shows_names=shows_names) | {
        "id": turn.identity,
        "state": turn.state,
        "called_at": moment(turn.called_at),
        "began_at": moment(turn.began_at),
        "paused_at": moment(turn.paused_at),
        "paused_seconds": turn.paused_for.total_seconds(),
        "limit_seconds": standing.limit.total_seconds(),
        "elapsed_seconds": timing.elapsed(turn, at).total_seconds(),
        "left_seconds": remaining.total_seconds(),
        "colour": timing.colour(remaining),
    }


def person(turn: Turn) -> str:
    """The speaker as announced, or empty while to be confirmed."""
    who = turn.who
    return f"{who.speaker_prefix} {who.speaker_name}".strip() if who.speaker_name else ""


def moment(at: datetime | None) -> str | None:
    """The moment `at` as ISO 8601, or None."""
    return at.isoformat() if at else None
