"""The archive itself: the files of one commit, what the site needs of npm's packages, and papers about all parts."""

import gzip
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from deploy.messages import files, slices
from deploy.releasing import papers, parts
from printing import fonts

NAME = "list-of-speakers"
# Where the version is put in: Helm wants it in the chart, and what is in the repository is of no version.
CHART, OF_NO_VERSION = "deploy/chart/Chart.yaml", "0.0.0"


def build(root: Path, version: str, into: Path) -> Path:
    """Build the archive of the commit that is checked out in `root` in the folder `into`. Returns its path.

    It holds the same bytes each time: files stand in order, and belong to no one and to the moment of the commit.
    """
    at = datetime.fromtimestamp(int(git(root, "show", "--no-patch", "--format=%ct", "HEAD")), UTC)
    path = into / f"{NAME}-{version}.tar.gz"
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        top = Path(folder) / f"{NAME}-{version}"
        _export(root, top)
        _put_version(top / CHART, version)
        files.compile_all(top)
        _collect(root, top)
        _copy_fonts(root, top)
        _write_papers(root, top, version, at)
        _pack(top, path, int(at.timestamp()))
    return path


def git(root: Path, *arguments: str) -> str:
    """What git says in the repository `root`."""
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def assets() -> set[str]:
    """The npm packages of which a release brings files."""
    folders = [folder.split("/") for folder, _patterns in settings.PAGE_ASSETS.values()]
    return {"/".join(names[: 2 if names[0].startswith("@") else 1]) for names in folders}


def _export(root, top):
    """Write the files of the commit, without what `.gitattributes` leaves out: tests, and tools of a developer."""
    tar = subprocess.run(["git", "archive", "HEAD"], cwd=root, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        archive.extractall(top, filter="data")


def _put_version(chart, version):
    if chart.exists():
        chart.write_text(chart.read_text().replace(OF_NO_VERSION, version))


def _collect(root, top):
    """Collect the static files of the exported commit, as `manage.py collectstatic` does it there."""
    (top / "node_modules").symlink_to(root / "node_modules")
    slices.cut_all(top)
    (top / "collected").mkdir()
    with tempfile.TemporaryDirectory(prefix="state-") as state:
        own = {"DATABASE_URL": "", "VAR_DIR": state, "DJANGO_SETTINGS_MODULE": "config.settings"}
        command = [sys.executable, "-B", "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run(command, cwd=top, check=True, env=os.environ | own)
    (top / "node_modules").unlink()


def _copy_fonts(root, top):
    """Copy what paper is printed with, from where `printing.fonts` looks for it."""
    files = set(fonts.files(fonts.installed()).values())
    for source in files | {path.parents[1] / "unicode.json" for path in files}:
        target = top / source.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _write_papers(root, top, version, at):
    found = parts.of_release(root, assets())
    (top / "sbom.cdx.json").write_text(papers.bill_of_materials(NAME, version, found, at=at))
    (top / "LICENCES.txt").write_text(papers.licences(found))


def _pack(top, path, moment):
    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", fileobj=file, mtime=moment) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for each in [top, *sorted(top.rglob("*"))]:
            about = archive.gettarinfo(each, each.relative_to(top.parent))
            about.uid = about.gid = 0
            about.uname = about.gname = "root"
            about.mtime = moment
            about.mode = 0o755 if each.is_dir() or about.mode & 0o100 else 0o644
            archive.addfile(about, io.BytesIO(each.read_bytes()) if about.isfile() else None)
