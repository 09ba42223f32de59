"""The files of the project as they are here."""

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]


def names() -> list[str]:
    """The name of each file that git does not ignore, from the root; a history is not needed, nor who owns it."""
    with TemporaryDirectory() as folder:
        git = ["git", f"--git-dir={folder}", f"--work-tree={ROOT}"]
        own = os.environ | {f"GIT_CONFIG_{level}": os.devnull for level in ("GLOBAL", "SYSTEM")}
        subprocess.run([*git[:2], "init", "--quiet", "--bare"], check=True, env=own)
        listed = [*git, "ls-files", "-z", "--others", "--exclude-standard"]
        told = subprocess.run(listed, cwd=ROOT, check=True, env=own, capture_output=True, text=True).stdout
    return [name for name in told.split("\0") if name]
