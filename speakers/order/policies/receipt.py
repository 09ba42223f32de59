"""Order of receipt only: neither bands nor classes decide.  R-21"""

from typing import Any

from django.utils.translation import gettext as _

from speakers.models import Inscription
from speakers.models.entry import BareEntry
from speakers.order.policies.base import LATE, Policy, standing_class


class ReceiptOnly(Policy):
    """Ordered by the receipt number, or the turn taken over by a swap; late entries at the end of the list."""

    has_classes = False

    def key(self, entry: BareEntry | Inscription, _rules: Any) -> tuple[bool, int, int]:
        return (standing_class(entry) == LATE, entry.class_seq, entry.class_move)

    def explain_band(self, _place: Any) -> list[str]:
        return [_("This meeting’s list follows the order of receipt alone.")]

    def explain_turn(self, _entry: Inscription) -> list[Any]:
        return []
