"""Giving work to a process of its own, and waiting for what it makes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore

HERE = Path(__file__).resolve().parent.parent
# What such a process knows of the environment: no secret, and no address of a database.
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "FONTCONFIG_FILE", "XDG_CACHE_HOME")


class Failed(Exception):
    """The process ended without a result: `str()` is the reason, for the log."""


class Busy(Failed):
    """Too many such processes are at work. Ask again in a minute."""


class Workshop:
    """Work that the function `work(given, *arguments) -> bytes` of `module` does, each time in a new process.

    One process may use `memory` bytes and `seconds` of the processor, and is given up after `patience` seconds. At most
    `at_once` work for this process of ours at a time; others wait for their turn for up to `wait` seconds.
    """

    def __init__(self, module: str, *, memory: int, seconds: int, patience: float, at_once: int, wait: float) -> None:
        self.command = [sys.executable, "-m", "processes", module, str(memory), str(seconds)]
        self.patience, self.wait = patience, wait
        self.turns = BoundedSemaphore(at_once)

    def do(self, given: bytes, *arguments: str) -> bytes:
        """What the work makes of the bytes `given`. Raises `Failed`, or `Busy` if no turn comes."""
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        with self._turn():
            try:
                done = subprocess.run(
                    [*self.command, *arguments],
                    input=given,
                    capture_output=True,
                    timeout=self.patience,
                    cwd=HERE,
                    env=environment,
                    check=False,
                )
            except (OSError, subprocess.TimeoutExpired) as error:
                raise Failed(str(error)) from error
        if done.returncode:
            raise Failed(done.stderr.decode(errors="replace")[-2000:] or f"status {done.returncode}")
        return done.stdout

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self.turns.acquire(timeout=self.wait):
            raise Busy("Too many processes are at work.")
        try:
            yield
        finally:
            self.turns.release()
