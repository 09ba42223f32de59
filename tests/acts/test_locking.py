"""Locking rows: waiting for it, giving up, and running the act once, on whichever database the suite runs.  R-03"""

import threading
import time
from contextlib import suppress
from functools import partial

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from acts import locking
from acts.locking import locked, locked_in_order
from acts.refusals import Refusal
from dialogue.models import Contact, Meeting
from tests.at_once import together
from tests.factories import make_meeting

pytestmark = pytest.mark.django_db(transaction=True)

# Seconds that one wait lasts in these tests, and the most that all of them may.
ONCE, AT_MOST = 0.2, 1.0


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    monkeypatch.setattr(locking, "WAIT_ONCE", ONCE)
    monkeypatch.setattr(locking, "WAIT_AT_MOST", AT_MOST)


@pytest.fixture
def meeting():
    return make_meeting(personal_data_days=30)


def days_of(meeting):
    return Meeting.objects.get(pk=meeting.pk).personal_data_days


def wait_briefly():
    """Let a single wait for a lock on this thread's connection last `ONCE`."""
    is_postgresql = connection.vendor == "postgresql"
    words = "SET lock_timeout = '{}ms'" if is_postgresql else "PRAGMA busy_timeout = {}"
    with connection.cursor() as cursor:
        cursor.execute(words.format(int(ONCE * 1000)))


def at_once(*acts):
    """Do the `acts` together, each waiting briefly for a lock; return how each ended: "done" or its exception."""

    def briefly(act):
        wait_briefly()
        act()

    return together(*(partial(briefly, act) for act in acts))


class Busy:
    """Stands for rows that are never free, or fail otherwise; counts how often they were asked for."""

    def __init__(self, words="database is locked"):
        self.words, self.tries = words, 0

    def select_for_update(self, **_options):
        return self

    def get(self):
        self.tries += 1
        raise OperationalError(self.words)


def test_the_body_has_the_row_as_it_is_now_and_its_changes_are_stored(meeting):
    Meeting.objects.update(personal_data_days=40)

    with locked(meeting) as found:
        before = found.personal_data_days
        found.personal_data_days += 1
        found.save(update_fields=["personal_data_days"])

    assert (before, days_of(meeting), meeting.personal_data_days) == (40, 41, 30)


def test_rows_can_be_named_by_a_query(meeting):
    with locked(Meeting.objects.filter(slug=meeting.slug)) as found:
        assert found == meeting


def test_there_has_to_be_such_a_row(meeting):
    with pytest.raises(Meeting.DoesNotExist), locked(Meeting.objects.filter(slug="unknown")):
        pytest.fail("There is no row to act on.")

    assert not connection.in_atomic_block


def test_what_raises_in_the_body_is_raised_and_nothing_is_stored(meeting):
    def act():
        with locked(meeting) as found:
            found.personal_data_days = 99
            found.save()
            raise Refusal("No.")

    with pytest.raises(Refusal):
        act()

    assert days_of(meeting) == 30


def test_what_fails_at_the_commit_is_raised_and_nothing_is_stored(meeting):
    def act():
        with locked(meeting) as found:
            found.personal_data_days = 99
            found.save()
            Contact.objects.create(meeting_id=meeting.pk + 1, role=Contact.Role.INSCRIPTION, name="Of no meeting")
            reached_the_end.append(True)

    reached_the_end = []
    with pytest.raises(IntegrityError):
        act()

    assert reached_the_end
    assert days_of(meeting) == 30


def hold(meeting, *, seconds, is_held):
    """An act that keeps the row for `seconds` and adds a day."""

    def act():
        with locked(meeting) as found:
            is_held.set()
            time.sleep(seconds)
            found.personal_data_days += 1
            found.save(update_fields=["personal_data_days"])

    return act


def add_a_day(meeting, *, once):
    def act():
        once.wait(timeout=60)
        with locked(meeting) as found:
            found.personal_data_days += 1
            found.save(update_fields=["personal_data_days"])

    return act


def test_an_act_waits_for_longer_than_one_wait_and_then_sees_what_was_stored(meeting):
    is_held = threading.Event()

    ends = at_once(hold(meeting, seconds=ONCE * 2.5, is_held=is_held), add_a_day(meeting, once=is_held))

    assert (ends, days_of(meeting)) == (["done", "done"], 32)


