"""SQLite leaves what was deleted in its file, and in the log beside it: the erasure rewrites the file.  R-57"""

import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from tests import servers

ERASE = """
from datetime import datetime, timedelta, UTC
from django.contrib.sessions.models import Session
from django.conf import settings
from django.db import connection
from secretariat import erasing

def is_in_the_file():
    return any(b"zqplant" in path.read_bytes() for path in settings.VAR_DIR.glob("database.sqlite3*"))

with connection.cursor() as cursor:
    cursor.execute("PRAGMA secure_delete = OFF")
now = datetime.now(UTC)
old = now - timedelta(days=1)
Session.objects.bulk_create(Session(str(n).zfill(32), "zqplant" * 20, old) for n in range(200))
if not {rewrites}:
    erasing.rewrite_file = lambda: None
before = is_in_the_file()
number = erasing.erase_what_is_due(at=now)
print(number, Session.objects.count(), before, is_in_the_file())
"""


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A folder with an empty database."""
    folder = tmp_path_factory.mktemp("migrated")
    manage(folder, "migrate", "--verbosity", "0")
    return folder


def manage(folder, *arguments):
    own = servers.EMBEDDED | {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "manage.py", *arguments]
    words = {"capture_output": True, "text": True, "check": True}
    return subprocess.run(command, cwd=settings.BASE_DIR, env=os.environ | own, **words).stdout.split()


@pytest.mark.parametrize(("rewrites", "is_left"), [(True, False), (False, True)], ids=["rewritten", "control"])
def test_what_was_erased_cannot_be_read_in_the_file_of_the_database(migrated, tmp_path, rewrites, is_left):
    shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)

    found = manage(tmp_path, "shell", "--no-imports", "-c", ERASE.format(rewrites=rewrites))

    assert found == ["200", "0", "True", str(is_left)]
