"""A migrated database, with a copy of which tests begin, so that not each process of them waits for all migrations.

The suite migrates one for each of its parts, and names it in the environment: see `tests/suite.py`, and for PostgreSQL
`tests/settings.py`. For a single test on SQLite one is kept between runs: its name is a hash of the migrations and of
what they use; any change makes a new one. In CI that one is not used.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.db import connection

from secretariat import permitting
from tests.servers import TEMPLATE

SOURCES = [
    "*/migrations/*.py",
    "*/protection.py",
    "*/*/*_protection.py",
    "journal/triggers.py",
    "*/announcement.py",
    "*/data/*",
]


def is_used():
    return connection.vendor == "sqlite" and bool(os.environ.get(TEMPLATE) or not os.environ.get("CI"))


def template():
    """The path of the database that fits these migrations."""
    if made_by_suite := os.environ.get(TEMPLATE):
        return Path(made_by_suite)
    files = sorted(path for pattern in SOURCES for path in Path(settings.BASE_DIR).glob(pattern))
    content = b"".join(path.name.encode() + path.read_bytes() for path in files)
    name = hashlib.sha256(django.__version__.encode() + content).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"speakers-tests-{os.getuid()}-{name}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb():
    """Bring the database up to date instead of creating it again; it is in a folder of this run alone."""
    return is_used()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Begin with the kept database, if there is one."""
    if is_used() and template().exists():
        shutil.copyfile(template(), connection.settings_dict["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Make the groups of staff, as `prepare` does; keep the database that was created, if none is kept."""
    with django_db_blocker.unblock():
        permitting.apply()
    if not is_used() or template().exists():
        return
    unfinished = template().with_suffix(f".{os.getpid()}")
    with django_db_blocker.unblock(), closing(sqlite3.connect(unfinished)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    unfinished.replace(template())
