"""Which swaps are possible between two entries of a list, and why others are not.  R-26 R-68

An `Offer` looks at the whole list from one entry. The page that offers swaps and the acts that carry them out ask it
the same questions; each answer is a translated sentence, or empty if nothing prevents the swap.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speakers.models import Inscription, SpeakersList, SwapProposal
from speakers.moves import drawing, previewing
from speakers.order import policies, precedence

# How many of the next entries to be called can no longer swap.  R-26
NEXT = 2
# How many swaps one entry may propose within 24 hours: each is mailed to the other side.  R-60
PROPOSALS_A_DAY = 5
DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Choice:
    """One other entry as a choice: its `place`, why not (or empty), and whether staff must allow it."""

    place: precedence.Place
    why_not: str
    needs_leave: bool


@dataclass(frozen=True)
class Offer:
    """The swaps of the entry `own` (a primary key) at the meeting's moment `at`."""

    own: int
    # Every place on the list, in speaking order, keyed by the entry's primary key.
    places: dict[int, precedence.Place]
    next_called: frozenset[int]
    # All proposals of the meeting that are open, taking the clock into account.
    proposals: list[SwapProposal]
    proposed_lately: int
    is_over: bool
    draw_is_awaited: bool

    @classmethod
    def of(cls, speakers_list: SpeakersList, own: int, *, at: datetime) -> "Offer":
        """The offer for the entry `own` of `speakers_list` at its meeting's moment `at` (five statements at most)."""
        places = {place.inscription.pk: place for place in precedence.speaking_order(speakers_list)}
        for place in places.values():
            place.inscription.speakers_list = speakers_list
        waiting = [pk for pk, place in places.items() if not place.inscription.is_called]
        return cls(
            own=own,
            places=places,
            next_called=frozenset(waiting[:NEXT]),
            proposals=[proposal for proposal in speakers_list.swaps.open() if proposal.is_open_at(at)],
            proposed_lately=speakers_list.swaps.filter(proposer=own, proposed_at__gt=at - DAY).count(),
            is_over=at >= speakers_list.meeting.ends_at,
            draw_is_awaited=drawing.is_awaited(speakers_list),
        )

    def entry(self, pk: int) -> Inscription:
        """The entry `pk` as it is now."""
        return self.places[pk].inscription

    def choices(self) -> list[Choice]:
        """Every other entry of the list as a `Choice`, in speaking order."""
        return [
            Choice(place, self.why_not(pk), self.is_across_classes(pk))
            for pk, place in self.places.items()
            if pk != self.own
        ]

    def why_not_propose(self) -> str:
        """Why `own` cannot propose any swap now; empty if it can."""
        if why := self.why_not_at_all() or self.why_bound(self.own):
            return why
        if any(proposal.proposer_id == self.own for proposal in self.proposals):
            return _("Your delegation has proposed a swap that is still open. Take it back first.")
        if self.proposed_lately >= PROPOSALS_A_DAY:
            words = ngettext(
                "Your delegation has proposed %(count)d swap within 24 hours, the most allowed.",
                "Your delegation has proposed %(count)d swaps within 24 hours, the most allowed.",
                self.proposed_lately,
            )
            return words % {"count": self.proposed_lately}
        return ""

    def why_not_at_all(self) -> str:
        """Why `own` cannot swap with any entry; empty if it can."""
        if self.is_over:
            return _("The meeting is over.")
        if self.draw_is_awaited:
            return _("The draw that decides the order has not been held yet.")
        return self._why_not_move(self.own)

    def why_not_with(self, pk: int) -> str:
        """Why `own` cannot swap with the entry `pk`."""
        if pk == self.own:
            return _("A delegation cannot swap with itself.")
        if pk in self.places and self.places[pk].band != self.places[self.own].band:
            return _("It is in another part of the list; swaps are possible only within one part.")
        return self._why_not_move(pk)

    def why_not(self, pk: int) -> str:
        """Why a swap with the entry `pk` cannot be proposed."""
        return self.why_not_with(pk) or self.why_bound(pk)

    def is_across_classes(self, pk: int) -> bool:
        """Do the two stand in different classes, so that staff must allow it for a reason?"""
        if pk not in self.places or self.own not in self.places:
            return False
        own, other = self.entry(self.own), self.entry(pk)
        return policies.standing_class(own) != policies.standing_class(other)

    def preview(self, pk: int, *, for_good: str, is_asked: bool = False) -> previewing.Preview:
        """Where both would go by a swap with the entry `pk`, which comes first if it `is_asked`.  R-68

        `for_good` says what of it cannot be taken back.
        """
        one, other = (pk, self.own) if is_asked else (self.own, pk)
        numbers = {key: self.places[key].number for key in (one, other)}
        words = [_("No other delegation moves."), for_good]
        return previewing.exchange(self.entry(one), self.entry(other), numbers, consequences=words)

    def why_bound(self, pk: int) -> str:
        """Why the entry `pk` cannot agree to a swap now, although one may be possible."""
        bound = [proposal for proposal in self.proposals if proposal.state == SwapProposal.State.ACCEPTED]
        if any(pk in (proposal.proposer_id, proposal.partner_id) for proposal in bound):
            return _("It has agreed to another swap, which waits for the secretariat.")
        return ""

    def _why_not_move(self, pk):
        """Why the entry `pk` cannot change its turn at all; empty if it can."""
        if pk not in self.places:
            return _("It holds no place on this list.")
        entry = self.entry(pk)
        if entry.is_called:
            return _("It has already been called to the floor.")
        if pk in self.next_called:
            return _("It is among the next two to be called.")
        if entry.is_pinned:
            return _("Its place was set by the secretariat.")
        return ""
