"""The speaking order: a pure function of stored facts.  R-16 to R-22

`order()` and what it calls touch no database; `speaking_order()` fetches the facts and calls it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from acts.questions import Question
from dialogue import moments
from speakers.models import Band, Inscription, SpeakersList
from speakers.models.entry import BARE, BareEntry
from speakers.models.joining import fetch_joined
from speakers.order.policies import policy_named
from spelling.listing import listed


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides the order of a list: its policy and the ranks of its bands."""

    policy: str
    level_before_band: bool
    ranks: dict[str, int]

    @classmethod
    def of(cls, speakers_list: SpeakersList) -> "Rules":
        """The rules of `speakers_list`."""
        return cls(speakers_list.policy, speakers_list.level_before_band, speakers_list.ranks)

    def rank(self, inscription: BareEntry | Inscription) -> int:
        """The rank of the band of `inscription` in this meeting; a band without a rank comes last.  R-17 R-18"""
        return self.ranks.get(inscription.band, 99)


@dataclass(slots=True)
class Place:
    """Where an inscription stands. `number` counts from 1 over the whole list."""

    number: int
    inscription: Any
    band: str
    band_rank: int
    precedence_class: int
    ground: str
    is_pinned: bool

    @property
    def band_label(self) -> str | Promise:
        return Band(self.band).label


def sort_key(inscription: BareEntry | Inscription, rules: Rules) -> tuple[bool | int, ...]:
    """The sort key of a waiting entry, a tuple, by the meeting's policy.  R-16 R-17 R-19 R-21 R-27"""
    return policy_named(rules.policy).key(inscription, rules)


def order(inscriptions: Any, rules: Rules) -> list[BareEntry | Inscription]:
    """The `inscriptions` in speaking order: by computed place, then pins.  R-16 R-20

    An entry pinned before another stands right before it, wherever that one stands; if the other is not on the list,
    the computed place applies. An entry pinned to the end comes after all that have a computed place.
    """
    computed = sorted(inscriptions, key=lambda inscription: sort_key(inscription, rules))
    present = {inscription.pk for inscription in computed}
    pinned = [entry for entry in computed if entry.pinned_before_id in present]
    placed = [entry for entry in computed if entry.pinned_before_id not in present]
    placed.sort(key=lambda entry: entry.is_pinned_last)
    while pinned:
        index = {entry.pk: position for position, entry in enumerate(placed)}
        movable = next((entry for entry in pinned if entry.pinned_before_id in index), None)
        if movable is None:  # circular pins, which `pinning` refuses
            return placed + pinned
        placed.insert(index[movable.pinned_before_id], movable)
        pinned.remove(movable)
    return placed


def places(inscriptions: Iterable[Any], rules: Rules) -> list[Place]:
    """The `inscriptions` as a list of `Place`, in speaking order, numbered from 1."""
    return [
        Place(
            number=number,
            inscription=inscription,
            band=inscription.band,
            band_rank=rules.rank(inscription),
            precedence_class=inscription.precedence_class,
            ground="" if inscription.capacity == inscription.Capacity.GROUP else inscription.place_ground,
            is_pinned=inscription.pinned_before_id is not None or inscription.is_pinned_last,
        )
        for number, inscription in enumerate(order(inscriptions, rules), start=1)
    ]


def speaking_order(speakers_list: SpeakersList) -> list[Place]:
    """The standing entries of `speakers_list` as a list of `Place`, in speaking order.

    One statement, and one for delegations that have joined a statement, if there are any.
    """
    standing = list(speakers_list.inscriptions.standing().select_related("delegation", "level"))
    fetch_joined(standing)
    return places(standing, Rules.of(speakers_list))


def public_order(speakers_list: SpeakersList) -> list[Place]:
    """The speaking order of `ListedEntry`s: what the public may see, which is quicker to read (one statement)."""
    return places(speakers_list.inscriptions.standing().listed(), Rules.of(speakers_list))


def bare_order(speakers_list: SpeakersList) -> list[Place]:
    """The speaking order of `BareEntry`s, which is read in a tenth of the time (one statement)."""
    standing = [BareEntry(*row) for row in bare_on.ask(speakers_list=speakers_list.pk)]
    return places(standing, Rules.of(speakers_list))


@Question
def bare_on(speakers_list: Any) -> QuerySet[Any]:
    """What a `BareEntry` holds of each entry that stands on that list."""
    return Inscription.objects.standing().filter(speakers_list=speakers_list).order_by().values_list(*BARE)


def bare_orders(lists: Collection[SpeakersList]) -> dict[int, list[Place]]:
    """The speaking order of each of `lists` by its key, as `bare_order` reads one (one statement for all)."""
    entries = Inscription.objects.standing().filter(speakers_list__in=lists).bare_by_list()
    return {each.pk: places(entries[each.pk], Rules.of(each)) for each in lists}


def place_of(inscription: Inscription) -> Place | None:
    """The `Place` of `inscription` on its meeting's list, or None if it holds none (unverified, withdrawn).

    One statement.
    """
    return place_among(bare_order(inscription.speakers_list), inscription) if inscription.is_standing else None


def place_among(places: list[Place], inscription: Inscription) -> Place | None:
    """The place of `inscription` among these `places`, or None. The place then holds this `inscription`."""
    place = next((place for place in places if place.inscription.pk == inscription.pk), None)
    return place and replace(place, inscription=inscription)


def explain(inscription: Inscription, *, place: Place | None = None) -> list[str]:
    """Why `inscription` stands at its place, as translated sentences, most general first; no contacts.  R-22

    Band and the resolution it rests on, class and level, lot or receipt, changes of class, swaps, lateness, absences,
    pins. For an entry without a place: why it holds none. The `place` is looked up if it is not given.
    """
    place = place or place_of(inscription)
    if place is None:
        return _explain_no_place(inscription)
    return [words for sentences in grounds(place).values() for words in sentences]


