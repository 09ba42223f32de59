"""The record of a meeting: who spoke, when, how long, who was absent, replies; one form for page, paper and machines.

It is for staff only, because it shows absences and overtime.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from dialogue.models import Meeting
from floor import standings
from floor.clock import suspensions, timing
from floor.models import Interruption, Turn
from floor.record import sittings
from floor.state import person
from speakers.models import name_on

# The name of the format, described by `docs/schema/record-1.json`. The number changes when readers would break.
FORMAT = "record-of-meeting/1"
NOTHING = timedelta(0)
SPOKE = [Turn.State.SPEAKING, Turn.State.DELIVERED]


def of(meeting: Meeting, *, at: datetime) -> dict[str, Any]:
    """The record of `meeting` as at its moment `at`, as plain values: moments ISO 8601 in its zone, times in seconds.

    Statements are in the order in which they began, whichever list of the meeting they are of (R-62). Takes seven
    queries whatever the number of entries; for each further list, three more.
    """
    floor = standings.of_every_list(standings.read(meeting))
    spoke = sorted(
        (each for each in floor.everyone if each.turn.state in SPOKE),
        key=lambda each: cast(datetime, each.turn.began_at),
    )
    held = sittings.of_each(meeting, [(cast(datetime, each.turn.began_at), each.turn.speakers_list) for each in spoke])
    made = enumerate(zip(spoke, held, strict=True), start=1)
    interruptions = Interruption.objects.filter(turn__meeting=meeting).select_related(
        "turn__inscription__delegation", "turn__delegation"
    )
    interruptions = interruptions.annotate(called=name_on(meeting.starts_on, "delegation"))

    def local(moment):
        return moment.astimezone(meeting.zone).isoformat() if moment else None

    return {
        "format": FORMAT,
        "meeting": meeting.slug,
        "title": str(meeting.title),
        "time_zone": meeting.time_zone,
        "as_at": local(at),
        "concluded_at": local(floor.room.concluded_at),
        "statements": [_statement(number, *each, at, local) for number, each in made],
        "not_delivered": _others(floor, Turn.State.NOT_DELIVERED),
        "not_reached": _others(floor, Turn.State.NOT_REACHED),
        "waiting": [_who(each) for each in (*_called(floor), *floor.waiting)],
        "interruptions": [_interruption(each, local) for each in interruptions],
        "suspensions": [
            {"from": local(each.starts_at), "to": local(each.ends_at)} for each in suspensions.suspensions(meeting)
        ],
        "said_about_time": [{"at": local(each.said_at), "words": each.words} for each in meeting.time_remarks.all()],
    }


def _statement(number, standing, sitting, at, local):
    """One statement that was made, or is being made."""
    turn, spoke = standing.turn, timing.elapsed(standing.turn, at)
    return {
        "number": number,
        **_who(standing),
        "sitting": sitting.part if sitting else "",
        **({"sitting_place": place} if (place := str(sitting.place if sitting else "")) else {}),
        "is_over": turn.ended_at is not None,
        "called_at": local(turn.called_at),
        "began_at": local(turn.began_at),
        "ended_at": local(turn.ended_at),
        "spoke_seconds": int(spoke.total_seconds()),
        "paused_seconds": int(turn.paused_for.total_seconds()),
        "limit_seconds": int(turn.limit.total_seconds()),
        "overtime_seconds": int(max(spoke - turn.limit, NOTHING).total_seconds()),
        "has_own_limit": turn.own_limit is not None,
    }


def _who(standing):
    """Whose turn it is or was."""
    turn, place = standing.turn, standing.place
    return {
        "kind": turn.kind,
        **({"list": turn.speakers_list.name} if turn.speakers_list and turn.speakers_list.slug else {}),
        "place": standing.number,
        "name": turn.name,
        "delegation": str(turn.of) if turn.of else "",
        "delegation_code": turn.of.code if turn.of else "",
        "regional_group": turn.of.regional_group if turn.of else "",
        "capacity": turn.inscription.capacity if turn.inscription else "",
        "group": turn.group,
        **({"joined": turn.joined} if turn.joined else {}),
        **({"by_video": True, "presented_by": turn.presenter} if turn.is_by_video else {}),
        "band": place.band if place else "",
        "level": str(turn.inscription.level) if turn.inscription else "",
        "speaker": person(turn),
        "speaker_title": turn.who.speaker_title,
        "reply_no": turn.reply_no,
        "absences": turn.absences,
    }


def _called(floor):
    """The turn that was called and has not begun: the record lists it as waiting."""
    return [floor.current] if floor.current and floor.current.turn.is_called else []


def _others(floor, state):
    return [_who(each) for each in floor.everyone if each.turn.state == state]


def _interruption(interruption, local):
    return {
        "during": interruption.turn.name,
        "ground": interruption.ground,
        "raised_by": str(interruption.called or interruption.raised_by),
        "began_at": local(interruption.began_at),
        "ended_at": local(interruption.ended_at),
    }
