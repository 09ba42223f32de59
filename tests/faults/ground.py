"""The ground of one test: a database, a broker, and the processes that were started on them."""

import subprocess
import sys

from celery import Celery
from django.conf import settings
from redis import Redis

from tests import servers
from tests.faults.clients import Visitor, at_once
from tests.faults.database import PostgreSQL
from tests.faults.processes import Beat, Live, Part, Web, Worker, wait_until

SETTINGS = "tests.faults.settings"
LINES_SHOWN = 40


def database_of_scene(server, folder, code=settings.BASE_DIR, name="scene"):
    """A new database with the scenery, on the PostgreSQL at the address `server`; programs write into `folder`.

    Its tables are those of the version of the project in the folder `code`.
    """
    database = PostgreSQL(server).empty(name)
    environment = servers.environment(database.address, "redis://127.0.0.1:9/0") | {"DJANGO_SETTINGS_MODULE": SETTINGS}
    ground = Ground(database, environment, folder, code)
    ground.manage("migrate", "--verbosity", "0")
    ground.manage("set_permissions")
    ground.run("-m", "tests.faults.scenery")
    return database


class Ground:
    """Starts parts of the site, of the version in the folder `code`, in one environment; `end()` kills every one."""

    def __init__(self, database, environment, folder, code=settings.BASE_DIR):
        self.database, self.folder, self.code, self.parts = database, folder, code, []
        self.environment = {**environment, "VAR_DIR": str(folder), "LOG_LEVEL": "WARNING"}

    def web(self, application="config.wsgi", **options):
        """A web server that answers. `application` may be one of `tests/faults/without/`."""
        environment = self.environment | options.pop("environment", {})
        web = self._keep(Web(application, environment, self.folder, **options)).start()
        wait_until(lambda: web.is_running() and servers.answers(web.port), f"the web server to come up\n{web.said()}")
        return web

    def live(self, application="config.asgi"):
        """A process of live streams that answers."""
        live = self._keep(Live(application, self.environment, self.folder)).start()
        wait_until(lambda: live.is_running() and servers.answers(live.port), f"the streams to come up\n{live.said()}")
        return live

    def worker(self, name="worker", app="config", **options):
        return self._keep(Worker(name, app, self.environment, self.folder, **options)).start()

    def beat(self, name="beat", app="config", *, folder=None):
        return self._keep(Beat(name, app, self.environment, folder or self.folder)).start()

    def revive(self):
        """Restart every part that has ended by itself, as a supervisor does. Returns how many."""
        dead = [part for part in self.parts if not part.is_running()]
        for part in dead:
            part.start()
        return len(dead)

    def program(self, name, *arguments, host=None):
        """A program of the test itself, beside it or on another `host`: `python -m …`."""
        part = Part(name.rpartition(".")[2], ["-m", name, *arguments], self.environment, self.folder)
        self.parts.append(part.on(host) if host else part)
        return part.start()

    def manage(self, *arguments, check=True):
        """Run `manage.py …` to its end. Returns the `CompletedProcess` with its output."""
        return self.run("manage.py", *arguments, check=check)

    def run(self, *arguments, check=True):
        """Run `python …` to its end. Returns the `CompletedProcess` with its output."""
        command = [sys.executable, *map(str, arguments)]
        words = {"capture_output": True, "text": True}
        done = subprocess.run(command, env=self.environment, cwd=self.code, check=False, **words)
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def celery(self):
        """Celery as any client of the broker uses it."""
        return Celery(broker=self.environment["REDIS_URL"])

    def tasks_waiting(self):
        """How many tasks are in the broker that no worker has taken yet."""
        with Redis.from_url(self.environment["REDIS_URL"]) as redis:
            return redis.llen("celery")

    def signed_in(self, web, addresses):
        """A visitor for each address, signed in by the mailed code on that web server."""
        visitors = [Visitor(web.port, address, host=web.host) for address in addresses]
        at_once([visitor.sign_in_from(self.database) for visitor in visitors], side_by_side=8)
        return visitors

    def end(self):
        """Kill everything that still runs, and print the last lines of all: pytest shows them if the test failed."""
        for part in self.parts:
            part.end()
        for part in self.parts:
            lines = part.said().splitlines()[-LINES_SHOWN:]
            print(f"── {part.name}", *lines, sep="\n")  # noqa: T201

    def _keep(self, part):
        part.code = self.code
        self.parts.append(part)
        return part
