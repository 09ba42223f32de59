"""What every act in the room goes through: the meeting's lock, one transaction, the journal.  R-33 R-58"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from acts.locking import locked
from acts.refusals import Refusal
from dialogue.models import Meeting
from floor import standings
from floor.forecast import live_forecast
from floor.mail import alerting
from floor.models import Room, Turn
from journal import recording
from journal.actors import Actor
from journal.models import Entry
from speakers.models import Delegation, DelegationPlace, SpeakersList

KEPT = ["state", "absences", "present_at", "own_limit", "limit", "called_at", "began_at", "ended_at", "paused_at"]
KEPT += ["paused_for", "place_before", "asked_at", "taken_at"]


class FloorRefused(Refusal):
    """The act is not possible in the present state of the room; the words say why. Nothing was changed."""


@contextmanager
def on_the_floor(meeting: Meeting, *, at: datetime) -> Iterator[standings.Floor]:
    """Lock the list that the room hears for the body of a `with`, an act at the moment `at`, which gets the `Floor`.

    The `Floor` is read under the lock, so that no two acts decide on the same state (R-33); its room is stored. Entries
    that the act brings near their turn are alerted in the same transaction (R-45), and the list knows the pace that
    the room has shown (R-42). Raises `FloorRefused` if another
    list was chosen while it waited (R-62).
    """
    with locked(standings.heard(meeting)) as speakers_list:
        floor = standings.read(speakers_list.meeting)
        if floor.meeting.speakers_list != speakers_list:
            raise FloorRefused(_("The room hears another list now. Check the page, then act."))
        if floor.room.pk is None:
            floor.room.save(force_insert=True)
        waited = _who_waits(floor)
        yield floor
        if _who_waits(floor) != waited:
            alerting.alert(standings.read(meeting), at=at)
        _note_pace(floor, speakers_list)


def _who_waits(floor):
    """The identities of the waiting turns, in order: if they did not change, no entry has come nearer to its turn."""
    return [standing.turn.identity for standing in floor.waiting]


def _note_pace(floor, speakers_list):
    pace = live_forecast.pace_of(floor)
    if pace != speakers_list.pace:
        SpeakersList.objects.filter(pk=speakers_list.pk).update(pace=pace)


def expect(floor: standings.Floor, expected: str) -> None:
    """Raise `FloorRefused` unless the turn last called is the one that the officer saw, named `expected`.  R-33

    `expected` is the `identity` of a turn or, if no one had been called yet, the short name of the list that the room
    heard: empty for the main one. So a press that was meant for another list is refused.  R-62
    """
    pointer = pointed_at(floor)
    if (expected or "") == (pointer.turn.identity if pointer else floor.meeting.hears):
        return
    if pointer is None:
        raise FloorRefused(_("No speaker has been called yet. Check the page, then act."))
    raise FloorRefused(
        _("Someone else acted first: %(name)s has been called. Check the page, then act.") % {"name": pointer.turn}
    )


def pointed_at(floor: standings.Floor) -> standings.Standing | None:
    """The standing of the turn last called, or None.  R-37"""
    pk = floor.room.pointer_id
    return next((standing for standing in floor.everyone if pk is not None and standing.turn.pk == pk), None)


def point_at(room: Room, turn: Turn) -> None:
    """Note on the locked floor that `turn` was called last, after the one that `room` points at now.  R-34"""
    if room.pointer_id:
        room.called_before = [*(room.called_before or []), room.pointer_id]
    room.pointer = turn
    room.save(update_fields=["pointer", "called_before"])


def point_back(room: Room) -> None:
    """Note on the locked floor that the last call of `room` was undone: the one before it is the last again.  R-34"""
    *before, last = room.called_before or [None]
    room.called_before, room.pointer_id = before, last
    room.save(update_fields=["pointer", "called_before"])


def place_of(delegation: Delegation, speakers_list: SpeakersList) -> DelegationPlace | None:
    """The place that `delegation` holds on `speakers_list`, as it was fixed when that opened; or None.  R-18 R-61

    One statement; one more before it opens, and for a delegation that is newer than that.
    """
    own = SpeakersList.objects.with_place_of(delegation.code).get(pk=speakers_list.pk)
    return delegation.place_on_list(own)


def needs_meeting(floor: standings.Floor) -> None:
    """Raise `FloorRefused` once the meeting is concluded."""
    if floor.room.concluded_at:
        raise FloorRefused(_("The meeting is concluded."))


def needs_sitting(floor: standings.Floor) -> None:
    """Raise `FloorRefused` while the sitting is suspended or the meeting concluded.  R-37"""
    needs_meeting(floor)
    if floor.room.suspended_at:
        raise FloorRefused(_("The sitting is suspended. Resume it first."))


def keep(
    turn: Turn,
    act: str,
    *,
    by: Actor,
    at: datetime,
    reason: Any = "",
    told: Any = None,
    **changes: Any,
) -> Entry:
    """Store `changes` to `turn` and journal them as `act` at the moment `at`, with what else is `told` of it.

    Of the turn, only what changed is journalled.
    """
    before = {name: getattr(turn, name) for name in KEPT} if turn.pk else dict.fromkeys(KEPT)
    for name, value in changes.items():
        setattr(turn, name, value)
    turn.save()
    after = {name: getattr(turn, name) for name in KEPT}
    changed = [name for name in KEPT if after[name] != before[name]]
    return recording.record(
        act,
        stream=turn.meeting.journal_stream,
        subject=f"turn/{turn.identity}",
        by=by,
        at=at,
        before={name: before[name] for name in changed},
        after={"name": turn, **{name: after[name] for name in changed}, **(told or {})},
        reason=reason,
    )


def keep_room(room: Room, act: str, *, by: Actor, at: datetime, reason: Any = "", **changes: Any) -> Entry:
    """Store `changes` to `room` and journal them as `act`."""
    before = {name: getattr(room, name) for name in changes}
    for name, value in changes.items():
        setattr(room, name, value)
    room.save(update_fields=list(changes))
    return recording.record(
        act,
        stream=room.meeting.journal_stream,
        subject=f"room/{room.meeting.slug}",
        by=by,
        at=at,
        before=before,
        after=changes,
        reason=reason,
    )
