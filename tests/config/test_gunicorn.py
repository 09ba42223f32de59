"""How many processes and threads the web server has, and where it listens."""

import os

import pytest
from environ import FileAwareEnv

from config import environment


@pytest.mark.parametrize(("processors", "processes"), [(None, 2), (1, 2), (2, 2), (8, 8)])
def test_there_is_a_process_for_each_processor_and_never_one_alone(monkeypatch, processors, processes):
    monkeypatch.delenv("WEB_CONCURRENCY", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: processors)

    assert environment.processes(FileAwareEnv()) == processes


def test_the_settings_set_other_numbers_and_another_address(manage):
    own = {"WEB_CONCURRENCY": "3", "WEB_THREADS": "5", "WEB_GRACEFUL_TIMEOUT": "7", "HOST": "127.0.0.2", "PORT": "8080"}
    configuration = "from config.gunicorn import bind, workers, threads, graceful_timeout as t"

    words, code = manage("shell", "--no-imports", "-c", f"{configuration}; print(bind, workers, threads, t)", **own)

    assert (words, code) == ("127.0.0.2:8080 3 5 7\n", 0)
