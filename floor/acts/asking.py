"""Asking for the floor, in the order in which the requests arrive; taking one between entries of the list.  R-70"""

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from acts.locking import locked
from dialogue.models import Meeting
from floor import standings
from floor.acts import acting
from floor.acts.acting import FloorRefused
from floor.models import Room, Turn
from journal.actors import Actor
from speakers.models import Delegation, DelegationPlace, SpeakersList


def ask(meeting: Meeting, delegation: Delegation, *, by: Actor, at: datetime, is_by_sign: bool = False) -> Turn:
    """Ask for the floor on behalf of `delegation`, which is in the room; return its waiting turn.  R-03 R-70

    `at` is the meeting's moment at which the request arrived, read before it waited for anything: it decides the order.
    If `is_by_sign`, an officer enters a delegation that raised its sign, which is possible while asking is muted. While
    a request stands, another changes nothing; of two presses, the one that arrived first counts. Journals. Raises
    `FloorRefused`, storing nothing.

    The floor as a whole is not read, so that two hundred who ask at once do not wait for each other long: a request
    brings no entry of the list nearer to its turn.
    """
    try:
        return _ask(meeting, delegation, by=by, at=at, is_by_sign=is_by_sign)
    except IntegrityError:
        # The room changed lists, and another press of the delegation waited for the other list: one request stands.
        if standing := request_of(meeting, delegation):
            return standing
        raise


def _ask(meeting, delegation, *, by, at, is_by_sign):
    with locked(standings.heard(meeting).with_place_of(delegation.code)) as speakers_list:
        room = Room.objects.filter(meeting=meeting).first()
        if standing := request_of(meeting, delegation):
            return _by_its_first_press(standing, by=by, at=at)
        refusal = objection(room, is_by_sign=is_by_sign)
        if refusal := refusal or objection_to_delegation(speakers_list, delegation, is_by_sign=is_by_sign):
            raise FloorRefused(refusal, "delegation")
        turn = Turn(meeting=meeting, kind=Turn.Kind.OPEN_FLOOR, delegation=delegation)
        acting.keep(turn, "sign raised" if is_by_sign else "asked", by=by, at=at, asked_at=at, present_at=at)
        return turn


def withdraw(meeting: Meeting, delegation: Delegation, *, by: Actor, at: datetime) -> Turn | None:
    """Withdraw the request of `delegation` that waits; None if none does, for a second press changes nothing. Journals.

    Raises `FloorRefused` once it has been called.
    """
    with acting.on_the_floor(meeting, at=at) as floor:
        if turn := request_of(floor.meeting, delegation):
            return end(turn, by=by, at=at)
        called = floor.current and floor.current.turn
        if called and called.kind == Turn.Kind.OPEN_FLOOR and called.of == delegation:
            raise FloorRefused(_("You have been called. Please speak to the conference officer in the room."))
        return None


def take_next(meeting: Meeting, identity: str, *, by: Actor, at: datetime) -> Turn:
    """Take the waiting request named `identity` before the next entry of the list, after others so taken. Journals."""
    with acting.on_the_floor(meeting, at=at) as floor:
        turn = _waiting(floor, identity)
        if turn.taken_at is None:
            acting.keep(turn, "taken next", by=by, at=at, taken_at=at)
        return turn


def put_back(meeting: Meeting, identity: str, *, by: Actor, at: datetime) -> Turn:
    """Put a request that was taken next back in its place in the queue. Journals."""
    with acting.on_the_floor(meeting, at=at) as floor:
        turn = _waiting(floor, identity)
        if turn.taken_at is not None:
            acting.keep(turn, "put back", by=by, at=at, taken_at=None)
        return turn


def end(turn: Turn, *, by: Actor, at: datetime) -> Turn:
    """End a waiting request, or a reply of the panel, on the locked floor: it leaves the queue. Journals."""
    acting.keep(turn, "request withdrawn", by=by, at=at, state=Turn.State.WITHDRAWN, taken_at=None)
    return turn


def request_of(meeting: Meeting, delegation: Delegation) -> Turn | None:
    """The one request of `delegation` that waits, or None."""
    return Turn.objects.asking().with_names(meeting).filter(meeting=meeting, delegation=delegation).first()


def objection(room: Room | None, *, is_by_sign: bool = False) -> str | None:
    """Why no one can ask for the floor in this `room` now, in words; None if it is possible."""
    if room is not None and room.concluded_at:
        return _("The meeting is concluded.")
    if room is None or room.floor_opened_at is None:
        return _("The floor is not open: no one can ask for it now.")
    if room.is_muted and not is_by_sign:
        return _("No more requests are taken for now. Those who asked keep their place.")
    return None


def objection_to_delegation(
    speakers_list: SpeakersList, delegation: Delegation, *, is_by_sign: bool = False
) -> str | None:
    """Why `delegation` cannot ask for the floor while `speakers_list` is heard, in words; None if it can.  R-15 R-61

    An organization of civil society is entered by the officer, if the moderator gives it the floor.
    """
    place = delegation.place_on_list(speakers_list)
    if place is None or not delegation.is_active:
        return _("This delegation holds no place on the date of the meeting.")
    if place.category == DelegationPlace.Category.CIVIL_SOCIETY and not is_by_sign:
        return _("Please raise your sign: the conference officer enters organizations of civil society.")
    return None


def _by_its_first_press(standing, *, by, at):
    """The `standing` request, which another press that arrived before it, and had to wait longer, moves forward."""
    if standing.asked_at > at:
        acting.keep(standing, "asked earlier", by=by, at=at, asked_at=at)
    return standing


def _waiting(floor, identity):
    """The waiting request named `identity`."""
    acting.needs_meeting(floor)
    found = floor.find(identity)
    if found is None or not found.turn.is_waiting or found.turn.kind != Turn.Kind.OPEN_FLOOR:
        raise FloorRefused(_("This request for the floor no longer waits."))
    return found.turn
