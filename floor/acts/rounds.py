"""Rounds: after every so many speakers the members of the panel reply, each with a clock of their own.  R-70"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from dialogue.models import Meeting, ProgrammePerson, ProgrammeSlot
from floor.acts import acting
from floor.acts.acting import FloorRefused
from floor.models import Turn
from floor.standings import Floor
from journal.actors import Actor

# What counts towards a round: statements from the list, outside it, and from the open floor.
COUNTED = {Turn.Kind.LISTED, Turn.Kind.INSERTED, Turn.Kind.OPEN_FLOOR}
BEGUN = {Turn.State.SPEAKING, Turn.State.DELIVERED}


def set_rounds(
    meeting: Meeting, *, speakers_per_round: int | None, panel_slot: ProgrammeSlot | None, by: Actor, at: datetime
) -> None:
    """Let the panel of `panel_slot` reply after every so many speakers; None for no rounds. Journals what changed.

    Raises `FloorRefused` if there are rounds without a panel, or a panel of another meeting.
    """
    if speakers_per_round and panel_slot is None:
        raise FloorRefused(_("Choose the panel that replies."), "panel_slot")

    with acting.on_the_floor(meeting, at=at) as floor:
        if panel_slot is not None and panel_slot.meeting_id != floor.meeting.pk:
            raise FloorRefused(_("Choose a slot of this meeting’s programme."), "panel_slot")
        room = floor.room
        if (room.speakers_per_round, room.panel_slot_id) == (speakers_per_round, panel_slot and panel_slot.pk):
            return
        room.panel_slot = panel_slot
        room.save(update_fields=["panel_slot"])
        reason = panel_slot.title if panel_slot else ""
        acting.keep_room(room, "rounds set", by=by, at=at, reason=reason, speakers_per_round=speakers_per_round)


def give_panel_the_floor(meeting: Meeting, *, by: Actor, at: datetime) -> list[Turn]:
    """Let each member of the panel reply next, in the order of the programme; return the waiting turns. Journals each.

    Raises `FloorRefused` if the panel is replying already, or if no panel with persons is chosen.
    """
    with acting.on_the_floor(meeting, at=at) as floor:
        acting.needs_meeting(floor)
        if is_replying(floor):
            raise FloorRefused(_("The panel is replying already."))
        members = list(members_of(floor.room.panel_slot))
        if not members:
            raise FloorRefused(_("Choose a slot of the programme with the members of the panel first."))
        turns = [_turn_of(member, floor.meeting) for member in members]
        for turn in turns:
            acting.keep(turn, "panel asked to reply", by=by, at=at, asked_at=at, taken_at=at)
        return turns


def members_of(slot: ProgrammeSlot | None) -> Iterable[ProgrammePerson]:
    """The members of the panel: the persons of the `slot` in its order, without its moderator or video messages."""
    return slot.persons.filter(is_moderator=False, by_video=False) if slot else ()


def heard_in_this_round(floor: Floor) -> int:
    """How many statements have been made, or are being made, since the panel last replied."""
    replied_at = max((each.turn.asked_at for each in floor.panel if each.turn.asked_at), default=None)
    begun = [each.turn.began_at for each in floor.everyone if each.turn.kind in COUNTED and each.turn.state in BEGUN]
    return sum(began_at is not None and (replied_at is None or began_at > replied_at) for began_at in begun)


def is_due(floor: Floor) -> bool:
    """Is it the panel's turn to reply?"""
    n = floor.room.speakers_per_round
    return n is not None and not is_replying(floor) and heard_in_this_round(floor) >= n


def is_replying(floor: Floor) -> bool:
    """Does a member of the panel wait, or have the floor?"""
    return any(each.turn.is_waiting or each.turn.has_the_floor for each in floor.panel)


def _turn_of(member, meeting):
    """The turn of a `member`; a printed name may carry its form of address and is kept as it is."""
    return Turn(meeting=meeting, kind=Turn.Kind.PANEL, speaker_name=member.name, speaker_title=str(member.role)[:200])
