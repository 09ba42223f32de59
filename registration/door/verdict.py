"""The outcome of scanning a voucher at the door: one rule, for desks online and for the offline list.  R-54 R-55

`scanning` asks it under the lock; `hand_over_list` stores its answers in advance.
"""

from functools import cached_property

from registration import states
from registration.door import attendance
from registration.models import Representative, Voucher
from registration.models.representative import State
from registration.models.scan import Mode, Outcome

# The outcome of the next scan of a voucher after each green one, for a desk that is offline with its list.
AFTER = {
    Outcome.HANDED_OVER: {Mode.HAND_OVER: Outcome.ALREADY, Mode.OUT: Outcome.WENT_OUT, Mode.IN: Outcome.IS_INSIDE},
    Outcome.WENT_OUT: {Mode.HAND_OVER: Outcome.ALREADY, Mode.OUT: Outcome.IS_OUTSIDE, Mode.IN: Outcome.CAME_BACK},
    Outcome.CAME_BACK: {Mode.HAND_OVER: Outcome.ALREADY, Mode.OUT: Outcome.WENT_OUT, Mode.IN: Outcome.IS_INSIDE},
}


class Door:
    """The present state of the door of `meeting`. What concerns all its vouchers is fetched once, when needed."""

    def __init__(self, meeting):
        self.meeting = meeting

    @cached_property
    def has_manifest(self) -> bool:
        return attendance.has_manifest(self.meeting)

    @cached_property
    def outside(self) -> set[int]:
        return attendance.outside(self.meeting)

    def of_voucher(self, voucher: Voucher, mode: str) -> Outcome:
        """The `Outcome` of scanning `voucher`, fetched with representative and decision, in `mode`.  R-52 R-54 R-55"""
        if not voucher.is_good:
            return Outcome.REVOKED
        person = voucher.representative
        if mode != Mode.HAND_OVER:
            return self._of_passing(person, mode)
        outcome = of_person(person)
        is_missing = outcome == Outcome.HANDED_OVER and self._is_missing(person)
        return Outcome.NOT_ON_MANIFEST if is_missing else outcome

    def _is_missing(self, person):
        """Does `person` need a ticket that security did not issue? If there is a manifest, it issues tickets by it."""
        needs_one = person.state == State.APPROVED and not person.has_grounds_pass
        return needs_one and self.has_manifest

    def _of_passing(self, person, mode):
        """The outcome of going out or coming back: each is possible only from the other side."""
        if person.state != State.HANDED_OVER:
            return Outcome.NO_TICKET_YET
        last = Outcome.WENT_OUT if person.pk in self.outside else Outcome.CAME_BACK
        return AFTER[last][mode]


def of_person(person: Representative) -> Outcome:
    """The `Outcome` of handing a ticket to `person`, regardless of the manifest.  R-47 R-48

    The door reveals no decision before its mail is released: approved or declined, it stops and asks the office.
    """
    if person.state == State.HANDED_OVER:
        return Outcome.ALREADY
    if person.awaits_release:
        return Outcome.NOT_TOLD
    return Outcome.HANDED_OVER if states.may_become(person, State.HANDED_OVER) else Outcome.NOT_LET_IN
