"""Waking Celery costs a request nothing, in any state of the broker."""

import os
import threading

import pytest
from celery import current_app
from django.db import transaction

from outbox import posting
from outbox.delivery import waking
from outbox.models import Message
from outbox.tasks import deliver
from tests.faults.processes import wait_until
from tests.outbox import smtp_server
from tests.servers import free_port

A_WHILE = 0.3
"""Seconds after which a call that waits for a broker still waits: these brokers would let it wait for a minute."""
SILENT = {"socket_timeout": 60, "socket_connect_timeout": 60}


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


def wake(number):
    for each in range(number):
        waking.wake(f"<{each}@x.example>")


def wakers():
    """The threads that publish."""
    return {thread for thread in threading.enumerate() if thread.name == "outbox-waker"}


@pytest.mark.django_db(transaction=True)
def test_a_committed_mail_becomes_a_task(broker, write_mail):
    broker("memory://")

    message = write_mail()

    with current_app.connection() as connection:
        queue = connection.SimpleQueue("celery")
        task = queue.get(timeout=5)
        task.ack()
    assert task.headers["task"] == "outbox.deliver"
    assert task.payload[1] == {"message": message.message_id, "others": []}


@pytest.mark.django_db(transaction=True)
def test_mails_that_were_posted_together_are_tasks_of_four_each_and_each_is_sent(broker):
    broker("memory://")

    with posting.together():
        for number in range(5):
            posting.post(
                key=f"test/{number}", kind="acknowledgement", to=["contact@mission.example"], subject="Receipt"
            )

    with current_app.connection() as connection:
        queue = connection.SimpleQueue("celery")
        tasks = [queue.get(timeout=5) for _number in range(2)]
        for task in tasks:
            task.ack()
    sent = [[task.payload[1]["message"], *task.payload[1]["others"]] for task in tasks]
    names = list(Message.objects.order_by("pk").values_list("message_id", flat=True))
    assert sent == [names[:4], names[4:]]
    for task in tasks:
        deliver(**task.payload[1])
    assert not Message.objects.not_sent().exists()


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
    assert task.payload[1]["message"] == last.message_id


def test_a_broker_that_swallows_everything_costs_a_request_nothing(broker):
    """All calls return while the thread still waits for the broker with the first mail, or has not taken it yet."""
    with smtp_server.silent() as port:
        broker(f"redis://127.0.0.1:{port}/0", **SILENT)

        wake(200)

        assert waking.waker.waiting.qsize() in {199, 200}


def test_publishing_in_the_request_would_wait_for_that_broker(broker):
    """The negative control of the test above."""
    with smtp_server.silent() as port:
        broker(f"redis://127.0.0.1:{port}/0", **SILENT)

        request = threading.Thread(target=waking.publish, args=["<1@x.example>"], daemon=True)
        request.start()
        request.join(A_WHILE)
        still_waits = request.is_alive()

    assert still_waits


def test_a_dead_broker_is_noticed_by_the_thread_and_never_by_a_request(broker, caplog):
    broker(f"redis://127.0.0.1:{free_port()}/0", socket_connect_timeout=0.3)

    wake(200)

    wait_until(lambda: not waking.waker.waiting.qsize() and "not reached" in caplog.text, "the broker to be missed")
    assert threading.current_thread().name not in {record.threadName for record in caplog.records}


def test_a_full_queue_forgets_the_rest_at_once(broker):
    with smtp_server.silent() as port:
        broker(f"redis://127.0.0.1:{port}/0", **SILENT)

        wake(waking.QUEUE_LENGTH + 200)

        assert waking.waker.waiting.qsize() in {waking.QUEUE_LENGTH - 1, waking.QUEUE_LENGTH}


def test_the_thread_starts_with_the_first_mail_and_only_once(broker):
    broker("memory://")
    before = wakers()

    wake(10)

    assert wakers() - before == {waking.waker.thread}


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
