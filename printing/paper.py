"""Printing a page in a process of its own."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore

# How many seconds one page may take.
PATIENCE = 60
# How many pages one process prints at a time, and for how many seconds others wait for their turn.
AT_ONCE, WAIT = 2, 10
HERE = Path(__file__).resolve().parent.parent
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "FONTCONFIG_FILE", "XDG_CACHE_HOME")

turns = BoundedSemaphore(AT_ONCE)


class PrintingFailed(Exception):
    """The page could not be printed; `str()` is the reason, for the log."""


class Busy(PrintingFailed):
    """Too many pages are being printed. Ask again in a minute."""


def pdf(html: str) -> bytes:
    """The page `html` as PDF, bytes. The page names its stylesheets `paper:…`; see `printing/styles/`.

    Takes up to `PATIENCE` seconds. Only our own fonts and styles are loaded, whatever the page names. Raises
    `PrintingFailed`, or `Busy` if no turn comes within `WAIT` seconds.
    """
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    with _turn():
        try:
            done = subprocess.run(
                [sys.executable, "-m", "printing.press"],
                input=html.encode("utf-8", "replace"),
                capture_output=True,
                timeout=PATIENCE,
                cwd=HERE,
                env=environment,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrintingFailed(str(error)) from error
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise PrintingFailed(done.stderr.decode(errors="replace")[-2000:] or f"status {done.returncode}")
    return done.stdout


@contextmanager
def _turn():
    if not turns.acquire(timeout=WAIT):
        raise Busy("Too many pages are being printed.")
    try:
        yield
    finally:
        turns.release()
