"""The broker of the embedded mode: each message is whole, is taken once, and stops no worker."""

import json
import logging
import threading
import time
from contextlib import contextmanager
from queue import Empty

import kombu
import pytest
from kombu.transport import filesystem

from config import celery  # noqa: F401  gives the broker its name
from config.embedded.state import broker_folders

QUEUE, LARGE = "celery", "x" * 4_000_000
PATIENCE = 30


@pytest.fixture
def folder(tmp_path):
    """The folder of a broker; the process forgets which queues it has bound elsewhere."""
    filesystem.Transport.global_state.clear()
    return tmp_path / "broker"


@contextmanager
def queue(folder, address="folder://localhost"):
    """A queue that puts and gets messages in `folder`."""
    with kombu.Connection(address, transport_options=broker_folders(folder)) as connection:
        yield connection.SimpleQueue(QUEUE, queue_opts={"durable": True})


def is_seen_unfinished(folder, address, until):
    """Is a message seen that is not whole, while many are put by the broker at `address` and `until` is not over?"""
    seen, is_over = threading.Event(), threading.Event()

    def look():
        while not is_over.is_set():
            for path in (folder / "queue").glob("*.msg"):
                try:
                    json.loads(path.read_text())
                except FileNotFoundError:
                    continue  # it has been taken
                except ValueError:
                    seen.set()

    thread = threading.Thread(target=look)
    with queue(folder, address) as putting:
        thread.start()
        try:
            while not seen.is_set() and time.monotonic() < until:
                putting.put(LARGE)
                putting.clear()
        finally:
            is_over.set()
            thread.join()
    return seen.is_set()


def test_no_message_is_seen_before_it_is_whole(folder):
    assert not is_seen_unfinished(folder, "folder://localhost", time.monotonic() + 2)


def test_with_the_broker_of_kombu_a_message_is_seen_before_it_is_whole(folder):
    assert is_seen_unfinished(folder, "filesystem://localhost", time.monotonic() + PATIENCE)


def test_messages_are_taken_in_their_order(folder):
    with queue(folder) as one, queue(folder) as other:
        for number in range(3):
            one.put(number)

        assert [other.get(timeout=1).payload for _ in range(3)] == [0, 1, 2]


@pytest.mark.parametrize("text", ["", '{"body": "half', "\0\xff"])
def test_a_message_that_cannot_be_read_is_left_out_and_the_next_is_taken(folder, caplog, text):
    with queue(folder) as taking:
        (folder / "queue" / f"0.{QUEUE}.msg").write_text(text)
        taking.put("next")

        with caplog.at_level(logging.WARNING):
            message = taking.get(timeout=1)
            message.ack()

    assert message.payload == "next"
    assert [record.getMessage() for record in caplog.records] == [
        "A message of the broker could not be read, and is left out."
    ]
    assert list((folder / "queue").iterdir()) == []


def test_of_many_who_take_at_once_one_gets_each_message(folder):
    with queue(folder) as putting:
        for number in range(200):
            putting.put(number)
    taken = []

    def take():
        with queue(folder) as taking:
            while True:
                try:
                    message = taking.get(block=False)
                except Empty:
                    return
                taken.append(message.payload)
                message.ack()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == list(range(200))
