"""Customary protocol: bands, then classes, then the class sequence.  R-16 R-17 R-19"""

from typing import Any

from django.utils.translation import gettext as _

from speakers.models import Band, Inscription
from speakers.models.entry import BareEntry
from speakers.order.policies.base import Policy, standing_class

# The bands within which `level_before_band` compares class first.  R-17
CLASS_BEFORE_BAND = {Band.GROUPS, Band.MEMBER_STATES}


class CustomaryProtocol(Policy):
    """First come, first served within a class."""

    def key(self, entry: BareEntry | Inscription, rules: Any) -> tuple[int | bool, ...]:
        rank, precedence_class = rules.rank(entry), standing_class(entry)
        if rules.level_before_band and entry.band in CLASS_BEFORE_BAND:
            first = min(rules.ranks.get(code, 99) for code in CLASS_BEFORE_BAND)
            return (first, precedence_class, rank, *self.turn(entry))
        return (rank, precedence_class, 0, *self.turn(entry))

    def turn(self, entry: BareEntry | Inscription) -> tuple[Any, ...]:
        """The order within a class, as a tuple."""
        return (entry.class_seq, entry.class_move)

    def explain_turn(self, entry: Inscription) -> list[str]:
        return self.explain_class(entry, _("among levels of equal standing, the order of receipt decides"))
