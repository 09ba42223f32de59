"""The ways to order a list, each a policy with the same interface.  R-16 R-21"""

from speakers.models import SpeakersList
from speakers.order.policies.base import LATE, Policy, own_class, standing_class
from speakers.order.policies.lots import LotsWithinClass, OpeningWindowDraw
from speakers.order.policies.protocol import CustomaryProtocol
from speakers.order.policies.receipt import ReceiptOnly

__all__ = ["LATE", "POLICIES", "Policy", "own_class", "policy_named", "standing_class"]

POLICIES: dict[str, Policy] = {
    SpeakersList.Policy.CUSTOMARY_PROTOCOL: CustomaryProtocol(),
    SpeakersList.Policy.RECEIPT_ONLY: ReceiptOnly(),
    SpeakersList.Policy.LOTS: LotsWithinClass(),
    SpeakersList.Policy.OPENING_WINDOW: OpeningWindowDraw(),
}


def policy_named(code: str) -> Policy:
    """The `Policy` that a meeting names in its field `policy`."""
    return POLICIES[code]
