"""The deadline, hammered from forty processes.  R-02 R-03 R-08

A person who arrived before it is on the list, a person who arrived at it or later is not, even if the lock was held
across the deadline for longer than one wait, so that all had to ask for it again.
"""

import time
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from acts.locking import WAIT_ONCE
from tests.faults.clients import at_once
from tests.faults.examining import problems_of_list
from tests.faults.hammering import Hammer
from tests.faults.processes import wait_until
from tests.faults.scenery import focal_point
from tests.faults.sizes import SMALL

pytestmark = [pytest.mark.faults, pytest.mark.alone]

# How long the hammering lasts after the deadline, and after the lock was released.
AFTER = timedelta(seconds=1.5)
# How long before the deadline a slow process takes the lock, and how long it keeps it: for longer than one wait.
HELD_FROM, HELD_FOR = timedelta(seconds=1), timedelta(seconds=WAIT_ONCE + 1)
# How many processes hammer while the lock is held, so that all get it in the time a request may wait; and in controls.
HELD_UP, FEW = 16, 8


@dataclass
class Hammering:
    """What was answered, and when the deadline was."""

    deadline: datetime
    blows: list
    on_the_list: dict

    @property
    def accepted(self):
        return [blow for blow in self.blows if blow.answer.is_recorded]

    @property
    def refused(self):
        return [blow for blow in self.blows if blow.answer.status == 422]

    def problems(self):
        """Each person who was treated wrongly, as sentences."""
        return [
            *(f"{blow.group}: {blow.answer.status}" for blow in self.blows if blow.answer.status not in {302, 422}),
            *(f"late by {self._late(blow)} and on the list" for blow in self.accepted if not self._is_in_time(blow)),
            *(f"in time by {-self._late(blow)} and refused" for blow in self.refused if self._is_in_time(blow)),
            *self._problems_of_record(),
        ]

    def _problems_of_record(self):
        """The database must hold exactly those who were told so, under the stamp of arrival."""
        told = {blow.group: blow.answer.arrived_at for blow in self.accepted}
        if told == {group: arrived_at for group, (arrived_at, _recorded_at) in self.on_the_list.items()}:
            return []
        return ["the list does not hold what was answered"]

    def recorded_late(self):
        """How many were recorded at the deadline or after it."""
        return sum(recorded_at >= self.deadline for _arrived_at, recorded_at in self.on_the_list.values())

    def _is_in_time(self, blow):
        return blow.answer.arrived_at < self.deadline

    def _late(self, blow):
        return blow.answer.arrived_at - self.deadline


def hammer(ground, number, application="config.wsgi", *, is_held=False, seconds=SMALL.hammered_for):
    """Set a deadline a few seconds away, and let real processes hammer the site from before until after it."""
    web = ground.web(application, processes=4, threads=4)
    visitors = ground.signed_in(web, [focal_point(number) for number in range(1, number + 1)])
    forms = at_once([visitor.form for visitor in visitors], side_by_side=8)
    hammering = Hammer(visitors, forms)
    with closing(ground.database.keep_asking()) as ask, ExitStack() as stack:
        stack.callback(hammering.end)
        deadline = ask.now() + timedelta(seconds=seconds)
        ask("UPDATE speakers_speakerslist SET closes_at = %s", deadline)
        hammering.start(until=deadline + AFTER + is_held * HELD_FOR)
        if is_held:
            wait_until(lambda: ask.now() >= deadline - HELD_FROM, "the deadline to be near", pause=0.01)
            with ground.database.list_locked():
                time.sleep(HELD_FOR.total_seconds())
        blows = hammering.blows()
    rows = ground.database.ask("SELECT group_name, arrived_at, recorded_at FROM speakers_inscription")
    return Hammering(deadline, blows, {group: moments for group, *moments in rows})


@pytest.mark.parametrize("is_held", [False, True], ids=["free", "held"])
def test_at_the_deadline_arrival_alone_decides(ground, size, figures, is_held):
    number = HELD_UP if is_held else size.hammers

    result = hammer(ground, number, is_held=is_held, seconds=size.hammered_for)

    assert result.problems() == []
    assert problems_of_list(ground) == []
    assert result.accepted
    assert result.refused
    assert result.recorded_late() or not is_held
    figures.add(
        f"{number} processes at the deadline, lock {'held across it' if is_held else 'free'}",
        f"{len(result.accepted)} accepted, {result.recorded_late()} of them recorded after it, "
        f"{len(result.refused)} refused",
        delays=[blow.answer.seconds for blow in result.blows],
    )


def test_a_stamp_under_the_lock_alone_refuses_people_who_were_in_time(ground):
    result = hammer(ground, FEW, "tests.faults.without.arrival", is_held=True)

    assert [problem for problem in result.problems() if problem.endswith("and refused")]


def test_a_stamp_of_arrival_alone_lets_numbers_and_moments_disagree(ground):
    hammer(ground, FEW, "tests.faults.without.recording")

    assert [problem for problem in problems_of_list(ground) if "was recorded at" in problem]


def test_a_list_that_only_a_worker_closes_takes_people_who_were_late(ground):
    result = hammer(ground, FEW, "tests.faults.without.clock")

    assert [problem for problem in result.problems() if problem.endswith("and on the list")]
