"""What a policy is, and what all policies share.  R-21

A policy is a pure function of stored facts: it gives each entry a key, and the list is sorted by key. A policy may look
at the entry's band (rank), its class and its turn, which is the lot and the class sequence.
"""

from abc import ABC, abstractmethod
from typing import Any

from django.utils.translation import gettext as _

from speakers.models import Inscription
from speakers.models.entry import BareEntry

# The class of late entries: after the class of any level, and so at the end of the band.  R-27
LATE = 99


def standing_class(entry: BareEntry | Inscription) -> int:
    """The class in which `entry` stands: that of its level, `LATE`, or the one it took over by a swap.  R-19 R-26"""
    if entry.class_by_swap is not None:
        return entry.class_by_swap
    return own_class(entry)


def own_class(entry: BareEntry | Inscription) -> int:
    """The class in which `entry` stands unless it swapped: that of its level, or `LATE`.  R-19 R-27"""
    return LATE if entry.is_late else entry.precedence_class


class Policy(ABC):
    """One way of ordering a list. `has_classes`: does the level decide? `is_drawn`: does a draw decide?"""

    has_classes = True
    is_drawn = False

    @abstractmethod
    def key(self, entry: Any, rules: Any) -> Any:
        """The sort key of `entry` under `rules` (`precedence.Rules`): a tuple, comparable with those of its list."""

    def takes_part(self, _entry: Any, _draw: Any) -> bool:
        """Does `entry` take part in the `draw` of this policy?"""
        return False

    def explain_band(self, place: Any) -> list[str]:
        """Why the entry is in this part of the list, as translated sentences.  R-22"""
        words = _("Part of the list: %(band)s.")
        if place.ground:
            words = _("Part of the list: %(band)s (%(ground)s).")
        return [words % {"band": place.band_label, "ground": _(place.ground)}]

    @abstractmethod
    def explain_turn(self, entry: Any) -> Any:
        """Why an entry that is in time and did not swap stands there in its class, as translated sentences.  R-22"""

    def explain_class(self, entry: Inscription, why: str) -> list[str]:
        """The level of `entry`, and `why` it stands there among levels of equal standing."""
        facts = {"level": entry.level}
        if not entry.class_move or entry.absent_at:
            return [_("Level “%(level)s”; %(why)s.") % {**facts, "why": why}]
        return [
            _("Level “%(level)s”.") % facts,
            _("The level changed after receipt %(number)d was given: the entry moved to the end of its new class.")
            % {"number": entry.class_seq},
        ]
