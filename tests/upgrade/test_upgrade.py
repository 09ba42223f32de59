"""A database made by the version before, migrated: the same order, the same journal, the same pages.

`tests/upgrade/data` holds both databases as that version left them, and what it read from them.
"""

from dataclasses import dataclass

import psycopg2
import pytest

from tests.upgrade import site
from tests.upgrade.rewording import NAME


@dataclass
class Upgraded:
    """A site on an upgraded database, what is read from it now, and what the version before read from it."""

    environment: dict
    vendor: str

    def __post_init__(self):
        site.run(self.environment, "manage.py", "prepare")
        found = site.facts_and_pages(self.environment)
        self.facts, self.pages = found["facts"], found["pages"]
        self.facts_before = site.kept(f"{NAME}-{self.vendor}-facts")


@pytest.fixture(scope="module")
def on_postgresql(private_postgresql, tmp_path_factory):
    connection = psycopg2.connect(private_postgresql)
    connection.autocommit = True
    connection.cursor().execute("CREATE DATABASE upgraded")
    connection.close()
    address = private_postgresql.rpartition("/")[0] + "/upgraded"
    site.load_into_postgresql(NAME, address)
    return Upgraded(site.on_postgresql(address, tmp_path_factory.mktemp("upgraded")), "postgresql")


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory):
    folder = tmp_path_factory.mktemp("upgraded")
    site.load_into_sqlite(NAME, folder)
    return Upgraded(site.on_sqlite(folder), "sqlite")


@pytest.fixture(params=["on_postgresql", "on_sqlite"])
def upgraded(request, private_postgresql):
    """An upgraded site on each database. Both need the server, so that they are tested in one run."""
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("fact", sorted(site.kept(f"{NAME}-sqlite-facts")))
def test_what_the_database_says_is_what_it_said_before(upgraded, fact):
    assert upgraded.facts[fact] == upgraded.facts_before[fact]


@pytest.mark.parametrize("path", site.kept(f"{NAME}-pages"))
def test_a_page_shows_what_it_showed_before(upgraded, path):
    words = "If the words were changed on purpose: python -m tests.upgrade.rewording, and read the difference"

    assert upgraded.pages[path] == site.kept(f"{NAME}-pages")[path], words


def test_its_chains_hold_and_its_lists_follow_from_the_journal(upgraded):
    assert upgraded.facts["problems"] == {"verify_journal": "", "verify_revision": "", "replay_journal": ""}
