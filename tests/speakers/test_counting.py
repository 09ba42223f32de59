"""What becomes of inscriptions is counted, by cause and without a name."""

import pytest
from django.db import DataError, OperationalError
from prometheus_client import REGISTRY

from acts.refusals import Refusal
from speakers.entries.counting import counted


def count(outcome, cause):
    return REGISTRY.get_sample_value("speakers_inscriptions_total", {"outcome": outcome, "cause": cause}) or 0


@pytest.mark.parametrize(
    ("error", "outcome", "cause"),
    [
        (Refusal("closed", cause="closed"), "refused", "closed"),
        (Refusal("twice", "delegation"), "refused", "delegation"),
        (Refusal("no"), "refused", "other"),
        (OperationalError("database is locked"), "failed", "lock"),
        (DataError("too long: Jane"), "failed", "database"),
        (ZeroDivisionError(), "failed", "other"),
    ],
)
def test_an_inscription_that_is_not_accepted_is_counted_by_its_cause_and_goes_on(error, outcome, cause):
    before = count(outcome, cause)

    with pytest.raises(type(error)), counted():
        raise error

    assert count(outcome, cause) == before + 1


def test_an_inscription_that_is_accepted_is_counted():
    before = count("accepted", "")

    with counted():
        pass

    assert count("accepted", "") == before + 1
