"""Mail about swaps: each step to both sides, from their point of view, and to the officer.  R-26

Of what the other delegation typed only its word with the proposal is mailed: a line of an entry that holds a place, and
so of no stranger (R-60).
"""

from speakers.mail import notices
from speakers.models import SwapProposal
from speakers.order import precedence


def tell(proposal: SwapProposal, *, occasion: str) -> None:
    """Tell both sides and the officer the state of the `proposal`; `occasion` is the journal's entry."""
    places = {place.inscription.pk: place for place in precedence.speaking_order(proposal.speakers_list)}
    sides = [(proposal.proposer, proposal.partner), (proposal.partner, proposal.proposer)]
    for inscription, other in sides:
        inscription.speakers_list = proposal.speakers_list
        notices.tell(
            inscription,
            "swap",
            occasion=occasion,
            proposal=proposal,
            other=other,
            is_proposer=inscription.pk == proposal.proposer_id,
            place=places.get(inscription.pk),
            other_place=places.get(other.pk),
        )
    context = {
        "proposal": proposal,
        "places": [places.get(proposal.proposer_id), places.get(proposal.partner_id)],
    }
    awaits_decision = proposal.state == SwapProposal.State.ACCEPTED
    notices.to_officer(
        "notice_swap", proposal.speakers_list, occasion=occasion, context=context, is_urgent=awaits_decision
    )
