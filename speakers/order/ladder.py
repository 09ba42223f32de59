"""Why an entry stands at its place, as the rungs of a ladder: each leaves fewer places, the last one its own.  R-22

Pure. The sentences are those of `precedence.explain`; a rung adds between which places it leaves the entry.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dialogue import moments
from speakers.order import policies, precedence
from speakers.order.policies.protocol import CLASS_BEFORE_BAND
from speakers.order.precedence import Place


@dataclass(frozen=True)
class Rung:
    """One step: what decides (`name`), how it decided (`value`), on what ground, and between which places that is.

    `first` and `last` are numbers of places; both are 0 for a step that compares nothing.
    """

    code: str
    name: str
    value: str
    ground: list[str]
    first: int = 0
    last: int = 0

    @property
    def begins_at(self) -> int:
        """How many places lie before `first`."""
        return self.first - 1

    @property
    def length(self) -> int:
        """How many places lie between `first` and `last`, with both."""
        return self.last - self.first + 1


def ladder(place: Place, places: list[Place]) -> list[Rung]:
    """The rungs from the receipt to the `place`, which is one of `places`, all places of its list in order.  R-22

    Its receipt; its part of the list and its class, in the order in which its list compares them (R-17); then what
    moved it: a swap, an absence, a pin; and what else is said of it. A list in order of receipt alone compares neither.
    """
    entry, told = place.inscription, precedence.grounds(place)
    recorded = {"moment": moments.in_words(entry.recorded_at, entry.meeting)}
    ground = [*told["receipt"], _("Recorded on %(moment)s: each entry takes the next number.") % recorded]
    number = Rung("receipt", _("Receipt"), str(entry.receipt_no), ground, 1, len(places))
    moved = [Rung(code, name, "", told[code]) for code, name in _moves().items() if told[code]]
    own = Rung("place", _("Place"), str(place.number), told["place"], place.number, place.number)
    return [number, *_compared(place, places, told), *moved, own]


def _moves():
    """What moves an entry, or is said beside its place, by the code of its sentences."""
    return {
        "swap": _("Swap"),
        "absence": _("Absence"),
        "pin": _("Act of the secretariat"),
        "sitting": _("Sitting"),
        "joined": _("Joint statement"),
    }


def _compared(place, places, told):
    """The rungs of what the list compares, each with the places that are left by it and by those before it."""
    entry = place.inscription
    rungs, left = [], [each for each in places if not each.is_pinned or each.number == place.number]
    for code, is_alike in _order_of(place):
        left = [each for each in left if is_alike(each)]
        name = _("Part of the list") if code == "band" else _("Level")
        value = str(place.band_label if code == "band" else entry.level)
        if told[code]:
            rungs.append(Rung(code, name, value, told[code], *_between(left, place)))
    return rungs


def _order_of(place: Place) -> list[tuple[str, Callable[[Place], bool]]]:
    """What the list compares, in its order, each with whether another place is alike in it."""
    speakers_list, own = place.inscription.speakers_list, policies.standing_class(place.inscription)
    if not policies.policy_named(speakers_list.policy).has_classes:
        return [("band", lambda _each: True)]
    band = ("band", lambda each: each.band == place.band)
    if speakers_list.level_before_band and place.band in CLASS_BEFORE_BAND:
        first = lambda each: each.band in CLASS_BEFORE_BAND and _class_of(each) == own  # noqa: E731
        return [("class", first), band]
    return [band, ("class", lambda each: _class_of(each) == own)]


def _class_of(place):
    return policies.standing_class(place.inscription)


def _between(left, place):
    """The first and the last of the places `left`; a pin stands outside of them if there are others."""
    numbers = [each.number for each in left if not (place.is_pinned and each.number == place.number)]
    return (min(numbers), max(numbers)) if numbers else (place.number, place.number)
