"""What decisions would become, foreseen for each person from the seats and the states; nothing is stored.  R-47 R-50

A page shows a `Preview` and sends back what it has `shown`. `deciding` compares that under the lock of the terms and
carries out exactly these outcomes, so that no one confirms other outcomes than those that were read.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import cast

from django.utils.translation import gettext as _

from registration.decisions import outcome_words
from registration.models import Representative, Ticketing
from registration.models.representative import State
from registration.requests import waiting

UNDECIDED = [State.CONFIRMED, State.WAITLISTED]


class Kind(StrEnum):
    """How a decision ends for one person: in a new state, left as it was on purpose, or refused."""

    APPROVED = "approved"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    SELECTED = "selected"
    THANKED = "thanked"
    LEFT = "left"
    REFUSED = "refused"


@dataclass(frozen=True)
class Words:
    """Staff's own words for each outcome; they are added to the mails of that outcome alone."""

    approved: str = ""
    waitlisted: str = ""
    declined: str = ""


@dataclass(frozen=True)
class Outcome:
    """How a decision ends for `person`; `refusal` says why it is not carried out, if it is not."""

    person: Representative
    kind: Kind
    refusal: str = ""


@dataclass(frozen=True)
class Preview:
    """The `outcomes` of a decision in their order, and to whom free seats are `offered` at once because of it."""

    outcomes: Sequence[Outcome]
    offered: Sequence[Representative] = ()

    def people(self, kind: Kind) -> list[Representative]:
        """Those for whom it ends in `kind`, in order."""
        return [outcome.person for outcome in self.outcomes if outcome.kind == kind]

    @property
    def refusals(self) -> list[str]:
        """Why it is not carried out for some, a sentence for each."""
        return [outcome.refusal for outcome in self.outcomes if outcome.kind == Kind.REFUSED]

    @property
    def sentences(self) -> list[str]:
        """Everything the person reads before confirming."""
        return outcome_words.foreseen(self)

    @property
    def shown(self) -> str:
        """All outcomes as a page sends them back."""
        facts = [f"{outcome.person.pk} {outcome.kind}" for outcome in self.outcomes]
        facts += [f"{person.pk} offered" for person in self.offered]
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:32]


def foresee(wishes: Sequence[tuple[Representative, State | None]], ticketing: Ticketing, *, at: datetime) -> Preview:
    """The `Preview` of bringing each person of `wishes` into the state beside it, in this order (two statements).

    A person whose wish is None is left as it is. `at` is the meeting's moment: close to the meeting no seat is offered.
    """
    queue = waiting.queue(ticketing)[: ticketing.capacity + len(wishes)]
    room = _Room(
        ticketing.capacity, ticketing.offers_by_itself, ticketing.seats_held(), {each.pk: each for each in queue}
    )
    outcomes = [RULES[state](person, room) if state else Outcome(person, Kind.LEFT) for person, state in wishes]
    is_offered = room.is_offered and waiting.offers_seats(ticketing, at=at)
    return Preview(outcomes, room.next_in_line() if is_offered else [])


@dataclass
class _Room:
    """The seats and the waiting list as they are after the decisions so far.

    `queue` holds those who wait without an offer, by their primary keys; `is_offered` turns true once a decision offers
    the free seats to them.
    """

    capacity: int
    offers_by_itself: bool
    held: int
    queue: dict[int, Representative]
    is_offered: bool = field(default=False)

    @property
    def left(self) -> int:
        return max(0, self.capacity - self.held)

    def next_in_line(self) -> list[Representative]:
        return sorted(self.queue.values(), key=lambda person: cast(int, person.turn))[: self.left]

    def wait(self, person: Representative) -> None:
        """Let `person` wait; a seat that was held while under review again is offered to the next in line."""
        self.held -= person.holds_seat
        self.is_offered |= person.holds_seat
        if person.lapsed_offers < waiting.OFFERS:
            self.queue[person.pk] = person

    def leave(self, person: Representative) -> None:
        """Take `person` off the waiting list."""
        self.queue.pop(person.pk, None)


def _approved(person, room):
    if refusal := _nothing_to_decide(person, UNDECIDED):
        return Outcome(person, Kind.REFUSED, refusal)
    if person.holds_seat or room.left:
        room.held += not person.holds_seat
        room.leave(person)
        return Outcome(person, Kind.APPROVED)
    if person.state == State.WAITLISTED:
        words = _("No seat is free: %(name)s stays on the waiting list.") % {"name": person}
        return Outcome(person, Kind.REFUSED, words)
    room.wait(person)
    return Outcome(person, Kind.WAITLISTED)


def _waitlisted(person, room):
    refusal = _nothing_to_decide(person, UNDECIDED)
    if not refusal and person.state == State.WAITLISTED:
        refusal = _("%(name)s is already on the waiting list.") % {"name": person}
    if not refusal and room.offers_by_itself and room.left and not room.queue:
        words = _("Seats are free, and would be offered to %(name)s at once. Approve, or stop the offers first.")
        refusal = words % {"name": person}
    if refusal:
        return Outcome(person, Kind.REFUSED, refusal)
    room.wait(person)
    return Outcome(person, Kind.WAITLISTED)


def _declined(person, room):
    refusal = _nothing_to_decide(person, [*UNDECIDED, State.APPROVED])
    if not refusal and person.selection == person.Selection.SELECTED:
        words = _("%(name)s is selected to speak. Take the selection back first.")
        refusal = words % {"name": person}
    if refusal:
        return Outcome(person, Kind.REFUSED, refusal)
    room.held -= person.holds_seat
    room.is_offered = True
    room.leave(person)
    return Outcome(person, Kind.DECLINED)


def _nothing_to_decide(person, states):
    """Why no decision may be taken on `person`, which is in none of the `states`; empty if it may."""
    if person.state in states:
        return ""
    words = _("%(name)s is %(state)s: there is nothing to decide.")
    return words % {"name": person, "state": person.get_state_display()}


RULES: dict[State, Callable[[Representative, _Room], Outcome]] = {
    State.APPROVED: _approved,
    State.WAITLISTED: _waitlisted,
    State.DECLINED: _declined,
}
