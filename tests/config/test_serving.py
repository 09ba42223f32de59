"""`manage.py serve`, which script/server runs: all parts come up, come back when killed, and end together."""

import os
import re
import signal
import sqlite3
import subprocess
from contextlib import closing

import pytest
from django.conf import settings

from tests.config.serving import PARTS, is_alive, wait_until

pytestmark = pytest.mark.faults


def test_it_says_where_everything_is_and_answers_there(first_start):
    for address in ["/", "/secretariat/", "/mailbox/", "/meetings/r2p-rehearsal/speakers/inscribe/"]:
        assert f"http://localhost:{first_start.port}{address}" in first_start.said
    assert re.search(r"user secretariat, password \S{20}\n", first_start.said)
    assert first_start.answer == 200


@pytest.mark.parametrize("part", [*PARTS, "all"])
def test_a_part_that_is_killed_comes_back(prepared, part):
    prepared.start()
    wait_until(lambda: set(prepared.parts()) == set(PARTS), "all parts to run")
    before = prepared.parts()
    killed = set(PARTS) if part == "all" else {part}

    for name in killed:
        os.kill(before[name], signal.SIGKILL)

    wait_until(lambda: _came_back(prepared, before, killed), f"{part} to come back")
    assert all(prepared.parts()[name] == before[name] for name in set(PARTS) - killed)
    wait_until(lambda: prepared.answers() == 200, "the pages to answer")


def _came_back(site, before, killed):
    now = site.parts()
    return set(now) == set(PARTS) and not any(now[name] == before[name] for name in killed)


@pytest.mark.alone
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_all_parts_end_together_within_seconds(prepared, by):
    prepared.start()
    parts = prepared.parts().values()

    seconds = prepared.end(by)

    assert seconds < 7
    assert not [pid for pid in parts if is_alive(pid)]


def test_no_part_outlives_a_supervisor_that_is_killed(prepared):
    prepared.start()
    parts = prepared.parts().values()

    prepared.process.kill()
    prepared.process.wait()

    wait_until(lambda: not [pid for pid in parts if is_alive(pid)], "the parts to end", seconds=15)


def test_a_second_start_makes_nothing_again_and_keeps_password_and_data(prepared):
    before = made_at_the_start(prepared)

    prepared.start()

    assert made_at_the_start(prepared) == before
    assert "password" not in prepared.said.read_text()


def made_at_the_start(site):
    """What a first start makes: every static file and when it was written, the tables' history, meetings and staff."""
    files = {path: path.stat().st_mtime_ns for path in (site.state / "static").rglob("*") if path.is_file()}
    questions = [
        "SELECT name, applied FROM django_migrations ORDER BY id",
        "SELECT id, slug FROM dialogue_meeting ORDER BY id",
        "SELECT username, password FROM auth_user ORDER BY id",
    ]
    with closing(sqlite3.connect(site.state / "database.sqlite3")) as database:
        rows = [database.execute(question).fetchall() for question in questions]
    assert all([files, *rows])
    return files, rows


def test_two_on_the_same_state_are_refused_in_words(prepared):
    prepared.start()

    again = subprocess.run(
        prepared.command(), env=prepared.environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )

    assert again.returncode != 0
    assert f"A server is already running on {prepared.environment['VAR_DIR']}" in again.stderr
    assert prepared.answers() == 200


def test_a_port_that_is_taken_is_refused_in_words(prepared, tmp_path_factory):
    prepared.start()
    elsewhere = prepared.environment | {"VAR_DIR": str(tmp_path_factory.mktemp("elsewhere"))}

    again = subprocess.run(
        prepared.command(), env=elsewhere, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )

    assert again.returncode != 0
    assert f"Port {prepared.port} of 127.0.0.1 cannot be used" in again.stderr


@pytest.mark.alone
def test_all_is_well_soon_after_the_start(prepared):
    prepared.start()

    wait_until(lambda: prepared.answers("healthz") == 200, "worker and scheduler to be seen", seconds=20)
