"""What became of the requests for tickets: a funnel, and beside it those who left it.  R-46 R-48"""

from collections import Counter
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registration.models import Representative
from registration.models.representative import LET_IN, State
from secretariat.figures import bars
from speakers.models import Delegation

# The steps after the decision; a representative in one of these states has come so far, or further.
AFTER = [State.APPROVED, State.ON_MANIFEST, State.COLLECTED, State.HANDED_OVER]
# The states of those who are not on their way to a ticket.
BESIDE = [State.WAITLISTED, State.DECLINED, State.CANCELLED, State.EXPIRED, State.NO_SHOW]


@dataclass(frozen=True)
class Step:
    """A step with how many came so `far`, or further, and how many are there `now`."""

    label: str
    far: int
    now: int
    pieces: list[bars.Piece]


@dataclass(frozen=True)
class Region:
    """The representatives of organizations in the States of one region: how many asked, are approved, and came."""

    label: str
    asked: int
    approved: int
    came: int
    pieces: list[bars.Piece]


@dataclass(frozen=True)
class Tickets:
    """The figures of the tickets of one meeting; all count representatives."""

    steps: list[Step]
    beside: list[Step]
    regions: list[Region]


def of_meeting(meeting_id: int) -> Tickets:
    """The `Tickets` of the meeting with that key (one statement)."""
    facts = ("state", "confirmed_at", "request__organization__country__regional_group")
    found = list(Representative.objects.filter(meeting=meeting_id).order_by().values_list(*facts))
    now = Counter(State(state) for state, _at, _region in found)
    confirmed = sum(at is not None for _state, at, _region in found)
    return Tickets(_steps(now, confirmed), _beside(now), _regions([row for row in found if row[1]]))


def _steps(now, confirmed):
    """The funnel. A later step counts for those before it; who did not come had been approved."""
    asked = now.total()
    far = {State.SUBMITTED: asked, State.CONFIRMED: confirmed}
    far |= {State.APPROVED: sum(now[each] for each in LET_IN)}
    far |= {state: sum(now[each] for each in AFTER[at:]) for at, state in enumerate(AFTER) if at}
    labels = {State.SUBMITTED: _("Requested"), State.CONFIRMED: _("Address confirmed")}
    return [
        Step(labels.get(state) or capfirst(str(state.label)), count, now[state], bars.in_the_middle(count, asked))
        for state, count in far.items()
    ]


def _beside(now):
    asked = now.total()
    return [
        Step(capfirst(str(state.label)), now[state], now[state], bars.from_the_start({"whole": now[state]}, asked))
        for state in BESIDE
    ]


def _regions(found):
    """By the region of the State in which an organization is based, those alone who confirmed their address."""
    labels = dict(Delegation.RegionalGroup.choices) | {None: _("no single State")}
    of_region = {value: [state for state, _at, region in found if region == value] for value in labels}
    longest = max(map(len, of_region.values()))
    rows = []
    for value, states in of_region.items():
        approved, came = sum(each in LET_IN for each in states), states.count(State.HANDED_OVER)
        pieces = bars.from_the_start({"frame": len(states), "whole": approved, "part": came}, longest)
        rows += [Region(capfirst(str(labels[value])), len(states), approved, came, pieces)] if states else []
    return rows
