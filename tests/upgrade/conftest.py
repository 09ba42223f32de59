"""Sites on databases that the version before made, upgraded once for all tests."""

from dataclasses import dataclass, field

import psycopg2
import pytest

from tests.upgrade import site
from tests.upgrade.rewording import NAME


@dataclass
class Upgraded:
    """A site on an upgraded database, what is read from it now, and what the version before read from it."""

    environment: dict
    vendor: str
    facts: dict = field(init=False)
    pages: dict = field(init=False)

    def __post_init__(self):
        site.run(self.environment, "manage.py", "prepare")
        found = site.facts_and_pages(self.environment)
        self.facts, self.pages = found["facts"], found["pages"]

    @property
    def facts_before(self):
        return site.kept(f"{NAME}-{self.vendor}-facts")


@pytest.fixture(scope="session")
def make_database(private_postgresql):
    """A function that makes an empty database on the server of this run, and returns its address."""

    def make(name):
        connection = psycopg2.connect(private_postgresql)
        connection.autocommit = True
        connection.cursor().execute(f"CREATE DATABASE {name}")
        connection.close()
        return f"{private_postgresql.rpartition('/')[0]}/{name}"

    return make


@pytest.fixture(scope="session")
def on_postgresql(make_database, tmp_path_factory):
    address = make_database("upgraded")
    site.load_into_postgresql(NAME, address)
    return Upgraded(site.on_postgresql(address, tmp_path_factory.mktemp("upgraded")), "postgresql")


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory):
    folder = tmp_path_factory.mktemp("upgraded")
    site.load_into_sqlite(NAME, folder)
    return Upgraded(site.on_sqlite(folder), "sqlite")


@pytest.fixture(params=["on_postgresql", "on_sqlite"])
def upgraded(request, private_postgresql):
    """An upgraded site on each database. Both ask for the server, so that they are tested in one run."""
    return request.getfixturevalue(request.param)
