"""The worker, as Celery starts it."""

import os
import subprocess
import sys

from config import celery

START = """
import os, config.celery
from celery.signals import worker_init
worker_init.send(None)
print(os.nice(0), config.celery.OF_THE_SESSION.read_text().split()[-1])
"""


def niceness(**session):
    """That of a worker and of its session."""
    return [int(number) for number in subprocess.check_output([sys.executable, "-c", START], **session).split()]


def test_a_worker_steps_back_for_the_pages_and_so_does_a_session_of_its_own():
    assert niceness(start_new_session=True) == [min(19, os.nice(0) + celery.NICENESS), celery.NICENESS]


def test_a_session_that_a_worker_shares_with_the_pages_stays_as_it_is():
    before = int(celery.OF_THE_SESSION.read_text().split()[-1])

    assert niceness() == [min(19, os.nice(0) + celery.NICENESS), before]


def test_a_worker_starts_where_the_kernel_refuses_to_put_its_session_back(monkeypatch, tmp_path):
    monkeypatch.setattr(celery.os, "nice", lambda _by: 0)
    monkeypatch.setattr(celery.os, "getsid", lambda _of: os.getpid())
    monkeypatch.setattr(celery, "OF_THE_SESSION", tmp_path / "none" / "autogroup")

    celery.let_people_go_first()

    assert not celery.OF_THE_SESSION.exists()
