"""How the environment leads to PostgreSQL: to one of several servers, or through a pool."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from environ import Env

from config import environment
from config.postgresql.base import in_turn

SEVERAL = {"host": "one,other", "port": "5432,5433"}


@pytest.fixture
def database(monkeypatch):
    """A function that reads `DATABASE_URL`, and `DATABASE_POOLED`, as Django's settings of a database."""

    def read(url, pooled=""):
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("DATABASE_POOLED", pooled)
        return environment.postgresql(Env())

    return read


def test_of_several_servers_the_one_that_takes_writes_is_asked_for(database):
    found = database("postgres://name:secret@one:5432,other:5433/speakers?sslmode=require")

    assert (found["HOST"], found["PORT"], found["NAME"]) == ("one,other", "5432,5433", "speakers")
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["connect_timeout"] == 2


def test_one_server_is_not_asked_what_it_takes(database):
    assert "target_session_attrs" not in database("postgres://name@one/speakers")["OPTIONS"]


@pytest.mark.parametrize("hosts", ["one", "one,other"])
def test_a_server_that_vanishes_is_given_up_by_the_kernel(database, hosts):
    options = database(f"postgres://name@{hosts}/speakers")["OPTIONS"]

    assert (options["keepalives_idle"], options["tcp_user_timeout"]) == (1, 3000)


def test_what_the_address_says_comes_before_what_is_usual(database):
    assert database("postgres://name@one/speakers?connect_timeout=9")["OPTIONS"]["connect_timeout"] == 9


def test_through_a_pool_nothing_is_asked_that_it_does_not_pass_on(database):
    direct, pooled = database("postgres://name@one/speakers"), database("postgres://name@one/speakers", pooled="1")

    assert not direct["DISABLE_SERVER_SIDE_CURSORS"]
    assert "lock_timeout" in direct["OPTIONS"]["options"]
    assert pooled["DISABLE_SERVER_SIDE_CURSORS"]
    assert "options" not in pooled["OPTIONS"]


def test_the_server_that_answered_last_is_asked_first():
    assert in_turn(SEVERAL, ("other", "5433")) == {"host": "other,one", "port": "5433,5432"}


def test_without_an_answer_yet_the_servers_are_asked_in_the_order_of_the_address():
    assert in_turn(SEVERAL, None) == SEVERAL


def test_one_port_for_all_and_the_usual_port_are_understood():
    assert in_turn({"host": "one,other", "port": "6000"}, ("other", "6000"))["host"] == "other,one"
    assert in_turn({"host": "one,other"}, ("other", "5432")) == {"host": "other,one", "port": ","}


def test_the_live_streams_do_not_start_on_a_pool(production_environment):
    own = {"DATABASE_POOLED": "1"}
    command = [sys.executable, "-c", "import config.asgi"]

    done = subprocess.run(
        command, env=production_environment | own, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )

    assert "DATABASE_POOLED is on, and the live streams hear of acts by LISTEN" in done.stderr


@pytest.mark.parametrize(("limit", "warnings"), [("0", 1), ("3s", 0)])
def test_behind_a_pool_a_database_that_lets_a_process_wait_without_end_is_warned_of(
    production_environment, limit, warnings
):
    url = production_environment["DATABASE_URL"] + f"?options=-c%20lock_timeout%3D{limit}"
    command = [sys.executable, "manage.py", "check", "--database", "default"]
    own = {**os.environ, **production_environment, "DATABASE_URL": url, "DATABASE_POOLED": "1"}

    done = subprocess.run(command, env=own, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)

    assert done.stderr.count("project.W007") == warnings
