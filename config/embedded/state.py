"""The state of the embedded mode, in one folder: its database, the files of its broker, its secret key."""

import errno
import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from environ import Env


def sqlite(path: Path) -> dict[str, Any]:
    """The embedded database: SQLite in WAL mode, whose transactions take the write lock at once.

    Tests use a file too: Django's in-memory test database refuses two threads at a time.
    """
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "TEST": {"NAME": str(path.with_name("test-database.sqlite3"))},
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 3, "init_command": pragmas},
    }


def make_state_folder(folder: Path) -> None:
    """Make the `folder` of the state if it is missing.

    Raises `ImproperlyConfigured`, saying what to do, unless everything in it can be read and written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"room for a page\n" * 256)
        for path in folder.iterdir():
            if not os.access(path, os.R_OK | os.W_OK, effective_ids=True):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    except OSError as error:
        raise ImproperlyConfigured(
            f"The state cannot be kept in {folder}: {error.filename or folder}: {error.strerror}. "
            "Mend that, or choose another folder: VAR_DIR=another-folder script/server"
        ) from None


def broker_folders(folder: Path) -> dict[str, Any]:
    """Transport options of the embedded broker: messages are files under `folder`, and nothing has to be installed."""
    for name in ("queue", "control", "processed"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(folder / "queue"),
        "data_folder_out": str(folder / "queue"),
        "control_folder": str(folder / "control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }


def secret_key(env: Env, path: Path) -> str:
    """`SECRET_KEY`, or else the one kept in the file `path`, made on first use; only its owner can read it."""
    if given := env.str("SECRET_KEY", default="").strip():
        return given
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()
