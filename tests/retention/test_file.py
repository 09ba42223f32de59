"""SQLite leaves what was deleted in its file, and in the log beside it: the erasure rewrites the file.  R-57"""

import os
import subprocess
import sys

import pytest
from django.conf import settings

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


@pytest.mark.parametrize(("rewrites", "is_left"), [(True, False), (False, True)], ids=["rewritten", "control"])
def test_what_was_erased_cannot_be_read_in_the_file_of_the_database(tmp_path, rewrites, is_left):
    own = {"VAR_DIR": str(tmp_path), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "config.settings"}

    def manage(*arguments):
        command = [sys.executable, "manage.py", *arguments]
        environment = os.environ | own
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.split()

    manage("migrate", "--verbosity", "0")

    assert manage("shell", "--no-imports", "-c", ERASE.format(rewrites=rewrites)) == ["200", "0", "True", str(is_left)]
