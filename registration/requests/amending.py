"""Amending the details of a representative; a change of identity returns an approval to review.  R-49 R-53"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from journal.actors import Actor
from registration import naming, states
from registration.locking import fresh, locked_terms
from registration.mail import notices
from registration.models import Representative
from registration.models.representative import REVIEWED_AGAIN, State
from registration.refusals import TicketRefused
from registration.requests import confirming, requesting, vouchers

IDENTITY = [*naming.NAMES, "has_grounds_pass"]
OTHERS = [
    "is_family_name_first",
    "accessibility",
    "wishes_to_speak",
    "topic",
    "outline",
    "statement_language",
    "gender",
]
# The states in which the ticket is printed, so that its name can no longer be changed.
FIXED = [State.COLLECTED, State.HANDED_OVER, State.NO_SHOW]


def amend(
    representative: Representative, changes: dict[str, Any], *, by: Actor, arrived_at: datetime
) -> Representative:
    """Set the fields `changes` (a dictionary of `IDENTITY` and `OTHERS`) of `representative`.  R-49

    The address is not among them: another address is another person, that is, a cancellation and a new row. After an
    approval, a change of an identity field returns it to review: the voucher is revoked for good, the seat stays held.
    A representative who gives up a grounds pass must be in time without one (R-53), by `arrived_at`, the meeting's
    moment. Journals, and mails a return to review. Returns the representative. Raises `TicketRefused`.
    """
    with locked_terms(representative.meeting_id) as ticketing:
        kept = fresh(representative, ticketing)
        changed = {name: value for name, value in changes.items() if getattr(kept, name) != value}
        if not changed:
            return kept
        if kept.has_ended:
            words = _("%(name)s is %(state)s and cannot be amended.")
            raise TicketRefused(words % {"name": kept, "state": kept.shown_state.label})
        is_identity = bool(set(changed) & set(IDENTITY))
        if problem := _objection(kept, changed, ticketing, is_identity, at=arrived_at):
            raise problem
        if is_identity:
            changed |= requesting.keys_of_names(_as_named(kept, changed))
        if is_identity and _is_reviewed_again(kept):
            return _review_again(kept, changed, by=by, at=arrived_at)
        states.change(kept, act="amended", by=by, at=arrived_at, **changed)
        return kept


def _objection(kept, changed, ticketing, is_identity, *, at):
    """Why these `changed` fields are not accepted, or None."""
    if is_identity and kept.state in FIXED:
        words = _("The ticket of %(name)s has been printed: the name can no longer be changed.")
        return TicketRefused(requesting.with_whom_to_write_to(words % {"name": kept}, kept.meeting))
    if is_identity and (problem := requesting.objection_to_names(_as_named(kept, changed))):
        return problem
    if changed.get("has_grounds_pass") is False and not ticketing.accepts(at, has_grounds_pass=False):
        return TicketRefused(requesting.why_closed_without_pass(ticketing), "has_grounds_pass")
    if kept.selection == kept.Selection.SELECTED and changed.get("wishes_to_speak") is False:
        words = _("%(name)s is selected to speak. To give that up, cancel, or write to the office.")
        return TicketRefused(words % {"name": kept}, "wishes_to_speak")
    return None


def _as_named(kept, changed):
    """An unsaved representative with the names of `kept`, as `changed`."""
    return Representative(**{name: changed.get(name, getattr(kept, name)) for name in naming.NAMES})


def _review_again(kept, changed, *, by, at):
    """Return to review, without the voucher, keeping a seat that was held; `told_state` is the state before."""
    told = kept.shown_state
    notices.take_back_draft(kept)
    vouchers.revoke(kept, at=at)
    changed |= {"holds_seat": kept.holds_seat, "told_state": told}
    witness = states.move(kept, State.CONFIRMED, act="amended", by=by, at=at, **changed)
    notices.tell_of_review(kept, told, witness=witness)
    return kept


def _is_reviewed_again(kept):
    """Was a decision taken, announced or not, on the identity that is being changed? A refusal is kept if the address
    is by now used by another representative.
    """
    if kept.state == State.DECLINED:
        return confirming.rival_of(kept) is None
    return kept.state in REVIEWED_AGAIN
