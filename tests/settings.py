"""The project's settings, with a state of its own for each test run and each worker of it, never the one under var/."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="tests-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
# Taken out of the environment, as a process that a test starts is no worker: its state is where VAR_DIR says.
if worker := os.environ.pop("PYTEST_XDIST_WORKER", None):
    os.environ["VAR_DIR"] = str(Path(os.environ["VAR_DIR"], worker))

from config.settings import *  # noqa: F403

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
# Nothing is collected for tests; `tests/config/test_static.py` tests collecting.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
# A page is rendered for each test that reads it; `tests/dialogue/test_freshness.py` tests the caches.
for cache in ("pages", "facts", "paper"):
    CACHES[cache] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}  # noqa: F405
# No thread of a live server or of live streams keeps a connection: the database could not be dropped at the end.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
# The suite migrates one database, and every worker begins with a copy: see `tests/template_database.py`.
if not EMBEDDED and (template := os.environ.get("TEMPLATE_DATABASE")):  # noqa: F405
    DATABASES["default"]["TEST"] = {"TEMPLATE": template}  # noqa: F405
# Quick. Argon2 takes its time on purpose; processes that a test starts have the project's own settings.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests sign staff in without it; those of the second factor ask for it.
REQUIRE_SECOND_FACTOR = False
