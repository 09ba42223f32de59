"""Lots within a class: drawn among all, or among those received at the opening.  R-21

The lot of a delegation is SHA-256(seed ‖ code), see `recomputing.py`. The lots of entries that took part are stored;
all others follow by receipt.
"""

from django.utils.translation import gettext as _

from speakers.models import Draw, Inscription
from speakers.models.entry import BareEntry
from speakers.order.policies.protocol import CustomaryProtocol


class LotsWithinClass(CustomaryProtocol):
    """Customary protocol, but lots drawn when the list is closed decide within a class."""

    is_drawn = True

    def turn(self, entry: BareEntry | Inscription) -> tuple[bool, str, int, int]:
        return (not entry.lot, entry.lot, entry.class_seq, entry.class_move)

    def takes_part(self, entry: Inscription, _draw: Draw) -> bool:
        """All entries in time take part, even those still to be verified."""
        return entry.is_active and not entry.is_late

    def explain_turn(self, entry: Inscription) -> list[str]:
        if entry.lot:
            words = _("among levels of equal standing, lots decide. The lot drawn for “%(code)s” begins with %(lot)s")
            why = words % {"code": entry.delegation.code, "lot": entry.lot[:8]}
        else:
            why = self.why_no_lot()
        return self.explain_class(entry, why)

    def explain_class(self, entry: Inscription, why: str) -> list[str]:
        """With a lot, a change of class before the draw no longer matters."""
        if entry.lot:
            facts = {"level": entry.level, "why": why}
            return [_("Level “%(level)s”; %(why)s.") % facts]
        return super().explain_class(entry, why)

    def why_no_lot(self) -> str:
        """Why an entry without a lot is ordered by receipt."""
        return _(
            "among levels of equal standing, lots decide. None was drawn for this entry, so it follows those drawn, by "
            "receipt"
        )


class OpeningWindowDraw(LotsWithinClass):
    """Customary protocol, but a draw decides among all entries received within the opening window."""

    def takes_part(self, entry: Inscription, draw: Draw) -> bool:
        """Entries received in the window take part, unless they have changed class and so joined its end."""
        return entry.is_active and not entry.is_late and not entry.class_move and draw.is_open_at(entry.arrived_at)

    def why_no_lot(self) -> str:
        return _(
            "among levels of equal standing, entries drawn come first. This one was not drawn, so it follows them, by "
            "receipt"
        )
