"""The programs under load: started as in production, watched through /proc, stopped and ended as a group."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.servers import PATIENCE, answers, free_port, tied

ROOT = Path(__file__).resolve().parents[2]
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
# A web server as `docs/operations` starts it, and two processes of one thread each, as gunicorn is without settings.
CONFIGURED, PLAIN = ["--config", "config/gunicorn.py"], ["--workers", "2", "--no-control-socket", "--log-level=warning"]
# The worker and the scheduler as `docs/operations` starts them.
WORKER = ["celery", "--quiet", "--app", "config", "worker", "--concurrency", "4", "--loglevel", "WARNING"]
BEAT = ["celery", "--quiet", "--app", "config", "beat", "--pidfile=", "--loglevel", "WARNING", "--schedule"]


class Program:
    """One running program with all that it has started, its output in a file."""

    def __init__(self, process, log):
        self.process, self.log = process, log

    def wait(self, is_ready: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until `is_ready()`. Raises an error with the program's output if it ends, or takes longer than that."""
        give_up_at = time.monotonic() + seconds
        while not is_ready():
            if self.process.poll() is not None or time.monotonic() > give_up_at:
                raise RuntimeError(f"{self.log.stem} is not ready:\n{self.log.read_text(errors='replace')}")
            time.sleep(0.02)

    def send(self, by: signal.Signals) -> None:
        """Send a signal to the program and all that it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, by)


class Site(Program):
    """One running web server: the `port` it listens on, and its processes."""

    port: int

    def workers(self) -> list[int]:
        """The numbers of the worker processes, which are the children of gunicorn."""
        return children_of(self.process.pid)

    def processor_seconds(self) -> float:
        """The processor time that all workers have used so far."""
        return sum(processor_seconds(pid) for pid in self.workers())

    def memory(self) -> float:
        """The memory of the largest worker in MiB, counting all that it maps (RSS)."""
        return max(memory_of(pid) for pid in self.workers())


@contextmanager
def running(
    module: list[str], environment: dict[str, str], log: Path, kind: type[Program] = Program
) -> Iterator[Program]:
    """Run `python -m` this `module` with arguments, its output in the file `log`. Yields the `Program`."""
    command = [*tied("TERM"), sys.executable, "-m", *module]
    with log.open("wb") as words:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=words, stderr=words, process_group=0)
    program = kind(process, log)
    try:
        yield program
    finally:
        _end(program)


@contextmanager
def serving(application: str, environment: dict[str, str], log: Path, options: list[str]) -> Iterator[Site]:
    """Run `application` under gunicorn with these `options`. Yields the `Site`, which answers."""
    port = free_port()
    module = ["gunicorn", *options, "--bind", f"127.0.0.1:{port}", application]
    with running(module, environment, log, Site) as site:
        assert isinstance(site, Site)
        site.port = port
        site.wait(lambda: answers(port))
        yield site


def _end(program):
    """Terminate the program, and make sure that all of it ends."""
    program.process.send_signal(signal.SIGTERM)
    program.send(signal.SIGCONT)
    with suppress(subprocess.TimeoutExpired):
        program.process.wait(10)
    program.send(signal.SIGKILL)
    program.process.wait()


def children_of(pid: int) -> list[int]:
    """The numbers of the processes that this one has started and that are still there."""
    return [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def processor_seconds(pid: int, fields: int = 2) -> float:
    """The processor time of a process; with four `fields`, of those that it started and that have ended, too."""
    kept = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11 : 11 + fields]
    return sum(map(int, kept)) / TICKS_PER_SECOND


def memory_of(pid: int) -> float:
    """The memory of a process in MiB, counting all that it maps (RSS)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Rss:")) / 1024
