"""Many telephones ask for the floor at the same moment, over HTTP, on four server processes.  R-03 R-70"""

import re
import time
from dataclasses import dataclass

import pytest

from tests.faults.clients import at_once, marks
from tests.faults.scenery import SLUG, code, focal_point
from tests.faults.test_room import Officer

pytestmark = [pytest.mark.faults, pytest.mark.alone]
NOW = f"/meetings/{SLUG}/now/"
QUEUE = """
    SELECT delegation.code FROM floor_turn AS turn JOIN speakers_delegation AS delegation
    ON delegation.id = turn.delegation_id WHERE turn.kind = 'open_floor' ORDER BY turn.asked_at, turn.id
"""
BEFORE = re.compile(r"(\d+) delegations? asked before you")


@dataclass
class Rush:
    """For each delegation the answers that its two presses got, the queue as it then stands, and what phones show."""

    answers: dict
    queue: list
    shown: dict
    seconds: float

    def problems(self):
        """What is not as it should be."""
        strange = {answer.status for pair in self.answers.values() for answer in pair} - {302}
        found = [f"answers with status {sorted(strange)}"] if strange else []
        if lost := self.answers.keys() - set(self.queue):
            found.append(f"lost: {sorted(lost)}")
        if len(self.queue) > len(set(self.queue)):
            found.append("a delegation stands twice")
        arrived = {name: min(answer.arrived_at for answer in pair) for name, pair in self.answers.items()}
        if self.queue != sorted(arrived, key=lambda name: arrived[name]):
            found.append("not in the order of arrival")
        if self.shown != {name: place for place, name in enumerate(self.queue)}:
            found.append("a telephone shows another place")
        return found


def rush(ground, number, application="config.wsgi"):
    """The officer opens the floor; so many delegations press twice at one moment."""
    ground.run("-m", "tests.faults.room")
    Officer(ground).press("open-floor")
    web = ground.web(application, processes=4)
    visitors = ground.signed_in(web, [focal_point(each) for each in range(1, number + 1)])
    names = [code(each) for each in range(1, number + 1)]
    forms = [marks(page.text) for page in at_once([lambda who=who: who.get(NOW) for who in visitors], side_by_side=8)]
    presses = [
        lambda who=who, name=name, form=form: who.post(f"{NOW}{name}/ask/", form)
        for who, name, form in zip(visitors, names, forms, strict=True)
    ]

    begun = time.monotonic()
    answers = at_once(presses * 2)
    seconds = time.monotonic() - begun

    pages = at_once([lambda who=who: who.get(NOW).text for who in visitors], side_by_side=8)
    return Rush(
        answers=dict(zip(names, zip(answers[:number], answers[number:], strict=True), strict=True)),
        queue=[name for (name,) in ground.database.ask(QUEUE)],
        shown={name: _shown(page) for name, page in zip(names, pages, strict=True)},
        seconds=seconds,
    )


def _shown(page):
    """How many asked before the reader of this page; None if it has not asked."""
    if "No delegation asked before you" in page:
        return 0
    found = BEFORE.search(" ".join(page.split()))
    return int(found[1]) if found else None


def test_two_hundred_telephones_that_ask_at_once_stand_in_the_order_of_their_arrival(ground, size, figures):
    result = rush(ground, size.telephones)

    assert result.problems() == []
    figures.add(
        f"{size.telephones} telephones ask at once, twice each, 4 processes",
        "each stands once, in the order of arrival",
        delays=[answer.seconds for pair in result.answers.values() for answer in pair],
        seconds=result.seconds,
    )


def test_without_lock_and_constraint_a_delegation_stands_twice(ground):
    ground.database.ask("DROP INDEX a_delegation_asks_for_the_floor_once_at_a_time")

    result = rush(ground, 24, "tests.faults.without.row_lock")

    assert "a delegation stands twice" in result.problems()


def test_stamped_under_the_lock_the_requests_do_not_stand_in_the_order_of_their_arrival(ground):
    result = rush(ground, 24, "tests.faults.without.request_arrival")

    assert "not in the order of arrival" in result.problems()
