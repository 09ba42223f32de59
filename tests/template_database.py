"""A migrated SQLite database kept between runs, so that a single test does not wait for all migrations.

Named by a hash of the migrations and of what they use; a change of any makes a new one. Not used in CI, where the
database of the tests is always made by the migrations themselves, nor on PostgreSQL.
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

SOURCES = ["*/migrations/*.py", "*/protection.py", "*/announcement.py", "*/data/*"]


def is_used():
    return connection.vendor == "sqlite" and not os.environ.get("CI")


def template():
    """Where the database that fits these migrations is kept."""
    files = sorted(path for pattern in SOURCES for path in Path(settings.BASE_DIR).glob(pattern))
    content = b"".join(path.name.encode() + path.read_bytes() for path in files)
    name = hashlib.sha256(django.__version__.encode() + content).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"speakers-tests-{os.getuid()}-{name}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb():
    """Bring the database up to date instead of making it anew; it is in a folder of this run alone."""
    return is_used()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Begin with the database that is kept, where there is one."""
    if is_used() and template().exists():
        shutil.copyfile(template(), connection.settings_dict["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Keep the database that was made, where none is kept."""
    if not is_used() or template().exists():
        return
    unfinished = template().with_suffix(f".{os.getpid()}")
    with django_db_blocker.unblock(), closing(sqlite3.connect(unfinished)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    unfinished.replace(template())
