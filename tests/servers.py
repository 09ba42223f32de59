"""Throwaway PostgreSQL and Redis servers on free ports, in folders of their own, gone at the end.

The machine's own servers are not touched. If the system can, each ends with its parent process, even if killed.
"""

import atexit
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

# How many seconds a server may take to answer.
PATIENCE = 30
# Of two each: the embedded mode takes the next port for its live streams.
PORTS = range(20_000, 32_000, 2)
_taken: list[socket.socket] = []

# What production has beside a database and a broker. Mail goes to a port without a server; staff need a password alone.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "REQUIRE_SECOND_FACTOR": "0",
    "SECRET_KEY": "a-key-for-tests-only-which-is-long-enough-for-every-check-of-django",
    "SITE_URL": "http://localhost:8000",
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
}

# What the embedded mode must not find, even if the tests themselves run on servers.
EMBEDDED = {"DATABASE_URL": "", "REDIS_URL": "", "EMAIL_URL": ""}

# The variable that names the migrated database with a copy of which tests begin: see `tests/template_database.py`.
TEMPLATE = "TEMPLATE_DATABASE"


class ServerMissing(Exception):
    """The program is not installed; the text says which."""


class Server:
    """One program that serves; it may be stopped and started again, with what it keeps."""

    def __init__(self, command, log, is_ready):
        self.command, self.log, self.is_ready = [str(part) for part in command], log, is_ready
        self.address, self.folder = "", None

    def start(self):
        """Run it, and wait until it is ready; show its output if it does not come up."""
        with self.log.open("wb") as words:
            self.process = subprocess.Popen(self.command, stdout=words, stderr=words, cwd="/")
        end = time.monotonic() + PATIENCE
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{self.command[0]} did not start:\n{self.log.read_text(errors='replace')}")
            time.sleep(0.05)

    def stop(self, by):
        """End it by the signal `by`, and wait until it is gone."""
        self.process.send_signal(by)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def postgresql(name="speakers"):
    """A PostgreSQL cluster with one empty database `name`. Yields its address for `DATABASE_URL`.

    Raises `ServerMissing`. It does not wait for the disk: it is fast and keeps nothing safe.
    """
    with postgresql_server(name, synchronous_commit="off") as server:
        yield server.address


@contextmanager
def postgresql_server(name="speakers", *, data=None, **options):
    """A PostgreSQL cluster as a `Server`, which keeps confirmed data when it is stopped. Raises `ServerMissing`.

    With `data`, a function that fills an empty folder, it serves that cluster, and makes no database.
    """
    programs = postgresql_programs()
    with folder_of_server("pg-") as folder:
        account = unprivileged(folder)
        if data is None:
            _run([*account, programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"])
        else:
            data(account, folder / "data")
        port = free_port()
        options = {"fsync": "off", "full_page_writes": "off", "jit": "off", "max_connections": "200"} | options
        settings = [f"--{option}={value}" for option, value in options.items()]
        where = ["-D", folder / "data", "-k", folder, "-h", "127.0.0.1", "-p", str(port)]
        # In that order: whom the kernel tells is forgotten when a program becomes another user's.
        command = [*account, *tied("QUIT"), programs / "postgres", *where, *settings]
        with running(Server(command, folder / "log", lambda: _is_ready(programs, port)), signal.SIGINT) as server:
            if data is None:
                _run([programs / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", name])
            server.folder = folder
            server.address = f"postgres://postgres@127.0.0.1:{port}/{name}"
            yield server


@contextmanager
def redis(port=None):
    """A Redis server that keeps nothing. Yields its address for `REDIS_URL`. Raises `ServerMissing`."""
    program = shutil.which("redis-server")
    if program is None:
        raise ServerMissing("redis-server is not installed")
    port = port or free_port()
    with folder_of_server("redis-") as folder:
        command = [*tied("KILL"), program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        with running(Server(command, folder / "log", lambda: answers(port)), signal.SIGTERM):
            yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def identity_provider(people):
    """An OpenID Connect provider that knows `people`, the claims of each as a dict. Yields its address as an issuer."""
    port = free_port()
    known = [part for person in people for part in ("--user-claims", json.dumps(person))]
    with folder_of_server("oidc-") as folder:
        command = [
            *tied("KILL"),
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "oidc_provider_mock",
            "--port",
            str(port),
            *known,
        ]
        with running(Server(command, folder / "log", lambda: answers(port)), signal.SIGTERM):
            yield f"http://127.0.0.1:{port}"


def environment(database, broker):
    """The environment of a process that runs as in production, on these servers."""
    return {**os.environ, **PRODUCTION, "DATABASE_URL": database, "REDIS_URL": broker}


def postgresql_programs():
    """The folder of PostgreSQL's programs, of the newest version installed. Raises `ServerMissing`."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    if program := shutil.which("postgres"):
        return Path(program).parent
    raise ServerMissing("PostgreSQL is not installed")


@contextmanager
def folder_of_postgresql():
    """A folder into which the user of PostgreSQL may write. Yields its path."""
    with folder_of_server("pg-") as folder:
        unprivileged(folder)
        yield folder


def free_port():
    """A port of 127.0.0.1 that no process listens on, nor on the one after it; both are this process's until it ends.

    They lie below those that the system takes for connections. A socket for datagrams on the first, which is never used
    otherwise, tells other processes of tests that they are taken, so that none is quicker than the server that is going
    to listen there.
    """
    for port in random.sample(PORTS, len(PORTS)):
        sign = socket.socket(type=socket.SOCK_DGRAM)
        try:
            sign.bind(("127.0.0.1", port))
        except OSError:
            sign.close()
            continue
        _taken.append(sign)
        if not answers(port) and not answers(port + 1):
            return port
    raise RuntimeError("every port for tests is taken")


@atexit.register
def _give_ports_back():
    for sign in _taken:
        sign.close()


@contextmanager
def folder_of_server(prefix):
    """A folder that is removed when the block ends."""
    made = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def unprivileged(folder):
    """How to start a program as another user if this is root, which PostgreSQL refuses; `folder` goes to that user."""
    if os.getuid() != 0:
        return []
    shutil.chown(folder, "postgres", "postgres")
    return ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]


def tied(name):
    """How to start a program that ends with this process, if setpriv is installed to ask the kernel for it."""
    return ["setpriv", "--pdeathsig", name] if shutil.which("setpriv") else []


def _run(command):
    subprocess.run([str(part) for part in command], check=True, capture_output=True, cwd="/")


@contextmanager
def running(server, end):
    """Run the `server` until the block ends, then end it by the signal `end`."""
    try:
        server.start()
        yield server
    finally:
        if server.process.poll() is None:
            server.stop(end)


def _is_ready(programs, port):
    probe = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    return subprocess.run(probe, check=False).returncode == 0


def answers(port, host="127.0.0.1"):
    """Does a server listen on that port of `host`?"""
    with socket.socket() as client:
        return client.connect_ex((host, port)) == 0
