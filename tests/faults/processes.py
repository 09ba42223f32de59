"""Real processes of the site. Each is a process group of its own, is killed as one, and always ends with the test."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.servers import free_port, tied

# Seconds that anything may take on a slow and loaded machine before it counts as hung.
PATIENCE = 240


def wait_until(is_so, what, seconds=PATIENCE, pause=0.05):
    """Call `is_so()` until it is true. Returns its result. Fails, naming `what`, after `seconds`."""
    end = time.monotonic() + seconds
    while not (found := is_so()):
        assert time.monotonic() < end, f"waited {seconds} seconds in vain for: {what}"
        time.sleep(pause)
    return found


class Part:
    """One command of the site as a process; what it says is added to a file. It runs the code in the folder `code`."""

    code = Path(__file__).parents[2]

    # Where it answers, if it does.
    host = "127.0.0.1"

    def __init__(self, name, command, environment, folder):
        self.name, self.environment, self.log = name, environment, folder / f"{name}.log"
        self.command = [*tied("KILL"), sys.executable, *command]
        self.process, self.groups = None, []

    def start(self):
        """Start the process, or start it again."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=self.code,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.groups.append(self.process.pid)
        return self

    def on(self, host, **environment):
        """Run it on another `Host` (see `hosts.py`), with more in its environment. Returns it, not started yet."""
        self.host, self.command = host.address, [*host.inside, *self.command]
        self.environment = self.environment | environment
        return self

    def kill(self, *, alone=False):
        """`kill -9` to the process and all it has started, at once; or to the process `alone`."""
        if alone:
            self.process.kill()
            self.process.wait()
            return
        self.end()

    def stop(self):
        """Ask the process to end once it has answered what it has begun, as a supervisor does, and wait for that."""
        self.process.terminate()
        self.process.wait(PATIENCE)

    def end(self):
        """`kill -9` to everything that was ever started here; nothing is left when this returns."""
        for group in self.groups:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        if self.process is not None:
            self.process.wait()
        wait_until(lambda: not groups_alive() & set(self.groups), f"{self.name} to be gone")

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def said(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""


class Web(Part):
    """gunicorn, configured as in production, on a port of its own."""

    def __init__(self, application, environment, folder, *, processes=2, threads=8):
        self.port = free_port()
        own = {"PORT": str(self.port), "WEB_CONCURRENCY": str(processes), "WEB_THREADS": str(threads)}
        command = ["-m", "gunicorn", "--config", "config/gunicorn.py", application]
        super().__init__(f"web-{self.port}", command, environment | own, folder)


class Live(Part):
    """uvicorn with the live streams, as `docs/operations` starts it, on a port of its own."""

    def __init__(self, application, environment, folder):
        self.port = free_port()
        command = ["-m", "uvicorn", f"{application}:application", "--port", str(self.port), "--no-access-log"]
        super().__init__(f"live-{self.port}", command, environment, folder)


class Worker(Part):
    """A Celery worker, as `docs/operations` starts it."""

    def __init__(self, name, app, environment, folder, *, concurrency=2):
        command = ["-m", "celery", "--quiet", "--app", app, "worker", "--concurrency", str(concurrency)]
        super().__init__(name, [*command, "--hostname", f"{name}@%h", "--loglevel", "WARNING"], environment, folder)


class Beat(Part):
    """A Celery beat with a schedule file of its own."""

    def __init__(self, name, app, environment, folder):
        command = ["-m", "celery", "--quiet", "--app", app, "beat", "--pidfile=", "--loglevel", "WARNING"]
        super().__init__(name, [*command, "--schedule", str(folder / f"{name}-schedule")], environment, folder)


def groups_alive():
    """The numbers of all running process groups. One that has ended and waits to be noticed does not count."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _parent, group = path.read_text().rpartition(")")[2].split()[:3]
            if state not in {"Z", "X"}:
                found.add(int(group))
    return found
