"""The ground of a run: PostgreSQL as in production, a Redis, and for each measure filled databases of its own."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import servers
from tests.bench import sites

# It waits for the disk before it says that something is kept, and counts its statements, those that it adds itself too.
# The log says when each was done, and in which process, while it is asked to.
POSTGRESQL = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "shared_preload_libraries": "pg_stat_statements",
    "pg_stat_statements.track": "all",
    "pg_stat_statements.track_planning": "on",
    "log_line_prefix": "%n %p %d ",
}


@dataclass(frozen=True)
class Project:
    """One of the two projects: its `name`, its settings, how it is prepared, filled and served."""

    name: str
    settings: str
    preparing: list
    filling: str
    application: str
    options: list


OURS = Project(
    name="speakers",
    settings="config.settings",
    preparing=["manage.py", "prepare"],
    filling="tests.bench.filling",
    application="config.wsgi",
    options=sites.CONFIGURED,
)
BARE = Project(
    name="bare",
    settings="tests.bench.bare.settings",
    preparing=["-m", "tests.bench.bare.filling", "basis"],
    filling="tests.bench.bare.filling",
    application="tests.bench.bare.wsgi",
    options=sites.PLAIN,
)


@dataclass(frozen=True)
class Filled:
    """A filled database of a `project`: its name, the environment of its processes, and what a client must know."""

    project: Project
    database: str
    environment: dict
    facts: dict
    folder: Path

    def fill(self, stage: str) -> dict[str, Any]:
        """Fill it for this `stage`, too. Returns what the filling says of it."""
        return json.loads(run(self.environment, "-m", self.project.filling, stage))

    @contextmanager
    def served(self, options: list[str] | None = None) -> Iterator[sites.Site]:
        """Run the web server on it, with other `options` than the project's if they are given."""
        options = options or self.project.options
        log = self.folder / f"web-{self.project.name}-{len(options)}.log"
        with sites.serving(self.project.application, self.environment, log, options) as site:
            yield site


class Ground:
    """The servers, and a prepared database of each project, of which each measure gets copies."""

    def __init__(self, server, folder):
        self.server, self.folder, self.facts = server, folder, {}

    @classmethod
    @contextmanager
    def begun(cls) -> Iterator["Ground"]:
        """Start the servers, and prepare both projects."""
        with ExitStack() as stack:
            server = stack.enter_context(servers.postgresql_server("prepared", **POSTGRESQL))
            ground = cls(server, Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))))
            ground.ask("CREATE EXTENSION pg_stat_statements")
            broker = stack.enter_context(servers.redis())
            for project in (OURS, BARE):
                ground.ask(f"CREATE DATABASE {project.name}_prepared")
                run(ground.environment(project, f"{project.name}_prepared", broker), *project.preparing)
            yield ground

    @contextmanager
    def filled(self, project: Project, stage: str) -> Iterator[Filled]:
        """A database of this `project`, filled for this `stage`, and gone at the end; with a Redis of its own."""
        template, database = f"{project.name}_{stage}", f"{project.name}_measured"
        with servers.redis() as broker:
            if template not in self.facts:
                self.facts[template] = self._fill(project, stage, template, broker)
            environment = self._copy(project, template, database, broker)
            self.settle(database)
            yield Filled(project, database, environment, self.facts[template], self.folder)
            self.ask(f"DROP DATABASE {database} WITH (FORCE)")

    def settle(self, database: str) -> None:
        """Do at once what PostgreSQL does by itself within some minutes of such a filling."""
        self.ask("VACUUM ANALYZE", database)
        self.ask("CHECKPOINT")

    def _fill(self, project, stage, database, broker):
        """Fill a copy of the prepared database. Returns what the filling says of it."""
        environment = self._copy(project, f"{project.name}_prepared", database, broker)
        return json.loads(run(environment, "-m", project.filling, stage))

    def _copy(self, project, template, database, broker):
        """Copy a database. Returns the environment of a process that works on the copy."""
        self.ask(f"CREATE DATABASE {database} TEMPLATE {template}")
        return self.environment(project, database, broker)

    def environment(self, project: Project, database: str, broker: str) -> dict[str, str]:
        """The environment of a process of this `project`, with the defaults of the web server."""
        of_production = servers.environment(self.address(database), broker)
        defaults = {name: value for name, value in of_production.items() if not name.startswith("WEB_")}
        return defaults | {"DJANGO_SETTINGS_MODULE": project.settings, "VAR_DIR": str(self.folder)}

    def address(self, database: str) -> str:
        return f"{self.server.address.rpartition('/')[0]}/{database}"

    def processor_seconds(self) -> float:
        """The processor time that PostgreSQL has used so far, in all its processes."""
        pid = self.server.process.pid
        return sites.processor_seconds(pid, 4) + sum(map(sites.processor_seconds, sites.children_of(pid)))

    def ask(self, sql: str, database: str = "postgres") -> str:
        """Run a statement on that `database`, as its owner. Returns what it answers, its columns apart by “|”."""
        command = [servers.postgresql_programs() / "psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", sql]
        done = subprocess.run([*command, self.address(database)], stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.strip()

    @contextmanager
    def logged(self) -> Iterator[Any]:
        """Let PostgreSQL log each statement. Yields a function that returns what it has logged since."""
        self._log("0")
        begun = self.server.log.stat().st_size
        try:
            yield lambda: self.server.log.read_bytes()[begun:].decode(errors="replace")
        finally:
            self._log("-1")

    def _log(self, milliseconds):
        self.ask(f"ALTER SYSTEM SET log_min_duration_statement = {milliseconds}")
        self.ask("SELECT pg_reload_conf(), pg_sleep(0.2)")


def run(environment: dict[str, str], *arguments: str) -> str:
    """What Python prints when it is run with these arguments; errors are shown."""
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, env=environment, cwd=sites.ROOT, stdout=subprocess.PIPE, text=True, check=True
    ).stdout
