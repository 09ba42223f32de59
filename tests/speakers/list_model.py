"""A second list of speakers, kept as an usher with slips of paper would keep it, for `test_list_stateful.py`.

Written from the rules alone (R-12, R-16 to R-27): it imports nothing of the product. Where the product sorts stored
keys, this keeps one queue of receipts for each class of a band and moves slips between them.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta

BANDS = ["groups", "member_states", "observer_states", "observers", "un_system"]
CLASSES = {"HOS": 1, "HOG": 1, "MFA": 2, "MIN": 2, "PR": 3, "CDA": 3, "DPR": 4, "OTH": 4}
AFTER_ALL_CLASSES = 9
NEXT_TO_BE_CALLED = 2
SWAPS_A_DAY = 5
DAY = timedelta(hours=24)
# Slips pinned to the end of the list are pinned before this; no receipt has that number.
THE_END = 0


@dataclass
class Slip:
    """One entry. `key` is the party that may stand once, a delegation or group; `filer` the address it came from."""

    receipt: int
    delegation: str
    key: str
    band: str
    level: str
    state: str
    is_late: bool
    filer: str

    @property
    def own_class(self):
        return AFTER_ALL_CLASSES if self.is_late else CLASSES[self.level]


@dataclass
class Swap:
    """One proposal between two receipts."""

    proposer: int
    partner: int
    proposed_at: object
    state: str = "proposed"

    def is_open(self, at):
        return self.state in {"proposed", "accepted"} and at < self.proposed_at + DAY


class ListModel:
    """The slips, the queues, the pins and the swaps of one list. `rule` is “protocol”, “level first” or “receipt”."""

    def __init__(self, rule, *, swaps_need_approval):
        self.rule, self.swaps_need_approval = rule, swaps_need_approval
        self.slips = {}
        self.queues = {}
        self.borrowed = {}
        self.pins = {}
        self.swaps = []

    # What stands where

    def is_standing(self, receipt):
        return self.slips[receipt].state == "standing"

    def is_unverified(self, receipt):
        return self.slips[receipt].state == "unverified"

    def is_active(self, receipt):
        return self.is_standing(receipt) or self.is_unverified(receipt)

    def is_anything(self, state):
        return any(slip.state == state for slip in self.slips.values())

    def standing(self):
        return [slip for slip in self.slips.values() if slip.state == "standing"]

    def order(self):
        """The receipts in speaking order: queue after queue, then the end; each preceded by those pinned before it."""
        computed = self._computed()
        free = [each for each in computed if not self.is_pinned(each)]
        return [each for first in [*free, THE_END] for each in self.block(first, computed)][:-1]

    def block(self, receipt, computed=None):
        """A receipt preceded by those pinned before it, each in turn with those before it."""
        computed = self._computed() if computed is None else computed
        before = [each for each in computed if self.is_pinned(each) and self.pins[each] == receipt]
        return [each for first in before for each in self.block(first, computed)] + [receipt]

    def is_pinned(self, receipt):
        anchor = self.pins.get(receipt)
        return anchor == THE_END or (anchor is not None and self.slips[anchor].state == "standing")

    def _computed(self):
        queues = sorted(self.queues, key=self._rank)
        return [each for queue in queues for each in self.queues[queue] if self.slips[each].state == "standing"]

    def _rank(self, queue):
        band, its_class = queue
        if self.rule == "level first" and band in BANDS[:2]:
            return (0, its_class, BANDS.index(band))
        return (BANDS.index(band), its_class, 0)

    def _queue(self, slip):
        """The queue a slip belongs to by what is written on it."""
        if self.rule == "receipt":
            return (BANDS[0], slip.own_class if slip.is_late else 1)
        return (slip.band, slip.own_class)

    def class_where_it_stands(self, receipt):
        """The class a receipt took over by a swap, or its own."""
        return self.borrowed.get(receipt, self.slips[receipt].own_class)

    # Acts on one entry

    def has_rival(self, key, *, but=None):
        """Does another entry stand for that delegation or group?  R-12"""
        return any(slip.key == key and slip.receipt != but for slip in self.standing())

    def add(self, **facts):
        """A new entry, at the end of its queue under the next receipt.  R-07 R-19 R-27"""
        slip = Slip(receipt=len(self.slips) + 1, **facts)
        self.slips[slip.receipt] = slip
        self.queues.setdefault(self._queue(slip), []).append(slip.receipt)
        return slip.receipt

    def end(self, receipt, state):
        """Withdrawn or refused: the slip is taken out of its queue, and no other moves.  R-25"""
        self.release(receipt)
        self.slips[receipt].state = state
        self._leave(receipt)
        self._end_swaps(receipt)

    def change_level(self, receipt, level):
        """To the end of another class, up or down; within the class nothing moves.  R-23

        If it keeps its place, pinned or last, the slips pinned before it stay so.
        """
        slip = self.slips[receipt]
        if slip.level == level:
            return
        is_elsewhere = CLASSES[slip.level] != CLASSES[level] and not slip.is_late and self.rule != "receipt"
        slip.level = level
        if is_elsewhere:
            before, kept = self.order(), (deepcopy(self.queues), dict(self.borrowed))
            self._join_own_queue(slip)
            if self.order() != before:
                self.queues, self.borrowed = kept
                self.release(receipt)
                self._join_own_queue(slip)
        self._end_swaps(receipt)

    def _join_own_queue(self, slip):
        self._leave(slip.receipt)
        self.queues.setdefault(self._queue(slip), []).append(slip.receipt)

    def _leave(self, receipt):
        self.borrowed.pop(receipt, None)
        for queue in self.queues.values():
            if receipt in queue:
                queue.remove(receipt)

    # Pins

    def is_in_a_pin(self, receipt):
        """Is it pinned, or another before it?"""
        return self.is_standing(receipt) and receipt in {*self.pins, *self.pins.values()}

    def may_pin(self, receipt, anchor):
        """Both must stand, and a chain of pins must not come round.  R-20"""
        if any(self.slips[each].state != "standing" for each in (receipt, anchor)):
            return False
        while anchor is not None and anchor != receipt:
            anchor = self.pins.get(anchor)
        return anchor is None

    def crosses_bands(self, receipt, anchor):
        return self.slips[receipt].band != self.slips[anchor].band

    def pin(self, receipt, anchor):
        self.release(receipt)
        self.pins[receipt] = anchor

    def unpin(self, receipt):
        del self.pins[receipt]

    def release(self, receipt):
        """Before it leaves its place: pin what was pinned before it to the one that follows, or to the end.

        So no slip moves, and every pinned slip stays pinned.

        If pins before that one would mix, each is pinned before the next.
        """
        held = [slip.receipt for slip in self.standing() if self.pins.get(slip.receipt) == receipt]
        if not held:
            return
        order = self.order()
        following = order[order.index(receipt) + 1 :]
        wanted = [each for each in order if each != receipt]
        anchor = following[0] if following else THE_END
        pinned_there = [each for each in wanted if self.pins.get(each) == anchor] + held
        self.pins |= dict.fromkeys(held, anchor)
        if [each for each in self.order() if each != receipt] != wanted:
            self.pins |= {each: [*wanted, THE_END][wanted.index(each) + 1] for each in pinned_there}

    # Swaps

    def may_swap(self, one, other):
        """Do both stand where the rules put them, in one band, neither among the next to be called?  R-26"""
        if one == other or any(self.slips[each].state != "standing" or each in self.pins for each in (one, other)):
            return False
        if self.slips[one].band != self.slips[other].band:
            return False
        return not {one, other} & set(self.order()[:NEXT_TO_BE_CALLED])

    def is_bound(self, receipt, at):
        """Has it agreed to a swap that waits for staff?"""
        agreed = [swap for swap in self.swaps if swap.state == "accepted" and swap.is_open(at)]
        return any(receipt in (swap.proposer, swap.partner) for swap in agreed)

    def may_propose(self, one, other, at):
        if not self.may_swap(one, other) or self.is_bound(one, at) or self.is_bound(other, at):
            return False
        own = [swap for swap in self.swaps if swap.proposer == one]
        lately = [swap for swap in own if swap.proposed_at > at - DAY]
        return not any(swap.is_open(at) for swap in own) and len(lately) < SWAPS_A_DAY

    def may_propose_to_anybody(self, one, at):
        return any(self.may_propose(one, other, at) for other in self.slips)

    def propose(self, one, other, at):
        swap = Swap(one, other, at)
        self.swaps.append(swap)
        return swap

    def may_accept(self, swap, at):
        is_free = not self.is_bound(swap.partner, at)
        return swap.is_open(at) and swap.state == "proposed" and self.may_swap(swap.proposer, swap.partner) and is_free

    def accept(self, swap):
        if self.swaps_need_approval or self.is_across_classes(swap):
            swap.state = "accepted"
        else:
            self._exchange(swap)

    def may_approve(self, swap, at):
        return swap.is_open(at) and swap.state == "accepted" and self.may_swap(swap.proposer, swap.partner)

    def approve(self, swap):
        self._exchange(swap)

    def is_across_classes(self, swap):
        return self.class_where_it_stands(swap.proposer) != self.class_where_it_stands(swap.partner)

    def _exchange(self, swap):
        """The two slips change places; anything pinned before either stays where it is."""
        one, other = swap.proposer, swap.partner
        classes = {one: self.class_where_it_stands(other), other: self.class_where_it_stands(one)}
        for queue in self.queues.values():
            queue[:] = [{one: other, other: one}.get(each, each) for each in queue]
        self.pins = {each: {one: other, other: one}.get(anchor, anchor) for each, anchor in self.pins.items()}
        for receipt, its_class in classes.items():
            self.borrowed.pop(receipt, None)
            if its_class != self.slips[receipt].own_class:
                self.borrowed[receipt] = its_class
        swap.state = "effective"
        self._end_swaps(one, other)

    def _end_swaps(self, *receipts):
        for swap in self.swaps:
            if swap.state in {"proposed", "accepted"} and {swap.proposer, swap.partner} & set(receipts):
                swap.state = "expired"