def grounds(place: Place) -> dict[str, list[str]]:
    """The sentences of `explain` for an entry at its `place`, by what they are about; of some there may be none.  R-22

    In the order of `explain`: “place”, “band”, “class”, “swap”, “receipt”, “absence”, “pin”, “sitting”, “joined”.
    """
    entry = place.inscription
    policy = policy_named(entry.speakers_list.policy)
    return {
        "place": [_how_firm(entry) % {"number": place.number}],
        "band": policy.explain_band(place),
        **_explain_turn(entry, policy),
        "absence": _explain_absence(entry),
        "pin": _explain_pin(entry),
        "sitting": _explain_fixing(entry),
        "joined": _explain_joined(entry),
    }


def _how_firm(entry):
    """The place, and whether it may still change: not once called; until the list is closed, others may inscribe."""
    if entry.is_called:
        return _("Place %(number)d on the list. It was called, and so its place no longer changes.")
    if not entry.speakers_list.is_established:
        return _("Place %(number)d on the list as it stands; provisional until the list is established.")
    return _(
        "Place %(number)d on the list as it stands. The list is established: places change only if a delegation "
        "withdraws, swaps or changes its level, or the secretariat acts."
    )


def _explain_no_place(entry):
    """Why `entry` holds no place: withdrawn, refused, or still to be verified."""
    facts = {"number": entry.receipt_no, "delegation": entry.delegation}
    if entry.ended_at:
        facts["moment"] = moments.in_words(entry.ended_at, entry.meeting)
    if entry.state == entry.State.WITHDRAWN:
        words = _("This entry holds no place: it was withdrawn on %(moment)s.")
        return [
            words % facts,
            _("Receipt number %(number)d is not used again; a new inscription receives a new number.") % facts,
        ]
    if entry.state == entry.State.REFUSED:
        words = _("This entry holds no place: it was not verified, and refused on %(moment)s.")
        return [words % facts]
    return [
        *_explain_waiting(entry, facts),
        _(
            "Once the secretariat has verified it, its place follows from receipt number %(number)d, as if it had been "
            "verified from the beginning."
        )
        % facts,
    ]


def _explain_waiting(entry, facts):
    """For what the `entry` waits: that its sender is verified, that its group is on the register.  R-11 R-66"""
    lines = []
    if entry.awaits_sender:
        words = _("This entry holds no place yet: the address it was filed from is not on record for %(delegation)s.")
        lines.append(words % facts)
    if entry.awaits_group:
        words = _("This entry holds no place yet: “%(group)s” is not on the register of groups.")
        lines.append(words % {"group": entry.group_name})
    return lines or [_("This entry holds no place yet.")]


def _explain_turn(entry, policy):
    """Why the entry stands there within its band: a swap, lateness, or the policy's rule for class, lot and receipt."""
    facts = {"number": entry.receipt_no}
    if entry.is_swapped:
        level, *swap = _explain_swap(entry)
        words = _("The receipt number of this entry is %(number)d.")
        return {"class": [level], "swap": swap, "receipt": [words % facts]}
    if entry.is_late:
        words = _("Receipt number %(number)d, entered late and so at the end of this part of the list.")
        return {"class": [], "swap": [], "receipt": [words % facts]}
    receipt = [_("Receipt number %(number)d.") % facts, *_explain_extension(entry)]
    return {"class": policy.explain_turn(entry), "swap": [], "receipt": receipt}


def _explain_absence(entry):
    """When it was called while absent, so that it waits at the end; unless it has since swapped.  R-32"""
    if entry.absent_at is None or entry.is_swapped:
        return []
    words = _("It was absent when called on %(moment)s, and so waits, this once, after others of equal standing.")
    return [words % {"moment": moments.in_words(entry.absent_at, entry.meeting)}]


def _explain_extension(entry):
    if entry.extension is None:
        return []
    words = _("Inscribed after closing, within an extension for the delegation until %(moment)s.")
    return [words % {"moment": moments.in_words(entry.extension.until, entry.extension.meeting)}]


def _explain_swap(entry):
    """The swap that gave it another's turn: with whom, and since when."""
    swap = entry.swapped_by
    facts = {
        "level": entry.level,
        "other": swap.other_side(entry).delegation,
        "moment": moments.in_words(swap.ended_at, swap.meeting),
        "reason": swap.answer,
    }
    found = [
        _("Level “%(level)s”.") % facts,
        _("Swapped with %(other)s on %(moment)s: it has the turn that %(other)s had.") % facts,
    ]
    return [*found, _("The secretariat allowed it. Reason: %(reason)s") % facts] if swap.answer else found


def _explain_joined(entry):
    if not entry.joined:
        return []
    words = _("Joined by %(joined)s. A joint statement has the place of the entry that makes it.")
    return [words % {"joined": listed(map(str, entry.joined_delegations))}]


def _explain_pin(entry):
    if entry.is_pinned_last:
        words = _(
            "Placed by the secretariat at the end, because the entry it was placed before has left. Reason: %(reason)s"
        )
        return [words % {"reason": entry.pin_reason}]
    if entry.pinned_before is None:
        return []
    facts = {"delegation": entry.pinned_before.delegation, "reason": entry.pin_reason}
    return [_("Placed by the secretariat before %(delegation)s. Reason: %(reason)s") % facts]


def _explain_fixing(entry):
    """The sitting to which staff fixed it; its place stays.  R-64"""
    if entry.fixed_sitting is None:
        return []
    words = _("Fixed by the secretariat to a sitting: %(sitting)s. Its place stays. Reason: %(reason)s")
    return [words % {"sitting": entry.fixed_sitting, "reason": entry.fixing_reason}]
