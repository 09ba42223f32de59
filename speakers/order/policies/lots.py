"""Lots within a class: drawn among all, or among those received at the opening.  R-21

The lot of a delegation is SHA-256(seed ‖ code), see `recomputing.py`. Who took part has its lot stored; everybody
else follows by receipt.
"""

from django.utils.translation import gettext as _

from speakers.models import Draw, Inscription
from speakers.models.inscription import BareEntry
from speakers.order.policies.protocol import CustomaryProtocol


class LotsWithinClass(CustomaryProtocol):
    """Customary protocol, in which a lot decides within a class; drawn when the list is closed."""

    is_drawn = True

    def turn(self, entry: BareEntry | Inscription) -> tuple[bool, str, int, int]:
        return (not entry.lot, entry.lot, entry.class_seq, entry.class_move)

    def takes_part(self, entry: Inscription, _draw: Draw) -> bool:
        """All that are in time, also those still to be verified."""
        return entry.is_active and not entry.is_late

    def explain_turn(self, entry: Inscription) -> list[str]:
        if entry.lot:
            words = _("within a class, lots decide. The lot drawn for “%(code)s” begins with %(lot)s")
            why = words % {"code": entry.delegation.code, "lot": entry.lot[:8]}
        else:
            why = self.why_no_lot()
        return self.explain_class(entry, why)

    def explain_class(self, entry: Inscription, why: str) -> list[str]:
        """A lot says more than a change of class before the draw."""
        if entry.lot:
            facts = {"class": entry.level.precedence_class, "level": entry.level, "why": why}
            return [_("Class %(class)d, level “%(level)s”; %(why)s.") % facts]
        return super().explain_class(entry, why)

    def why_no_lot(self) -> str:
        """Why an entry without a lot stands by receipt."""
        return _("within a class, lots decide. None is drawn for this entry, so it stands after those, by receipt")


class OpeningWindowDraw(LotsWithinClass):
    """Customary protocol, in which all received within the opening window are simultaneous and a draw decides."""

    def takes_part(self, entry: Inscription, draw: Draw) -> bool:
        """Received in the window and in the same class since: whoever changes class joins it at its end."""
        return entry.is_active and not entry.is_late and not entry.class_move and draw.is_open_at(entry.arrived_at)

    def why_no_lot(self) -> str:
        return _("within a class, those drawn come first. This entry was not, so it stands after them, by receipt")
