import fcntl
import os
import shutil
import socket
import sys
from contextlib import suppress
from typing import Any, cast

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

CONFIGURATION = settings.BASE_DIR / "config/embedded/supervisord.conf"
PORTS_TO_TRY = 20


class Command(BaseCommand):
    help = "Prepares and runs web server, live streams, Celery worker and Celery beat in the foreground, until Ctrl-C."

    def handle(self, **_options: Any) -> None:
        """Become the supervisor, which holds the lock on the state for as long as it lives."""
        run = settings.VAR_DIR / "run"
        run.mkdir(parents=True, exist_ok=True)
        lock = self._lock(run / "lock")
        self._refuse_a_taken_port()
        self.stdout.write("Preparing the database and the static files …")
        self._prepare()
        self.stdout.flush()
        self._let_the_parts_write_in_turn()
        os.set_inheritable(lock, True)
        as_root = ["--user", "root"] if os.getuid() == 0 else []
        supervisor = [sys.executable, "-m", "config.embedded.supervising", "--configuration", str(CONFIGURATION)]
        os.execve(sys.executable, [*supervisor, *as_root], self._environment())  # noqa: S606

    def _prepare(self):
        """Prepare the state. Refuses in words if the database or a file cannot be used."""
        try:
            call_command("prepare", stdout=self.stdout)
        except DatabaseError as error:
            path = settings.DATABASES["default"]["NAME"]
            raise CommandError(
                f"The database {path} cannot be used: {error}. "
                "Put a copy in its place, or move it away to begin with an empty one."
            ) from None
        except OSError as error:
            raise CommandError(f"{error.filename or settings.VAR_DIR}: {error.strerror}.") from None

    def _lock(self, path):
        """Take the lock of the state, or refuse: two servers on the same state would send the same mail."""
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                f"A server is already running on {settings.VAR_DIR}. Stop it first, or give this one its own state: "
                "VAR_DIR=another-folder PORT=8001 script/server"
            ) from None
        return lock

    def _refuse_a_taken_port(self):
        try:
            _bind(settings.PORT)
        except OSError as error:
            raise CommandError(
                f"Port {settings.PORT} of {settings.HOST} cannot be used ({error.strerror}). "
                "Choose another: PORT=8001 script/server"
            ) from None

    def _live_port(self):
        """Where the live streams listen: `LIVE_PORT`, or the first free port after that of the pages."""
        wanted = cast(int, settings.LIVE_PORT)
        for port in [wanted] if "LIVE_PORT" in os.environ else range(wanted, wanted + PORTS_TO_TRY):
            with suppress(OSError):
                _bind(port)
                return port
        raise CommandError(
            f"Port {wanted} of {settings.HOST}, for live streams, cannot be used. "
            "Choose another: LIVE_PORT=8100 script/server"
        )

    def _let_the_parts_write_in_turn(self):
        """If the output is a file, append to it: each part opens it for itself."""
        output = sys.stdout.fileno()
        fcntl.fcntl(output, fcntl.F_SETFL, fcntl.fcntl(output, fcntl.F_GETFL) | os.O_APPEND)

    def _environment(self):
        """The environment of the parts: how to start Python, and how to end with the supervisor."""
        tied = "setpriv --pdeathsig TERM" if shutil.which("setpriv") else "env"
        own = {"PYTHON": sys.executable, "TIED": tied, "VAR_DIR": str(settings.VAR_DIR)}
        own |= {"HOST": settings.HOST, "PORT": str(settings.PORT), "LIVE_PORT": str(self._live_port())}
        quiet = {"PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore:You're running the worker:UserWarning"}
        return {**os.environ, **quiet, **own}


def _bind(port):
    """Take the `port` for a moment. Raises `OSError` if another program has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((settings.HOST, port))
