"""Concluding locks every list of a meeting, a selection those of its round tables: in one order.  R-32 R-62"""

import threading
import time
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection

from acts.locking import locked
from dialogue.models import Meeting
from floor.acts import suspending, timely
from floor.models import Room
from speakers.interest.holding import held
from tests.at_once import together
from tests.factories import STAFF
from tests.speakers.interest.round_tables import make_round_tables

pytestmark = pytest.mark.django_db(transaction=True)
# Longer than PostgreSQL waits before it looks for a deadlock.
LONG_ENOUGH = 1.5


@pytest.fixture
def meeting():
    """A meeting of which the room hears the round table with the highest key."""
    first, second = make_round_tables()
    assert first.pk < second.pk
    Meeting.objects.filter(pk=first.meeting.pk).update(hears=second.slug)
    return Meeting.objects.get(pk=first.meeting.pk)


@pytest.fixture
def is_concluding(monkeypatch):
    """Set once the officer who concludes holds the list that the room hears; the act then waits a little."""
    reached, needs_time = threading.Event(), timely.needs_time_to_conclude

    def slowly(*given, **named):
        reached.set()
        time.sleep(LONG_ENOUGH / 2)
        return needs_time(*given, **named)

    monkeypatch.setattr(timely, "needs_time_to_conclude", slowly)
    return reached


def conclude_while_one_selects(meeting, is_concluding):
    def select():
        is_concluding.wait(timeout=60)
        with held(meeting.pk):
            assert Room.objects.filter(concluded_at=None).count() == 0

    return together(lambda: suspending.conclude(meeting, by=STAFF, at=meeting.hours[-1].ends_at), select)


def test_one_who_selects_while_the_meeting_is_concluded_waits_for_it(meeting, is_concluding):
    assert conclude_while_one_selects(meeting, is_concluding) == ["done", "done"]


def test_if_the_list_that_is_heard_were_locked_before_the_others_one_of_the_two_would_fail(
    meeting, is_concluding, monkeypatch
):
    """The negative control: the order in which each act takes the lists is what keeps them from each other.

    SQLite has one lock for all of them.
    """

    @contextmanager
    def from_the_last(lists):
        last, *others = lists.order_by("-pk")
        with locked(last):
            is_concluding.set()
            time.sleep(LONG_ENOUGH / 2)
            for each in others:
                with locked(each):
                    pass
            yield

    monkeypatch.setattr(suspending, "locked_in_order", from_the_last)

    ends = conclude_while_one_selects(meeting, is_concluding)

    lost = [each for each in ends if isinstance(each, OperationalError)]
    assert len(lost) == (1 if connection.vendor == "postgresql" else 0)
