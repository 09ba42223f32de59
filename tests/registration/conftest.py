"""A PostgreSQL server for the programs of these tests, each of which runs on its own database."""

import json
import subprocess
import sys

import psycopg2
import pytest
from django.conf import settings

from tests import servers

EMPTY = "registration_empty"


@pytest.fixture(scope="session")
def cluster(private_postgresql, private_redis, tmp_path_factory):
    """The server with one empty migrated database; returns a function for the environment of another database."""
    server = private_postgresql.rpartition("/")[0]

    def environment_of(name):
        surroundings = servers.environment(f"{server}/{name}", private_redis)
        return surroundings | {"VAR_DIR": str(tmp_path_factory.getbasetemp())}

    statement(private_postgresql, f'CREATE DATABASE "{EMPTY}"')
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, env=environment_of(EMPTY), cwd=settings.BASE_DIR, check=True)
    return environment_of


@pytest.fixture
def run(cluster, private_postgresql):
    """Run the `program`, a module, on a database called `name`, and return what it prints."""

    def on_a_database(program, name, *arguments):
        statement(private_postgresql, f'CREATE DATABASE "{name}" TEMPLATE "{EMPTY}"')
        surroundings = {"env": cluster(name), "cwd": settings.BASE_DIR}
        command = [sys.executable, "-m", f"tests.registration.{program}", *arguments]
        done = subprocess.run(command, check=True, capture_output=True, text=True, **surroundings)
        return json.loads(done.stdout.splitlines()[-1])

    return on_a_database


def statement(address, words):
    """Execute one SQL statement outside a transaction."""
    owner = psycopg2.connect(address)
    owner.autocommit = True
    owner.cursor().execute(words)
    owner.close()
