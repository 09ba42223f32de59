"""The transitions between the states of a representative, and the one way to make them.  R-48"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from journal.actors import Actor
from journal.models import Entry
from registration import records
from registration.models import Representative
from registration.models.representative import LET_IN, State
from registration.refusals import TicketRefused

BEFORE_HAND_OVER = [
    State.SUBMITTED,
    State.CONFIRMED,
    State.APPROVED,
    State.WAITLISTED,
    State.ON_MANIFEST,
    State.COLLECTED,
]
# What may follow each state. Back to `confirmed`: an identity field was amended, or a decision is reconsidered.
NEXT = {
    State.SUBMITTED: [State.CONFIRMED, State.EXPIRED, State.CANCELLED],
    State.CONFIRMED: [State.APPROVED, State.WAITLISTED, State.DECLINED, State.CANCELLED],
    State.WAITLISTED: [State.APPROVED, State.CONFIRMED, State.DECLINED, State.CANCELLED],
    State.APPROVED: [
        *(State.ON_MANIFEST, State.COLLECTED, State.HANDED_OVER, State.NO_SHOW),
        *(State.CONFIRMED, State.WAITLISTED, State.DECLINED, State.CANCELLED),
    ],
    State.ON_MANIFEST: [State.COLLECTED, State.HANDED_OVER, State.NO_SHOW, State.CONFIRMED, State.CANCELLED],
    State.COLLECTED: [State.HANDED_OVER, State.NO_SHOW, State.CANCELLED],
    State.NO_SHOW: [State.HANDED_OVER],
    State.DECLINED: [State.CONFIRMED],
    State.HANDED_OVER: [],
    State.CANCELLED: [],
    State.EXPIRED: [],
}


def may_become(representative: Representative, state: State) -> bool:
    """May `representative` go from its state to `state`? A person not told of a refusal may still cancel.  R-47 R-48"""
    is_untold_end = state == State.CANCELLED and representative.state == State.DECLINED
    return state in NEXT[State(representative.state)] or (is_untold_end and representative.awaits_release)


def move(
    representative: Representative, state: State, *, act: str, by: Actor, at: datetime, reason: str = "", **changes: Any
) -> Entry:
    """Bring `representative` into `state` at the meeting's moment `at`, with other `changes`, and journal `act`.  R-48

    To be called under the lock of its meeting's terms, on a fresh row (`locking.fresh`). Those let in hold a seat and
    those who have ended hold none; in between, `changes` say so. Returns the journal's entry. Raises `TicketRefused`
    if the state cannot follow the present one. The caller is responsible for vouchers.
    """
    if not may_become(representative, state):
        words = _("%(name)s is %(state)s: this cannot be done now.")
        facts = {"name": representative, "state": representative.get_state_display()}
        raise TicketRefused(words % facts)
    holds_seat = state in LET_IN
    changes = {"state": state, "state_since": at, "holds_seat": holds_seat, "offer_ends_at": None} | changes
    return change(representative, act=act, by=by, at=at, reason=reason, **changes)


def change(
    representative: Representative, *, act: str, by: Actor, at: datetime, reason: str = "", **changes: Any
) -> Entry:
    """Set the fields `changes` of `representative`, save them and journal `act`. Returns the journal's entry."""
    before = records.facts(representative)
    for name, value in changes.items():
        setattr(representative, name, value)
    representative.save(update_fields=list(changes))
    return records.record_change(act, representative, before=before, by=by, at=at, reason=reason)
