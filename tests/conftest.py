"""What all tests share: throwaway servers, and a database that can be emptied."""

import gc
import os
import re
from copy import copy
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from django.test import client
from django.test.utils import ContextList

from deploy.messages import files
from tests import servers
from tests.journal_flush import journal_gives_way_to_the_flush  # noqa: F401
from tests.template_database import (  # noqa: F401
    django_db_keepdb,
    django_db_modify_db_settings,
    django_db_setup,
)

hypothesis.settings.register_profile(
    "busy machine",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
hypothesis.settings.load_profile("busy machine")
"""No example takes too long, and CI tries the same examples each time; at a desk other ones are looked for."""


def pytest_addoption(parser):
    parser.addoption(
        "--full-size", action="store_true", help="try all there is: faults, rubbish, pages in six languages"
    )


@pytest.fixture(scope="session")
def private_postgresql():
    """The address of a PostgreSQL server that belongs to this run alone."""
    with servers.postgresql() as address:
        yield address


@pytest.fixture(scope="session")
def private_redis():
    """The address of a Redis server that belongs to this run alone."""
    with servers.redis() as address:
        yield address


@pytest.fixture
def production_environment(private_postgresql, private_redis, tmp_path):
    """The environment of a process that runs as in production, on servers of its own."""
    return servers.environment(private_postgresql, private_redis) | {"VAR_DIR": str(tmp_path)}


@pytest.fixture(scope="session", autouse=True)
def one_context_of_each_template_is_kept():
    """Let an answer's `context` hold what each template was given first: there are hundreds of the same on a page."""

    def keep(kept, template, context, **_sent):
        if template.name not in kept.setdefault("names", set()):
            kept["names"].add(template.name)
            kept.setdefault("templates", []).append(template)
            kept.setdefault("context", ContextList()).append(copy(context))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", keep)
        yield


@pytest.fixture(autouse=True)
def nothing_is_known():
    """Start each test like a process that has shown no page yet, so that it costs what it would cost alone."""
    from floor import standings  # noqa: PLC0415  models, which are not there before
    from secretariat.recovery import banner  # noqa: PLC0415
    from speakers.views import meetings, outage, public  # noqa: PLC0415

    outage.forget()
    standings.forget()
    meetings.NOTES.forget()
    public.ROWS.forget()
    banner.remember(None, seconds=3600)  # as most pages find it: one look in ten seconds serves them all


# What a file of tests names that speaks of what a database does, and not only of what is stored in it.
OF_DATABASES = re.compile(
    r"\b(transaction|transactional_db|vendor|(Integrity|Database|Data|Operational|Internal|Programming)Error)\b"
)


@cache
def speaks_of_databases(path):
    """Does the file of tests commit, roll back, ask which database it is, or expect it to refuse or to fail?"""
    return bool(OF_DATABASES.search(path.read_text()))


def pytest_configure(config):
    """Compile the catalogues that have changed, once for all workers."""
    if not hasattr(config, "workerinput"):
        files.compile_all(Path(__file__).parents[1])


def pytest_collection_finish():
    """Let the garbage collector look seldom: thousands of tests stay until the end."""
    gc.set_threshold(10_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what a test needs, so that `script/test` knows where to run it: see `tests/suite.py`."""
    for item in items:
        if {"private_postgresql", "private_redis"} & set(item.fixturenames):
            item.add_marker("servers")
        uses_database = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames)
        if uses_database and speaks_of_databases(item.path):
            item.add_marker("differs")
