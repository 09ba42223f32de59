"""What staff and monitoring see about the mail.  R-10"""

import threading
from datetime import timedelta

import pytest
from celery import Celery
from django.db import OperationalError

import clock
from outbox import desk, health, tasks
from outbox.delivery import heartbeats
from outbox.models import Heartbeat, Message, State

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def alive(db):
    """The worker and the scheduler were seen at this very moment, which is returned."""
    with clock.stopped(clock.now()) as at:
        heartbeats.stamp(Heartbeat.Part.WORKER)
        heartbeats.stamp(Heartbeat.Part.BEAT)
        yield at


@pytest.fixture
def quiet_threads(monkeypatch):
    """This thread has stamped nothing yet."""
    monkeypatch.setattr(heartbeats, "_stamped", threading.local())


def test_all_is_well_where_both_were_just_seen_and_no_mail_waits(alive):
    report = health.report(alive)

    assert report == health.Report(None, 0, 0, 0, 0, 0, alive, alive, [], True)


def test_before_anybody_was_ever_seen_nothing_is_well():
    report = health.report(clock.now())

    assert (report.worker_seen_at, report.beat_seen_at, report.is_well) == (None, None, False)
    assert len(report.problems) == 2


def test_the_worker_may_be_silent_for_two_and_a_half_minutes(alive):
    with clock.stopped(alive + 151 * SECOND):
        heartbeats.stamp(Heartbeat.Part.BEAT)

    assert health.report(alive + 150 * SECOND).is_well
    assert health.report(alive + 151 * SECOND).problems == [
        "The worker has worked off no task for two and a half minutes: mail waits and lists are closed late."
    ]


def test_the_scheduler_may_be_silent_for_two_minutes(alive):
    with clock.stopped(alive + 121 * SECOND):
        heartbeats.stamp(Heartbeat.Part.WORKER)

    assert health.report(alive + 120 * SECOND).is_well
    assert health.report(alive + 121 * SECOND).problems == [
        "Celery beat has not been seen for two minutes: nothing is done on time."
    ]


def test_mail_unsent_for_over_ten_minutes_is_not_well(alive, write_mail):
    write_mail(at=alive - timedelta(minutes=10, seconds=1))

    report = health.report(alive)

    assert report.oldest_unsent_age == timedelta(minutes=10, seconds=1)
    assert (report.problems, report.is_well) == (["A mail has been unsent for 10 minutes."], False)


def test_mail_unsent_for_ten_minutes_is_well(alive, write_mail):
    write_mail(at=alive - timedelta(minutes=10))

    assert health.report(alive).is_well


def test_held_mail_is_counted_and_is_young_once_released(alive, write_mail):
    message = write_mail(at=alive - timedelta(days=1), hold=True)
    before = health.report(alive)

    desk.release(message, at=alive)

    after = health.report(alive)
    assert (before.held, before.oldest_unsent_age, before.is_well) == (1, None, True)
    assert (after.held, after.oldest_unsent_age, after.is_well) == (0, timedelta(), True)


def test_failed_mail_is_shown_to_staff_but_the_machinery_is_well(alive, write_mail):
    write_mail()
    Message.objects.update(state=State.FAILED, next_attempt_at=None)

    report = health.report(alive)

    assert (report.failed, report.is_well) == (1, True)
    assert report.problems == ["1 mail failed and waits for staff to try it again."]


@pytest.mark.parametrize("state", [State.QUEUED, State.FAILED])
def test_a_receipt_that_no_one_has_after_ten_minutes_is_not_well_whatever_became_of_it(alive, write_mail, state):
    write_mail(kind="speakers.acknowledgement", at=alive - timedelta(minutes=10, seconds=1))
    Message.objects.filter(pk__gt=0).update(state=state, next_attempt_at=alive if state == State.QUEUED else None)

    report = health.report(alive)

    assert (report.without_receipt, report.is_well) == (1, False)
    assert "1 receipt was not delivered within ten minutes." in report.problems


def test_other_mail_that_failed_and_receipts_that_are_young_sent_or_rehearsed_are_no_missing_receipts(
    alive, write_mail
):
    old = alive - timedelta(hours=1)
    write_mail(kind="speakers.withdrawn", at=old)
    Message.objects.update(state=State.FAILED, next_attempt_at=None)
    write_mail(kind="speakers.acknowledgement", at=alive)
    sent = write_mail(kind="speakers.acknowledgement", at=old)
    Message.objects.filter(pk=sent.pk).update(state=State.SENT, next_attempt_at=None, sent_at=alive)
    rehearsed = write_mail(kind="speakers.acknowledgement", at=old, is_rehearsal=True)
    Message.objects.filter(pk=rehearsed.pk).update(state=State.FAILED, next_attempt_at=None)

    report = health.report(alive)

    assert (report.without_receipt, report.is_well) == (0, True)


def test_the_report_costs_two_statements_however_much_mail_there_is(write_mail, django_assert_num_queries):
    at = clock.now()
    for _ in range(5):
        write_mail()

    with django_assert_num_queries(2):
        health.report(at)


def test_what_was_not_sent_is_found_by_an_index_however_much_was_sent(write_mail):
    kept = write_mail(hold=True)
    at = kept.created_at
    sent = {"kind": "test", "state": State.SENT, "created_at": at, "queued_at": at, "sent_at": at}
    Message.objects.bulk_create([Message(key=f"sent {number}", **sent) for number in range(2000)])

    assert Message.objects.not_sent().get() == kept
    assert "mail_by_state_and_turn" in Message.objects.not_sent().explain()
    assert "mail_by_state_and_turn" not in Message.objects.exclude(state=State.SENT).explain()


def test_a_second_stamp_moves_the_first():
    heartbeats.stamp(Heartbeat.Part.WORKER)
    first = Heartbeat.objects.get()

    heartbeats.stamp(Heartbeat.Part.WORKER)

    assert Heartbeat.objects.get().at > first.at


def test_the_task_of_the_scheduler_does_nothing_whatever_later_versions_send():
    assert tasks.pulse(added_in_a_later_version=True) is None


@pytest.mark.django_db(transaction=True)
def test_a_task_that_was_worked_off_shows_that_the_worker_does_so(quiet_threads):
    tasks.pulse.apply()

    assert Heartbeat.objects.get().part == Heartbeat.Part.WORKER


@pytest.mark.django_db(transaction=True)
def test_a_task_that_the_broker_took_shows_that_the_scheduler_lives(quiet_threads, settings):
    with Celery(broker="memory://", set_as_current=False) as app:
        app.send_task("outbox.sweep")
        before = Heartbeat.objects.exists()
        app.send_task("outbox.pulse")

    assert not before
    assert Heartbeat.objects.get().part == Heartbeat.Part.BEAT


def test_a_busy_worker_stamps_now_and_then_and_at_once_after_a_failure(quiet_threads, monkeypatch, caplog):
    stamps, errors = [], [OperationalError("away")]

    def stamp(part):
        stamps.append(part)
        if errors:
            raise errors.pop()

    monkeypatch.setattr(heartbeats, "stamp", stamp)

    for _task in range(5):
        heartbeats.stamp_now_and_then(Heartbeat.Part.WORKER)

    assert len(stamps) == 2
    assert caplog.messages == ["The heartbeat of the worker was not stored: OperationalError."]
