"""`script/release`: builds what is released from the commit that is checked out, tags it, and says where it is."""

import hashlib
import re
import shutil
import sys
import tarfile
from pathlib import Path

from django.conf import settings

from deploy.releasing import archive

DIST = settings.BASE_DIR / "dist"


class NotReleased(Exception):
    """Why there is no release, in words."""


def main() -> int:
    """Build the release; returns 0, or 1 after saying why there is none."""
    try:
        paths = release(settings.BASE_DIR, settings.VERSION, DIST)
    except NotReleased as reason:
        sys.stderr.write(f"Not released: {reason}\n")
        return 1
    sys.stdout.write("".join(f"{path}\n" for path in paths))
    return 0


def release(root: Path, version: str, into: Path) -> list[Path]:
    """Build the release `version` of the project in `root` into the folder `into`, and tag the commit.

    Raises `NotReleased` for files that are in no commit, a version that the changelog does not date, and one that
    another commit was released as.
    """
    _refuse_what_is_in_no_commit(root)
    _refuse_what_is_not_dated(root, version)
    tag = f"v{version}"
    is_tagged = tag in archive.git(root, "tag", "--points-at", "HEAD").splitlines()
    if not is_tagged and archive.git(root, "tag", "--list", tag):
        raise NotReleased(f"another commit is {tag}. Write the next version into pyproject.toml and CHANGELOG.md.")
    into.mkdir(exist_ok=True)
    path = archive.build(root, version, into)
    bill = _bill_beside(path)
    sums = into / "SHA256SUMS"
    sums.write_text("".join(f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in (path, bill)))
    if not is_tagged:
        archive.git(root, "tag", "--annotate", tag, "--message", f"Version {version}")
    return [path, bill, sums]


def _refuse_what_is_in_no_commit(root):
    if changed := archive.git(root, "status", "--porcelain"):
        raise NotReleased(f"these files are in no commit:\n{changed}")


def _refuse_what_is_not_dated(root, version):
    heading = rf"^## {re.escape(version)} — \d{{4}}-\d\d-\d\d$"
    if not re.search(heading, (root / "CHANGELOG.md").read_text(), re.MULTILINE):
        raise NotReleased(f"CHANGELOG.md does not date it. Write “## {version} — YYYY-MM-DD” above what is new.")


def _bill_beside(path):
    """Copy the bill of materials out of the archive, so that it can be read without unpacking."""
    bill = path.with_name(path.name.removesuffix(".tar.gz") + ".cdx.json")
    with tarfile.open(path) as packed:
        name = f"{path.name.removesuffix('.tar.gz')}/sbom.cdx.json"
        found = packed.extractfile(name)
        assert found is not None
        with found, bill.open("wb") as file:
            shutil.copyfileobj(found, file)
    return bill


if __name__ == "__main__":
    sys.exit(main())
