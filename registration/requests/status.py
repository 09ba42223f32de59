"""The status of a request in the words that its person reads, which never blur different states.  R-47"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dialogue import moments
from registration import states
from registration.mail import notices
from registration.models import Representative
from registration.models.representative import REVIEWED_AGAIN, State
from registration.requests import amending, vouchers, waiting

TAGS = {
    State.CONFIRMED: "awaited",
    State.WAITLISTED: "awaited",
    State.APPROVED: "open",
    State.ON_MANIFEST: "open",
    State.COLLECTED: "open",
    State.HANDED_OVER: "open",
}


@dataclass(frozen=True)
class Standing:
    """A representative as the person and the focal point may see them: `label`, `sentence`, and what can be done.

    A decision that staff have not released is not shown (`Representative.shown_state`); fetch `decision` with the row.
    """

    representative: Representative
    label: str
    sentence: str
    tag: str
    may_amend: bool
    may_cancel: bool
    has_voucher: bool
    is_selected: bool

    @classmethod
    def of(cls, representative: Representative) -> "Standing":
        """The standing of `representative`; one query on the waiting list, one for a person selected to speak."""
        state = representative.shown_state
        offered = representative.is_offered_a_seat
        return cls(
            representative,
            _("a seat is offered") if offered else state.label,
            _sentence(representative, state),
            "open" if offered else TAGS.get(state, "closed"),
            may_amend=not representative.has_ended and representative.state not in amending.FIXED,
            may_cancel=states.may_become(representative, State.CANCELLED),
            has_voucher=state in vouchers.SHOWN_IN,
            is_selected=_knows_of_selection(representative),
        )


def _sentence(representative, state):
    """What the state means for the person, in one sentence."""
    if representative.is_offered_a_seat:
        words = _("A seat is offered until %(moment)s. The link to accept it was mailed to the representative.")
        return words % {"moment": moments.in_words(representative.offer_ends_at, representative.meeting)}
    if state == State.WAITLISTED:
        words = _("On the waiting list, position %(position)d. This is neither an approval nor a refusal.")
        return words % {"position": waiting.position(representative)}
    if representative.state == State.CONFIRMED and _knows_of_a_seat(representative):
        return _("Received, under review again after a change. The seat remains held in the meantime.")
    return {
        State.SUBMITTED: _(
            "The representative has been asked to confirm their address. The review follows after that."
        ),
        State.CONFIRMED: _("Received, under review. This is not yet an approval."),
        State.APPROVED: _(
            "Approved. The ticket is handed over against the voucher and the identity document with this name."
        ),
        State.DECLINED: _("Declined. The reasons were mailed to the representative and the focal point."),
        State.ON_MANIFEST: _("Approved, and the name is with security."),
        State.COLLECTED: _("Approved, and the ticket is ready to be handed over."),
        State.HANDED_OVER: _("The ticket was handed over."),
        State.NO_SHOW: _("The ticket was not collected."),
        State.CANCELLED: _("Cancelled."),
        State.EXPIRED: _("The address was not confirmed in time. The representative can be added again."),
    }[state]


def _knows_of_selection(representative):
    """Is the person selected to speak, and was the mail that says so released?  R-47 R-56"""
    is_selected = representative.selection == representative.Selection.SELECTED
    return is_selected and not notices.awaits_release("selected", representative)


def _knows_of_a_seat(representative):
    """Is a seat held during the review of a change, and has the person been notified of that seat?  R-47 R-49"""
    return representative.holds_seat and representative.told_state in REVIEWED_AGAIN
