"""Keeping printed pages: a page that many people want at once is printed once an hour."""

import hashlib
import os
import tempfile
import time
from datetime import datetime
from pathlib import Path

from printing.paper import pdf

HOUR = 60 * 60


def pdf_kept(html: str, folder: Path) -> bytes:
    """Like `pdf`, but taken from `folder` if this very page was printed within the hour; older ones are removed.

    If the folder cannot be written to, nothing is kept. Raises `PrintingFailed`.
    """
    path = folder / f"{hashlib.sha256(html.encode('utf-8', 'replace')).hexdigest()}.pdf"
    if (printed := _kept(path)) is None:
        printed = pdf(html)
        _keep(printed, path)
    return printed


def old(folder: Path, at: datetime) -> list[Path]:
    """The pages in `folder` that were printed more than an hour before the moment `at`; none if there is no folder."""
    pages = folder.iterdir() if folder.is_dir() else []
    return [page for page in pages if page.stat().st_mtime <= at.timestamp() - HOUR]


def remove_old(folder: Path, at: datetime) -> int:
    """Remove the `old` pages of `folder`. Returns how many."""
    pages = old(folder, at)
    for page in pages:
        page.unlink(missing_ok=True)
    return len(pages)


def _kept(path):
    try:
        return path.read_bytes() if path.stat().st_mtime > time.time() - HOUR else None
    except OSError:
        return None


def _keep(printed, path):
    """Store `printed` at `path`, whole or not at all, and remove pages older than an hour."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
            part.write(printed)
        os.replace(part.name, path)
        for old in path.parent.iterdir():
            if old.stat().st_mtime < time.time() - HOUR:
                old.unlink(missing_ok=True)
    except OSError:
        return
