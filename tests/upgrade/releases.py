"""The last release: its code, and which migrations it had. `data/releases.toml` names it."""

import io
import subprocess
import tarfile
import tomllib
from dataclasses import dataclass

from tests.upgrade.site import DATA, ROOT


@dataclass(frozen=True)
class Release:
    """One version that is in use: its commit, and the last migration of each app."""

    version: str
    commit: str
    migrations: dict[str, str]


def last():
    """The newest release."""
    return Release(**tomllib.loads((DATA / "releases.toml").read_text(encoding="utf-8"))["releases"][-1])


def is_in_history(release):
    """Does this clone have the commit of the `release`? A shallow one has not: `git fetch --unshallow`."""
    return _git("cat-file", "-e", release.commit, check=False).returncode == 0


def check_out(release, folder):
    """Write the code of the `release`, which is in the history, into `folder`."""
    with tarfile.open(fileobj=io.BytesIO(_git("archive", release.commit).stdout)) as archive:
        archive.extractall(folder, filter="data")


def migrations_changed_since(release):
    """The files of migrations of the `release`, which is in the history, that were changed or removed since."""
    changed = ("diff", "--name-only", "--no-renames", "--diff-filter=MD", release.commit, "--", "*/migrations/*.py")
    return _git(*changed).stdout.decode().split()


def _git(*arguments, check=True):
    # In a container the clone may belong to another user than the one who runs the tests.
    git = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), *arguments]
    return subprocess.run(git, check=check, capture_output=True)
