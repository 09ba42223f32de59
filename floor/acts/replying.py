"""The right of reply: a separate queue at the end of the day, two for each State, none for organizations.  R-39"""

from datetime import datetime

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from floor.acts import acting
from floor.acts.acting import FloorRefused
from floor.models import Turn
from floor.standings import Floor
from journal.actors import Actor
from speakers.models import Delegation, DelegationPlace

STATES = {DelegationPlace.Category.MEMBER_STATE, DelegationPlace.Category.OBSERVER_STATE}


def ask_to_reply(
    meeting: Meeting,
    delegation: Delegation,
    *,
    prefix: str = "",
    name: str = "",
    title: str = "",
    by: Actor,
    at: datetime,
) -> Turn:
    """Put `delegation` at the end of the queue of replies: its first (ten minutes) or its second (five).  R-39

    Journals. Raises `FloorRefused` if replies are switched off, for an organization, and for a third reply.
    """
    with acting.on_the_floor(meeting, at=at) as floor:
        acting.needs_meeting(floor)
        if reason := objection(floor, delegation):
            raise FloorRefused(reason, "delegation")
        taken = [each.turn.reply_no for each in _replies_of(floor, delegation)]
        turn = Turn(
            meeting=floor.meeting,
            kind=Turn.Kind.REPLY,
            delegation=delegation,
            reply_no=1 if 1 not in taken else 2,
            speaker_prefix=prefix.strip(),
            speaker_name=name.strip(),
            speaker_title=title.strip(),
        )
        acting.keep(turn, "asked to reply", by=by, at=at)
        return turn


def objection(floor: Floor, delegation: Delegation) -> str | None:
    """Why `delegation` has no (further) right of reply on this `floor`, in words; None if it has one."""
    if not floor.room.allows_replies:
        return _("The right of reply is switched off for this meeting.")
    place = acting.place_of(delegation, floor.meeting.speakers_list)
    if place is None or place.category not in STATES:
        return _("Only States have a right of reply.")
    if len(_replies_of(floor, delegation)) >= 2:
        return _("%(delegation)s has already asked for both its replies.") % {"delegation": delegation}
    return None


def _replies_of(floor, delegation):
    """The replies of `delegation` that are waiting or were made; a reply that was removed leaves its number free."""
    kept = [each for each in floor.replies if each.turn.state != Turn.State.NOT_DELIVERED]
    return [each for each in kept if each.turn.delegation_id == delegation.pk]
