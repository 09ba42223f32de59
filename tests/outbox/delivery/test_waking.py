"""Waking Celery costs a request nothing, in any state of the broker."""

import os
import threading
import time

import pytest
from celery import current_app
from django.db import transaction

from outbox.delivery import waking
from outbox.tasks import deliver
from tests.outbox import smtp_server

LIMIT_SECONDS = 0.005


@pytest.fixture
def broker():
    """A function that points Celery to a broker for this test and gives the process a fresh waker."""
    before = current_app.conf.broker_url, current_app.conf.broker_transport_options

    def use(url, **options):
        current_app.conf.broker_url, current_app.conf.broker_transport_options = url, options
        current_app._after_fork()  # noqa: SLF001  Celery's way to forget its connections
        waking.start_afresh()

    yield use
    current_app.conf.broker_url, current_app.conf.broker_transport_options = before
    current_app._after_fork()  # noqa: SLF001  Celery's way to forget its connections
    waking.start_afresh()


def slowest_wake(number=200):
    """The seconds the slowest of so many calls took. One may coincide with a thread switch, so it is left out."""
    durations = []
    for each in range(number):
        began = time.perf_counter()
        waking.wake(f"<{each}@x.example>")
        durations.append(time.perf_counter() - began)
    return sorted(durations)[-2]


@pytest.mark.django_db(transaction=True)
def test_a_committed_mail_becomes_a_task(broker, write_mail):
    broker("memory://")

    message = write_mail()

    with current_app.connection() as connection:
        queue = connection.SimpleQueue("celery")
        task = queue.get(timeout=5)
        task.ack()
    assert task.headers["task"] == "outbox.deliver"
    assert task.payload[1] == {"message": message.message_id}


@pytest.mark.django_db(transaction=True)
def test_a_mail_of_a_rolled_back_transaction_wakes_no_worker(broker, write_mail):
    broker("memory://")

    with transaction.atomic():
        write_mail()
        transaction.set_rollback(True)
    last = write_mail()

    with current_app.connection() as connection:
        queue = connection.SimpleQueue("celery")
        task = queue.get(timeout=5)
        task.ack()
    assert task.payload[1] == {"message": last.message_id}


def test_a_broker_that_swallows_everything_costs_a_request_nothing(broker):
    with smtp_server.silent() as port:
        broker(f"redis://127.0.0.1:{port}/0", socket_timeout=0.3, socket_connect_timeout=0.3)

        assert slowest_wake() < LIMIT_SECONDS


def test_publishing_in_the_request_would_wait_for_that_broker(broker):
    """The negative control of the test above."""
    with smtp_server.silent() as port:
        broker(f"redis://127.0.0.1:{port}/0", socket_timeout=5, socket_connect_timeout=5)

        request = threading.Thread(target=waking.publish, args=["<1@x.example>"], daemon=True)
        request.start()
        request.join(40 * LIMIT_SECONDS)
        still_waits = request.is_alive()

    assert still_waits


def test_a_dead_broker_costs_a_request_nothing_and_raises_nothing(broker):
    broker(f"redis://127.0.0.1:{smtp_server.free_port()}/0", socket_connect_timeout=0.3)

    assert slowest_wake() < LIMIT_SECONDS


def test_a_full_queue_forgets_the_rest_at_once(broker):
    with smtp_server.silent() as port:
        broker(f"redis://127.0.0.1:{port}/0", socket_timeout=0.3, socket_connect_timeout=0.3)

        slowest = slowest_wake(waking.QUEUE_LENGTH + 200)

    assert slowest < LIMIT_SECONDS
    assert waking.waker.waiting.qsize() <= waking.QUEUE_LENGTH


def test_the_thread_starts_with_the_first_mail_and_only_once(broker):
    broker("memory://")
    before = threading.active_count()

    for each in range(10):
        waking.wake(f"<{each}@x.example>")

    assert threading.active_count() == before + 1


def test_a_forked_process_begins_with_a_queue_and_a_thread_of_its_own(broker):
    broker("memory://")
    waking.wake("<1@x.example>")
    reader, writer = os.pipe()

    if (child := os.fork()) == 0:
        is_fresh = waking.waker.thread is None and waking.waker.waiting.empty()
        waking.wake("<2@x.example>")
        os.write(writer, b"1" if is_fresh and waking.waker.thread.is_alive() else b"0")
        os._exit(0)
    os.waitpid(child, 0)

    assert os.read(reader, 1) == b"1"


def test_the_task_takes_arguments_that_a_later_version_may_send(db):
    assert deliver(message="<no such mail>", added_in_a_later_version=True) is None
