"""What waits for an answer of a person: swaps, joint statements, speakers to be confirmed, texts.  R-14 R-26

A text waits from 24 hours before the turn is likely, when the delegation is also asked who will speak.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from dialogue.models import Meeting
from speakers.mail.reminding import BEFORE_THE_MEETING
from speakers.mission import own_rows
from speakers.mission.mission import Mission, OwnList
from speakers.models import Joining, SpeakersList, SwapProposal
from speakers.models.swap import LIFETIME


@dataclass(frozen=True)
class Waiting:
    """One thing that waits, in `words`, for the list it concerns; answered at `address`, by `until` if that is set.

    `is_asked` says that another delegation waits for it.
    """

    words: str
    speakers_list: SpeakersList
    address: str
    until: datetime | None = None
    is_asked: bool = False

    @property
    def meeting(self) -> Meeting:
        return self.speakers_list.meeting


def of(mission: Mission) -> list[Waiting]:
    """What waits at all meetings of the `mission`: first what another delegation waits for, then meeting by meeting."""
    lists = [each for found in mission.meetings for each in found.lists]
    waits = [each for found in lists for each in _on_list(found)]
    return sorted(waits, key=lambda each: not each.is_asked)


def _on_list(found: OwnList) -> Iterator[Waiting]:
    for place in found.places:
        yield from _swaps(found, place)
    yield from _joinings(found)
    for place in found.places:
        yield from _of_entry(found, place)


def _swaps(found, place):
    for row in place.swaps:
        if row.kind == own_rows.SWAP_TO and row.state == SwapProposal.State.PROPOSED:
            words = _("%(other)s proposes to %(delegation)s to exchange places.")
            facts = {"other": row.other, "delegation": row.name}
            until = row.at + LIFETIME
            yield Waiting(words % facts, found.speakers_list, _receipt(found, place), until, is_asked=True)


def _joinings(found):
    for row in found.joinings:
        if row.state == Joining.State.ASKED:
            words = _("%(other)s asks %(delegation)s to join its statement.")
            address = reverse("speakers:joining", args=[*found.speakers_list.address, row.public_id])
            facts = {"other": row.other, "delegation": row.name}
            yield Waiting(words % facts, found.speakers_list, address, is_asked=True)


def _of_entry(found, place):
    entry, facts = place.entry, {"delegation": place.entry.delegation}
    if entry.awaits_speaker:
        address = reverse("speakers:change_speaker", args=[*found.speakers_list.address, entry.public_id])
        words = _("The speaker of %(delegation)s is to be confirmed.")
        yield Waiting(words % facts, found.speakers_list, address)
    if entry.awaits_text and found.state.at >= place.speaks_at - BEFORE_THE_MEETING:
        address = reverse("floor:hand_in", args=[found.speakers_list.meeting.slug, entry.public_id])
        words = _("The text of the statement of %(delegation)s can be handed in.")
        yield Waiting(words % facts, found.speakers_list, address)


def _receipt(found, place):
    return reverse("speakers:receipt", args=[*found.speakers_list.address, place.entry.public_id])
