"""All delegations inscribe at the same moment, over HTTP, on four server processes.  R-07 R-08 R-09 R-12"""

import time
from dataclasses import dataclass, replace

import pytest

from tests.faults.clients import at_once
from tests.faults.examining import problems_of_list
from tests.faults.scenery import focal_point

pytestmark = [pytest.mark.faults, pytest.mark.alone]


@dataclass
class Rush:
    """The outcome of a rush: for each delegation the answers that its people got."""

    alone: list
    rivals: list
    doubles: list
    seconds: float

    @property
    def answers(self):
        return [*self.alone, *(answer for pair in self.rivals + self.doubles for answer in pair)]

    def problems(self):
        """What was answered wrongly."""
        strange = {answer.status for answer in self.answers} - {302, 422}
        found = [f"answers with status {sorted(strange)}"] if strange else []
        if not all(answer.is_recorded for answer in self.alone):
            found.append("a delegation without a rival was not inscribed")
        if not all(sum(answer.is_recorded for answer in pair) == 1 for pair in self.rivals):
            found.append("not exactly one of two focal points inscribed the delegation")
        if not all(first.is_recorded and first.receipt == second.receipt for first, second in self.doubles):
            found.append("a form sent twice did not give one receipt")
        return found


def rush(ground, size, application="config.wsgi"):
    """All sign in and fill in the form; then all send it at one moment.

    Of the delegations, `rivals` have two focal points who both send one; for `doubles` the browser sends it twice.
    """
    web = ground.web(application, processes=4)
    seconds_in = [focal_point(number, 2) for number in range(1, size.rivals + 1)]
    visitors = ground.signed_in(web, [*(focal_point(number) for number in range(1, size.delegations + 1)), *seconds_in])
    forms = at_once([visitor.form for visitor in visitors], side_by_side=8)
    senders = list(zip(visitors, forms, strict=True))
    doubles = senders[size.rivals : size.rivals + size.doubles]

    begun = time.monotonic()
    answers = at_once([lambda who=who, form=form: who.inscribe(form) for who, form in senders + doubles])
    seconds = time.monotonic() - begun

    firsts, others = answers[: size.delegations], answers[size.delegations :]
    pairs = list(zip(firsts, others, strict=False))
    return Rush(firsts[len(pairs) :], pairs[: size.rivals], pairs[size.rivals :], seconds)


def test_all_who_inscribe_at_once_get_numbers_without_gaps_and_one_place_each(ground, size, figures):
    result = rush(ground, size)

    assert result.problems() == []
    assert problems_of_list(ground) == []
    assert ground.database.one("SELECT count(*) FROM speakers_inscription") == size.delegations
    figures.add(
        f"{len(result.answers)} inscriptions at once, 4 processes",
        f"numbers 1 to {size.delegations}, {size.rivals} rivals refused, {size.doubles} sent twice",
        delays=[answer.seconds for answer in result.answers],
        seconds=result.seconds,
    )


def test_without_the_row_lock_the_rush_goes_wrong(ground, size):
    few = replace(size, delegations=32, rivals=4, doubles=4)

    result = rush(ground, few, "tests.faults.without.row_lock")

    assert "a delegation without a rival was not inscribed" in result.problems()
