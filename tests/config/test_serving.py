"""`manage.py serve`, which script/server runs: all parts come up, come back when killed, and end together."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings

from tests.config.serving import PARTS, Site, ended, is_alive, wait_until

pytestmark = pytest.mark.faults


def test_it_says_where_everything_is_and_answers_there(first_start):
    for address in ["/", "/secretariat/", "/mailbox/", "/meetings/r2p-rehearsal/speakers/inscribe/"]:
        assert f"http://localhost:{first_start.port}{address}" in first_start.said
    assert re.search(r"user secretariat, password \S{20}\n", first_start.said)
    assert first_start.answer == 200


def test_each_part_that_is_killed_comes_back_and_all_that_are_killed_together(prepared):
    prepared.start()
    wait_until(lambda: set(prepared.parts()) == set(PARTS), "all parts to run")

    for killed in [*({part} for part in PARTS), set(PARTS)]:
        before = prepared.parts()
        for name in killed:
            os.kill(before[name], signal.SIGKILL)

        wait_until(lambda was=before, gone=killed: _came_back(prepared, was, gone), f"{killed} to come back")
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


def test_its_parts_write_even_where_they_cannot_open_the_output(prepared):
    """Such as a socket, which a process can only be given."""
    ours, theirs = socket.socketpair()
    with theirs:
        words = {"env": prepared.environment, "cwd": settings.BASE_DIR, "stdout": theirs, "stderr": theirs}
        prepared.process = subprocess.Popen(["script/server"], **words)

    ours.settimeout(120)
    with ours, ours.makefile() as said:
        assert any("Ctrl-C" in line for line in said)
        assert prepared.answers() == 200
        prepared.end()


def test_it_runs_in_folders_with_spaces_and_quotes_in_their_names(first_start, tmp_path):
    folder, state = tmp_path / "the list’s own folder, 100 %", tmp_path / "its state (kept)"
    left_out = shutil.ignore_patterns(".*", "node_modules", "var", "tests", "__pycache__")
    shutil.copytree(settings.BASE_DIR, folder, ignore=left_out)
    shutil.copytree(first_start.state, state)
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / "node_modules").symlink_to(settings.BASE_DIR / "node_modules")

    with ended(Site(state, folder)) as site:
        site.start()

        assert set(site.parts()) == set(PARTS)
        assert site.answers() == 200


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda state: state.write_text("in its place"), "The state cannot be kept in {state}: {state}: File exists."),
        (
            lambda state: (state / "database.sqlite3").mkdir(parents=True),
            "The database {state}/database.sqlite3 cannot be used: unable to open database file.",
        ),
        (
            lambda state: (state.mkdir(), (state / "database.sqlite3").write_text("no database " * 999)),
            "The database {state}/database.sqlite3 cannot be used: file is not a database.",
        ),
    ],
    ids=["a file in the place of the folder", "a folder in the place of the database", "another file as the database"],
)
def test_what_is_wrong_with_the_state_is_said_in_words(tmp_path, spoil, words):
    state = tmp_path / "state"
    spoil(state)
    site = Site(tmp_path)

    refused = subprocess.run(
        site.command(),
        env=site.environment | {"VAR_DIR": str(state)},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert words.format(state=state) in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.alone
def test_all_is_well_soon_after_the_start(prepared):
    prepared.start()

    wait_until(lambda: prepared.answers("healthz") == 200, "worker and scheduler to be seen", seconds=20)
