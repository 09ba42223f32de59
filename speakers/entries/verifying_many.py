"""Verifying many entries at once: what becomes of each is shown first, and then done as it was shown.  R-11 R-68"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acts.foreseeing import require_seen
from acts.locking import locked
from journal.actors import Actor
from speakers import chronicle
from speakers.entries.verifying import VerificationRefused, verify
from speakers.models import Inscription
from speakers.moves import previewing
from speakers.moves.previewing import Move
from speakers.order import precedence
from spelling.listing import named


@dataclass(frozen=True)
class Preview(previewing.Preview):
    """The entries that would be verified, as `moves`, and why the others would not, as `consequences`."""

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """What a page shows: a heading with the count of each outcome, and its entries."""
        verified = ngettext(
            "%(count)d entry would be verified, and its delegation mailed.",
            "%(count)d entries would be verified, and their delegations mailed.",
            len(self.moves),
        )
        left = ngettext(
            "Not possible for %(count)d entry, which stays as it is.",
            "Not possible for %(count)d entries, which stay as they are.",
            len(self.consequences),
        )
        found = [(verified, [_takes_place(move) for move in self.moves]), (left, self.consequences)]
        return [{"heading": words % {"count": len(lines)}, "lines": lines} for words, lines in found if lines]

    @property
    def sentences(self) -> list[str]:
        return [line for block in self.blocks for line in [block["heading"], *block["lines"]]]

    @property
    def shown(self) -> str:
        """All entries and their places as a page sends them back."""
        return " ".join(f"{move.entry.pk}:{move.shown}" for move in self.moves)


def preview(entries: Sequence[Inscription], *, by: Actor, at: datetime) -> Preview:
    """What verifying `entries` of one list would become: it is done, and taken back together with its transaction.

    As many statements for each entry as its verification needs.
    """
    with transaction.atomic():
        foreseen = _verify_each(entries, by=by, at=at)
        transaction.set_rollback(True)
    return foreseen


def verify_all(entries: Sequence[Inscription], *, seen: str | None = None, by: Actor, at: datetime) -> Preview:
    """Verify `entries` of one list, by receipt and under its lock, each as `verify` does.  R-11 R-12

    Those for which it is not possible are left, with the reason. A page says what it has `seen`; see
    `require_seen`. Returns what was carried out. Raises `VerificationRefused`, storing and sending nothing.
    """
    with locked(entries[0].speakers_list):
        done = _verify_each(entries, by=by, at=at)
        require_seen(done, seen, VerificationRefused)
        return done


def _verify_each(entries, *, by, at):
    verified, refusals = [], []
    for entry in sorted(entries, key=lambda entry: entry.receipt_no):
        try:
            verified.append(verify(entry, by=by, at=at))
        except VerificationRefused as refusal:
            refusals.append(named(entry, refusal))
    places = precedence.speaking_order(entries[0].speakers_list)
    numbers = {place.inscription.pk: place.number for place in places}
    return Preview([Move(entry, None, numbers[entry.pk]) for entry in verified], refusals)


def _takes_place(move):
    words = _("%(entry)s takes place %(place)d, by its original receipt.")
    return words % {"entry": chronicle.named(move.entry), "place": move.new}
