"""A release as an organization has it: built by `script/release` from the tree that is here, unpacked and installed."""

import os
import shutil
import subprocess
import sys
import tarfile
from importlib import metadata
from pathlib import Path

from django.conf import settings

from deploy.releasing import parts
from tests import servers, tree

VERSION = settings.VERSION
NAME = f"list-of-speakers-{VERSION}"
SCRIPTS = ["celery", "gunicorn", "uvicorn"]
AS_A_PERSON = {
    **{f"GIT_{role}_{fact}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for fact in ("NAME", "EMAIL")},
    **{f"GIT_CONFIG_{level}": os.devnull for level in ("GLOBAL", "SYSTEM")},
}


def committed_copy(folder: Path) -> Path:
    """Copy the project's files as they are here into `folder`, date its version, and commit all."""
    for name in tree.names():
        source, target = settings.BASE_DIR / name, folder / name
        if source.is_symlink() or source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target, follow_symlinks=False)
    changelog = folder / "CHANGELOG.md"
    changelog.write_text(changelog.read_text().replace(f"## {VERSION} — unreleased", f"## {VERSION} — 2026-11-29"))
    (folder / "node_modules").symlink_to(settings.BASE_DIR / "node_modules")
    git(folder, "init", "--quiet")
    (folder / ".git/info/exclude").write_text("/node_modules\n")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "A copy")
    return folder


def git(folder, *arguments):
    """Run git in `folder` as a made-up person, regardless of what the machine has configured."""
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=os.environ | AS_A_PERSON, check=True, capture_output=True, text=True
    ).stdout


def build(copy):
    """Build the release of the committed `copy` as `script/release` does. Returns the archive."""
    environment = os.environ | AS_A_PERSON | servers.EMBEDDED | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    environment.pop("VAR_DIR", None)
    command = [sys.executable, "-B", "-m", "deploy.releasing"]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return copy / f"dist/{NAME}.tar.gz"


def install(archive, folder):
    """Unpack `archive` in `folder` and make its .venv, with nothing but what its requirements pin.

    The packages are linked rather than fetched a second time; they are found where `confining` shows them.
    """
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    root = folder / NAME
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", root / ".venv"], check=True)
    library = next((root / ".venv/lib").glob("python*")) / "site-packages"
    files = [file for part in parts.of_python(root) for file in metadata.files(part.name) or []]
    for name in {file.parts[0] for file in files} - {"..", "__pycache__"}:
        (library / name).symlink_to(f"/srv/packages/{name}")
    for name in SCRIPTS:
        lines = Path(sys.prefix, "bin", name).read_text().splitlines(keepends=True)
        script = root / ".venv/bin" / name
        script.write_text("".join(["#!/srv/speakers/.venv/bin/python\n", *lines[1:]]))
        script.chmod(0o755)
    return root
