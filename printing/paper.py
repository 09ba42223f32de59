"""Having a page printed by a process of its own."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore

# Seconds that one page may take.
PATIENCE = 60
# How many pages one process has printed at a time, and how many seconds others wait for their turn.
AT_ONCE, WAIT = 2, 10
HERE = Path(__file__).resolve().parent.parent
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "FONTCONFIG_FILE", "XDG_CACHE_HOME")

_turns = BoundedSemaphore(AT_ONCE)


class PrintingFailed(Exception):
    """The page could not be printed; `str()` says why, for the log."""


class Busy(PrintingFailed):
    """Too many pages are being printed. Ask again in a minute."""


def pdf(html):
    """The page `html` as PDF, bytes. Its stylesheets are named `paper:…`, see `printing/styles/`.

    Takes up to `PATIENCE` seconds. Nothing that the page names is fetched but our own fonts and styles. Raises
    `PrintingFailed`, or `Busy` where no turn is had in `WAIT` seconds.
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
    if not _turns.acquire(timeout=WAIT):
        raise Busy("Too many pages are being printed.")
    try:
        yield
    finally:
        _turns.release()
