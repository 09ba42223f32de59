"""Pausing a statement's clock and resuming it: points of order and other causes.  R-35 R-39"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

import clock
from dialogue.models import Meeting
from floor.acts import acting
from floor.acts.acting import FloorRefused
from floor.models import Interruption, Turn
from journal.actors import Actor
from speakers.models import Delegation, called_on


def pause(
    meeting: Meeting,
    *,
    expected_current: str,
    by: Actor,
    at: datetime,
    ground: Interruption.Ground = Interruption.Ground.OTHER,
    raised_by: Delegation | None = None,
) -> Turn:
    """Pause the current speaker's clock, on a `ground`; a point of order is logged with who raised it.  R-39

    Raises `FloorRefused` if no one is speaking, if the clock is already paused, if points of order are off, or if it
    was raised by a delegation that holds no place on the date of the meeting.
    """
    with acting.on_the_floor(meeting, at=at) as floor:
        acting.expect(floor, expected_current)
        is_order = ground == Interruption.Ground.POINT_OF_ORDER
        if is_order and not floor.room.allows_points_of_order:
            raise FloorRefused(_("Points of order are switched off for this meeting."))
        if raised_by and acting.place_of(raised_by, floor.meeting.speakers_list) is None:
            raise FloorRefused(_("This delegation holds no place on the date of the meeting."), "raised_by")
        if floor.current is None or not floor.current.turn.is_speaking:
            raise FloorRefused(_("No one is speaking."))
        if floor.current.turn.is_paused:
            raise FloorRefused(_("The clock is already paused."))
        return stop_clock(floor.current.turn, ground=ground, raised_by=raised_by, by=by, at=at)


def stop_clock(
    turn: Turn, *, ground: Interruption.Ground, raised_by: Delegation | None = None, by: Actor, at: datetime
) -> Turn:
    """Pause the clock of the speaking `turn` on the locked floor, and journal the `ground`, and by whom it was raised.

    The name is stored in the language of the site, whatever the officer reads, and in the journal in all.
    """
    name, told = "", {}
    if raised_by:
        [called] = called_on([raised_by], turn.meeting.starts_on)
        told["raised_by"] = getattr(called.short_name, "data", called.short_name)
        with translation.override(settings.LANGUAGE_CODE):
            name = str(called)
    Interruption.objects.create(turn=turn, ground=ground, raised_by=name, delegation=raised_by, began_at=at)
    acting.keep(turn, "paused", by=by, at=at, paused_at=at, reason=Interruption.Ground(ground).label, told=told)
    return turn


def go_on(meeting: Meeting, *, expected_current: str, by: Actor, at: datetime) -> Turn:
    """Resume the current speaker's clock. Raises `FloorRefused` if it is not paused.  R-35"""
    with acting.on_the_floor(meeting, at=at) as floor:
        acting.expect(floor, expected_current)
        acting.needs_sitting(floor)
        if floor.current is None or not floor.current.turn.is_paused:
            raise FloorRefused(_("The clock is not paused."))
        turn = floor.current.turn
        close_interruption(turn, at=at)
        acting.keep(turn, "continued", by=by, at=at, **without_pause(turn, at=at))
        return turn


def without_pause(turn: Turn, *, at: datetime) -> dict[str, Any]:
    """The fields of `turn` that change when its current pause, if any, ends at the moment `at`."""
    if turn.paused_at is None:
        return {}
    return {"paused_at": None, "paused_for": turn.paused_for + max(at - turn.paused_at, timedelta(0))}


def close_interruption(turn: Turn, *, at: datetime) -> None:
    """Note in the log of `turn` that its current interruption, if any, ended at the moment `at`."""
    turn.interruptions.filter(ended_at=None).update(ended_at=clock.no_earlier("began_at", at))
