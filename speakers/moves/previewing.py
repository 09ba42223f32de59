"""Who moves from which place to which, said before it is done, and what of it cannot be taken back.  R-61 R-68

A page shows a `Preview` and sends back what it has `shown`; the act compares that under the lock of the list, so that
no one confirms other places than those that were read.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils.translation import gettext as _

from acts.foreseeing import require_seen
from acts.refusals import Refusal
from speakers import chronicle
from speakers.models import Inscription
from speakers.order import precedence


@dataclass(frozen=True)
class Move:
    """The numbers of the places of `entry` before and after an act; None where it holds no place."""

    entry: Inscription
    old: int | None
    new: int | None

    @property
    def shown(self) -> str:
        """Both places as a page sends them back, such as `3-5`; 0 where there is none."""
        return f"{self.old or 0}-{self.new or 0}"

    def in_words(self) -> str:
        """Where the `entry` goes, as a translated sentence."""
        facts = {"entry": chronicle.named(self.entry), "old": self.old, "new": self.new}
        if self.old is None:
            return _("%(entry)s holds no place yet.") % facts
        if self.new is None:
            return _("%(entry)s gives up place %(old)d.") % facts
        if self.old == self.new:
            return _("%(entry)s stays at place %(old)d for now.") % facts
        return _("%(entry)s moves from place %(old)d to place %(new)d.") % facts


@dataclass(frozen=True)
class Preview:
    """What an act would do: the `moves` of the entries that matter, and its `consequences` as translated sentences."""

    moves: Sequence[Move]
    consequences: Sequence[str]

    @property
    def sentences(self) -> list[str]:
        """Everything the person reads before confirming."""
        return [*(move.in_words() for move in self.moves), *self.consequences]

    @property
    def shown(self) -> str:
        """All places as a page sends them back."""
        return " ".join(move.shown for move in self.moves)


def exchange(
    one: Inscription, other: Inscription, numbers: Mapping[int, int], *, consequences: Sequence[str]
) -> Preview:
    """The preview of a swap of `one` and the `other`, whose places have these `numbers` by their primary keys.  R-26"""
    its, others = numbers.get(one.pk), numbers.get(other.pk)
    return Preview([Move(one, its, others), Move(other, others, its)], consequences)


def moves(stood: list[precedence.Place], places: list[precedence.Place]) -> list[Move]:
    """The entries that stand at other places in the order `places` than they `stood`, in the new order."""
    was = {place.inscription.pk: place.number for place in stood}
    found = (Move(place.inscription, was[place.inscription.pk], place.number) for place in places)
    return [move for move in found if move.old != move.new]


@contextmanager
def confirmed(
    entry: Inscription, seen: str | None, *, consequences: Sequence[str], refused: type[Refusal]
) -> Iterator[None]:
    """Let the body move and save `entry` on its locked list, if the person has `seen` where it goes.

    The body runs either way: the places that it leads to are the ones compared, and if they were not seen, `refused`
    takes everything back together with the transaction.
    """
    if seen is None:
        yield
        return
    stood = number_of(entry)
    yield
    require_seen(Preview([Move(entry, stood, number_of(entry))], consequences), seen, refused)


def number_of(entry: Inscription) -> int | None:
    """The number of the place of `entry`, or None if it holds none (one statement)."""
    place = precedence.place_of(entry)
    return place.number if place else None
