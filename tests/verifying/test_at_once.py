"""Many who ask from one network at one instant where a witness stands.  R-60"""

import threading
from contextlib import contextmanager

import pytest

from speakers.delegations import guesses
from speakers.models import WitnessAsked
from speakers.publishing import witness
from tests.at_once import together
from tests.factories import OPEN

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def answered():
    """How many of eight questions, asked at once, are answered."""
    ends = together(*[lambda: witness.ask("0" * 64, network="192.0.2.7", at=OPEN)] * THREADS)
    assert all(each == "done" or isinstance(each, witness.AskedTooOften) for each in ends), ends
    return ends.count("done")


def test_no_more_than_the_limit_are_answered(monkeypatch):
    monkeypatch.setattr(witness, "PER_NETWORK", 3)

    assert answered() == 3
    assert WitnessAsked.objects.get().number == THREADS


def test_without_the_lock_more_would_be_answered(monkeypatch):
    """The negative control: all read the count before any of them stores it."""
    all_have_read = threading.Barrier(THREADS)

    @contextmanager
    def counting(model, *, window, at, **key):
        counted = model.objects.filter(**key).first() or model(**key, began_at=at)
        all_have_read.wait(10)
        counted.number += 1
        yield counted

    monkeypatch.setattr(guesses, "counting", counting)
    monkeypatch.setattr(witness, "PER_NETWORK", 3)

    assert answered() == THREADS
