"""A web server under load: started as in production, watched through /proc, and ended."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import PATIENCE, free_port

ROOT = Path(__file__).resolve().parents[2]
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class Site:
    """One running gunicorn: the `port` it listens on, and its processes."""

    def __init__(self, process, port):
        self.process, self.port = process, port

    def workers(self) -> list[int]:
        """The numbers of the worker processes, which are the children of gunicorn."""
        pid = self.process.pid
        return [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def processor_seconds(self) -> float:
        """The processor time that all workers have used so far."""
        return sum(_processor_seconds(pid) for pid in self.workers())

    def memory(self) -> tuple[float, float]:
        """The memory of the largest worker in MiB, as (RSS, PSS): all it maps, and with shared pages divided."""
        return max(memory_of(pid) for pid in self.workers())


@contextmanager
def running(application: str, environment: dict[str, str], log: Path) -> Iterator[Site]:
    """Run `application` under gunicorn with `config/gunicorn.py`, its output in the file `log`. Yields a `Site`."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", application]
    with log.open("wb") as words:
        process = subprocess.Popen(
            command, env={**environment, "PORT": str(port)}, cwd=ROOT, stdout=words, stderr=words
        )
    try:
        wait(process, port, log)
        yield Site(process, port)
    finally:
        end(process)


def wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until the `process` listens on `port`. Raises an error with its output in `log` if it does not."""
    give_up_at = time.monotonic() + PATIENCE
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > give_up_at:
            raise RuntimeError(f"The server did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.1)


def _answers(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def end(process: subprocess.Popen[bytes]) -> None:
    """Terminate the `process`, and make sure that it ends."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _processor_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND


def memory_of(pid: int) -> tuple[float, float]:
    """The memory of a process in MiB, as (RSS, PSS)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith(("Rss", "Pss:"))}
    return kilobytes["Rss"] / 1024, kilobytes["Pss"] / 1024
