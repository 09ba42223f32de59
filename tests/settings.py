"""The project's settings, with a state of its own for each test run and each worker of it, never the one under var/."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="tests-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
if (worker := os.environ.get("PYTEST_XDIST_WORKER")) and Path(os.environ["VAR_DIR"]).name != worker:
    os.environ["VAR_DIR"] = str(Path(os.environ["VAR_DIR"], worker))

from config.settings import *  # noqa: F403

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
# Nothing is collected for tests; `tests/config/test_static.py` tests collecting.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
# A page is rendered for each test that reads it; `tests/dialogue/test_freshness.py` tests the caches.
CACHES["pages"] = CACHES["facts"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}  # noqa: F405
# Quick. Argon2 takes its time on purpose; processes that a test starts have the project's own settings.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