def test_without_trying_again_an_act_is_lost_after_one_wait(meeting, monkeypatch):
    """The negative control of the waiting: what is held for longer than one wait is not had."""
    monkeypatch.setattr(locking, "WAIT_AT_MOST", 0)
    is_held = threading.Event()

    held, lost = at_once(hold(meeting, seconds=ONCE * 2.5, is_held=is_held), add_a_day(meeting, once=is_held))

    assert (held, type(lost), days_of(meeting)) == ("done", OperationalError, 31)


def test_an_act_gives_up_in_time_and_its_body_does_not_run(meeting):
    is_held, gave_up = threading.Event(), threading.Event()
    ran, waited = [], []

    def hold_on():
        with locked(meeting):
            is_held.set()
            gave_up.wait(timeout=60)

    def try_to():
        is_held.wait(timeout=60)
        began = time.monotonic()
        try:
            with locked(meeting):
                ran.append("body")
        finally:
            waited.append(time.monotonic() - began)
            gave_up.set()

    held, refused = at_once(hold_on, try_to)

    assert (held, type(refused), ran) == ("done", OperationalError, [])
    assert waited[0] > AT_MOST - ONCE


def test_an_act_inside_a_transaction_is_not_tried_again(meeting):
    inside, outside = Busy(), Busy()

    with pytest.raises(OperationalError), transaction.atomic(), locked(inside):
        pytest.fail("The row was never free.")
    with pytest.raises(OperationalError), locked(outside):
        pytest.fail("The row was never free.")

    assert inside.tries == 1
    assert outside.tries > 1


def test_any_other_failure_of_the_database_is_raised_at_once():
    broken = Busy("disk I/O error")

    with pytest.raises(OperationalError, match="disk"), locked(broken):
        pytest.fail("There is no row.")

    assert broken.tries == 1


def test_the_body_runs_once_even_if_it_waits_in_vain_for_another_lock(meeting):
    def act():
        with locked(meeting) as found:
            runs.append("body")
            found.personal_data_days = 99
            found.save()
            raise OperationalError("database is locked")

    runs = []
    with pytest.raises(OperationalError, match="locked"):
        act()

    assert (runs, days_of(meeting)) == (["body"], 30)


def both_add_a_day(meeting, reading):
    """Two acts that add a day to what they read with `reading`, each once the other has read too, if it can."""
    both_have_read = threading.Barrier(2)

    def act():
        with reading(meeting) as found:
            with suppress(threading.BrokenBarrierError):
                both_have_read.wait(timeout=ONCE / 2)
            Meeting.objects.filter(pk=meeting.pk).update(personal_data_days=found.personal_data_days + 1)

    return at_once(act, act)


class Unlocked:
    """What `locked` would be if it locked nothing: it reads, and holds no transaction."""

    def __init__(self, meeting):
        self.meeting = meeting

    def __enter__(self):
        return Meeting.objects.get(pk=self.meeting.pk)

    def __exit__(self, *raised):
        return False


def test_of_two_who_count_at_once_neither_is_lost(meeting):
    assert both_add_a_day(meeting, locked) == ["done", "done"]
    assert days_of(meeting) == 32


def test_without_the_lock_one_of_two_who_count_at_once_is_lost(meeting):
    assert both_add_a_day(meeting, Unlocked) == ["done", "done"]
    assert days_of(meeting) == 31


def test_several_rows_are_locked_at_once_and_had_as_they_are_now_in_the_order_of_their_keys(meeting):
    other = make_meeting("another")
    asked = Meeting.objects.filter(pk__in=[meeting.pk, other.pk]).order_by("-pk")
    Meeting.objects.filter(pk=other.pk).update(personal_data_days=40)

    with locked_in_order(asked) as found:
        assert connection.in_atomic_block
        assert [(each.pk, each.personal_data_days) for each in found] == [(meeting.pk, 30), (other.pk, 40)]
    with locked_in_order(Meeting.objects.none()) as found:
        assert found == []


def test_several_rows_are_waited_for_like_one(meeting):
    is_held = threading.Event()

    def add_to_all():
        is_held.wait(timeout=60)
        with locked_in_order(Meeting.objects.all()) as [found]:
            Meeting.objects.update(personal_data_days=found.personal_data_days + 1)

    ends = at_once(hold(meeting, seconds=ONCE * 2.5, is_held=is_held), add_to_all)

    assert (ends, days_of(meeting)) == (["done", "done"], 32)
