"""A worker that hears nothing from the scheduler does what is due itself.  R-06 R-10"""

import threading
from datetime import timedelta

import pytest
from celery import current_app
from django.contrib.sessions.models import Session

import clock
from config import stand_in
from outbox.delivery import heartbeats, sending
from outbox.models import Heartbeat, Message
from outbox.posting import post
from speakers.models import Revision
from tests.factories import DEADLINE, make_meeting

pytestmark = pytest.mark.django_db
SILENT = stand_in.SILENT_FOR


@pytest.fixture(autouse=True)
def _tasks_known():
    """Import every task, as a worker does when it starts."""
    current_app.loader.import_default_modules()


@pytest.fixture
def scheduler_seen(worker_seen):
    """A function that says when the scheduler was last seen, while the worker works."""

    def seen(at):
        Heartbeat.objects.create(part=Heartbeat.Part.BEAT, at=at)
        worker_seen(clock.now())

    return seen


@pytest.fixture
def worker_seen(monkeypatch):
    """A function that says when a task was last worked off. This thread has stamped nothing yet."""
    monkeypatch.setattr(heartbeats, "_stamped", threading.local())

    def seen(at):
        Heartbeat.objects.create(part=Heartbeat.Part.WORKER, at=at)

    return seen


@pytest.fixture
def mail():
    post(key="a", to=["contact@mission.example"], subject="Receipt", body="Recorded.\n", kind="test")
    return Message.objects.get(key="a")


def test_a_scheduler_that_was_just_seen_is_left_to_its_work(scheduler_seen, mail):
    now = clock.now()
    scheduler_seen(now - SILENT + timedelta(seconds=1))

    assert not stand_in.stand_in(at=now)

    assert Message.objects.get().state == "queued"


@pytest.mark.parametrize("ago", [SILENT, timedelta(days=3)])
def test_mail_goes_out_even_if_the_scheduler_is_silent(scheduler_seen, mail, ago):
    now = clock.now()
    scheduler_seen(now - ago)

    assert stand_in.stand_in(at=now)

    assert Message.objects.get().state == "sent"


def test_a_due_list_is_closed_even_if_the_scheduler_was_never_seen():
    make_meeting()

    with clock.stopped(DEADLINE + timedelta(minutes=1)) as at:
        stand_in.stand_in(at=at)

    assert Revision.objects.get().kind == Revision.Kind.ESTABLISHED


def test_standing_in_does_not_make_the_scheduler_look_alive(scheduler_seen):
    long_ago = clock.now() - timedelta(days=1)
    scheduler_seen(long_ago)

    stand_in.stand_in(at=clock.now())

    assert Heartbeat.objects.get(part="beat").at == long_ago


def test_a_worker_that_stands_in_for_the_scheduler_is_seen_to_work(worker_seen):
    now = clock.now()
    worker_seen(now - timedelta(days=1))

    assert stand_in.stand_in(at=now)

    assert Heartbeat.objects.get().at >= now


def test_a_worker_whose_pool_hangs_does_what_is_due_and_does_not_cover_it_up(worker_seen, mail):
    now = clock.now()
    Heartbeat.objects.create(part=Heartbeat.Part.BEAT, at=now)
    worker_seen(now - SILENT)

    assert stand_in.stand_in(at=now)

    assert Message.objects.get().state == "sent"
    assert Heartbeat.objects.get(part="worker").at == now - SILENT


def test_a_task_that_fails_does_not_hold_up_the_others(mail, monkeypatch, caplog):
    def fail(**_later_arguments):
        raise ValueError

    for name in ["speakers.close_due_lists", "speakers.remind_delegations"]:
        monkeypatch.setattr(current_app.tasks[name], "run", fail)

    stand_in.stand_in(at=clock.now())

    assert Message.objects.get().state == "sent"
    assert "The task speakers.close_due_lists failed" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_thread_survives_an_error_and_ends_when_told(mail, monkeypatch):
    ended, errors = threading.Event(), []

    def fail_once(pk, _line):
        if not errors:
            errors.append(pk)
            raise ZeroDivisionError
        ended.set()

    monkeypatch.setattr(stand_in, "SECONDS", 0.01)
    monkeypatch.setattr(sending, "deliver", fail_once)
    thread = threading.Thread(target=stand_in.look_for_ever, args=[ended])

    thread.start()
    thread.join(20)

    assert not thread.is_alive()
    assert errors == [mail.pk]


def test_erasing_personal_data_waits_for_the_scheduler(scheduler_seen):
    now = clock.now()
    scheduler_seen(now - SILENT)
    Session.objects.create(session_key="over", session_data="", expire_date=now - timedelta(days=1))

    assert stand_in.stand_in(at=now)

    assert Session.objects.exists()
