"""The last release: its code, and which migrations it had. `data/releases.toml` names it."""

import io
import subprocess
import tarfile
import tomllib
from dataclasses import dataclass

from tests.upgrade.site import DATA, ROOT


class ReleaseMissing(Exception):
    """The commit of the release is not in this clone; the text says what to do."""


@dataclass(frozen=True)
class Release:
    """One version that is in use: its commit, and the last migration of each app."""

    version: str
    commit: str
    migrations: dict[str, str]


def last():
    """The newest release."""
    return Release(**tomllib.loads((DATA / "releases.toml").read_text(encoding="utf-8"))["releases"][-1])


def check_out(release, folder):
    """Write the code of the `release` into `folder`. Raises `ReleaseMissing`."""
    # In a container the clone may belong to another user than the one who runs the tests.
    git = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "archive", release.commit]
    done = subprocess.run(git, check=False, capture_output=True)
    if done.returncode:
        raise ReleaseMissing(
            f"The code of {release.version} cannot be read from the history ({done.stderr.decode().strip()}). "
            "The clone has to have it: git fetch --unshallow."
        )
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
