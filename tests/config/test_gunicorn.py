"""How many processes and threads the web server has, if no one says otherwise."""

import os
import runpy

import pytest
from django.conf import settings

CONFIGURATION = settings.BASE_DIR / "config" / "gunicorn.py"


@pytest.mark.parametrize(("processors", "processes"), [(None, 2), (1, 2), (2, 2), (8, 8)])
def test_there_is_a_process_for_each_processor_and_never_one_alone(monkeypatch, processors, processes):
    monkeypatch.delenv("WEB_CONCURRENCY", raising=False)
    monkeypatch.delenv("WEB_THREADS", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: processors)

    server = runpy.run_path(str(CONFIGURATION))

    assert (server["workers"], server["threads"]) == (processes, 2)


def test_the_environment_sets_other_numbers(monkeypatch):
    monkeypatch.setenv("WEB_CONCURRENCY", "3")
    monkeypatch.setenv("WEB_THREADS", "5")

    server = runpy.run_path(str(CONFIGURATION))

    assert (server["workers"], server["threads"]) == (3, 5)
