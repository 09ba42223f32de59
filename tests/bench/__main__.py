"""`script/bench`: both sites on throwaway servers, three scenarios, one report."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import servers
from tests.bench import report, rounds, sites, streams
from tests.bench.scenarios import scenarios_of

# The scenarios, by the filling they need, in this order.
STAGES = {"reading": ["page", "uncached", "list"], "walking": ["walk"]}
SCENARIOS = [name for names in STAGES.values() for name in names]


@dataclass(frozen=True)
class Size:
    """How much is measured: how many clients, how many pairs of rounds, and the seconds of each round."""

    clients: tuple = (1, 8, 32)
    rounds: int = 8
    seconds: float = 2.0
    warming: float = 1.0


# How many screens, and how many acts.
STREAMS, QUICK_STREAMS = (3000, 20), (300, 5)
QUICK = Size(rounds=2, seconds=0.7, warming=0.5)


@dataclass(frozen=True)
class Side:
    """One of the two projects: its environment, its filling, and the running site."""

    environment: dict
    filling: str
    site: sites.Site

    def fill(self, stage: str) -> dict[str, Any]:
        """Fill the database for this stage. Returns what the filling says about the scenarios."""
        return json.loads(run(self.environment, "-m", self.filling, stage))

    def analyze(self) -> None:
        """Make PostgreSQL analyse its tables now, as it does by itself within a minute of such a filling."""
        psql = servers.postgresql_programs() / "psql"
        subprocess.run([psql, "-q", "-c", "ANALYZE", self.environment["DATABASE_URL"]], check=True)

    def statements(self, facts: dict[str, Any]) -> dict[str, Any]:
        """The SQL statements of each request of each scenario."""
        return json.loads(run(self.environment, "-m", "tests.bench.statements", told=json.dumps(facts)))


def main(arguments: list[str]) -> int:
    """Measure, print the report and each missed target. Returns 0 if none was missed."""
    options = _options(arguments)
    if options.scenarios == ["streams"]:
        return watch_streams(*(QUICK_STREAMS if options.quick else STREAMS))
    with both_sides() as (project, bare):
        measured = measure(project, bare, QUICK if options.quick else Size(), options.scenarios or SCENARIOS)
    text = report.markdown(measured, " ".join(["script/bench", *arguments]))
    _say(text)
    if options.write:
        report.write(text)
    missed = report.missed(measured)
    _say("\n".join(f"Missed: {sentence}" for sentence in missed) or "All targets are met.")
    return 1 if missed else 0


def watch_streams(screens: int, acts: int) -> int:
    """Measure the live streams beside bare ones, and print both. Returns 0 if all targets are met."""
    streams.allow_files(streams.FILES)
    with servers.postgresql() as database, servers.redis() as broker, tempfile.TemporaryDirectory() as folder:
        environment = servers.environment(database, broker) | {"VAR_DIR": folder}
        _say("Preparing …")
        run(environment, "manage.py", "prepare")
        facts = json.loads(run(environment, "-m", "tests.bench.filling", "streaming"))["streams"]
        bare = streams.of_the_bare_one(environment, Path(folder), screens=screens, acts=acts)
        seen = streams.of_the_project(environment, Path(folder), facts, screens=screens, acts=acts)
    _say(report.streams(screens, acts, seen, bare))
    missed = streams.missed(seen)
    _say("\n".join(f"Missed: {sentence}" for sentence in missed) or "All targets are met.")
    return 1 if missed else 0


def measure(project: Side, bare: Side, size: Size, scenarios: Any = SCENARIOS) -> report.Measured:
    """Run the `scenarios` on both projects. Returns what was `Measured`."""
    comparisons: list[Any] = []
    statements: dict[str, Any] = {}
    bare_statements: dict[str, Any] = {}
    for stage in (stage for stage, names in STAGES.items() if set(names) & set(scenarios)):
        facts, bare_facts = (_only(scenarios, side.fill(stage)) for side in (project, bare))
        statements |= project.statements(facts)
        bare_statements |= bare.statements(bare_facts)
        theirs = scenarios_of(bare_facts)
        for side in (project, bare):
            side.analyze()
        for name, scenario in scenarios_of(facts).items():
            comparisons += _compared(name, (project.site, scenario), (bare.site, theirs[name]), size)
    memory, bare_memory = project.site.memory(), bare.site.memory()
    return report.Measured(comparisons, statements, bare_statements, memory, bare_memory)


def _only(names, facts):
    return {name: facts[name] for name in facts if name in names}


def _compared(name, ours, theirs, size):
    """The comparisons of one scenario, after each worker has served it."""
    for site, scenario in (ours, theirs):
        rounds.load(site, scenario, clients=8, seconds=size.warming)
    for clients in size.clients:
        _say(f"{report.NAMES[name]}, {clients} clients …")
        yield rounds.compare(name, clients, ours, theirs, rounds=size.rounds, seconds=size.seconds)


@contextmanager
def both_sides() -> Iterator[tuple[Side, Side]]:
    """Both projects, prepared and running on servers of their own, as two `Side`s."""
    with servers.postgresql() as database, servers.redis() as broker, tempfile.TemporaryDirectory() as folder:
        ours = servers.environment(database, broker) | {"VAR_DIR": folder}
        theirs = ours | {"DATABASE_URL": _another(database), "DJANGO_SETTINGS_MODULE": "tests.bench.bare.settings"}
        _say("Preparing …")
        run(ours, "manage.py", "prepare")
        run(theirs, "-m", "tests.bench.bare.filling", "basis")
        project, bare = (Path(folder) / f"{name}.log" for name in ("project", "bare"))
        with (
            sites.running("config.wsgi", ours, project) as one,
            sites.running("tests.bench.bare.wsgi", theirs, bare) as two,
        ):
            yield Side(ours, "tests.bench.filling", one), Side(theirs, "tests.bench.bare.filling", two)


def _another(database):
    """Another empty database on the same server."""
    name = "bare"
    programs = servers.postgresql_programs()
    subprocess.run([programs / "psql", "-q", "-c", f"CREATE DATABASE {name}", database], check=True)
    return f"{database.rpartition('/')[0]}/{name}"


def run(environment: dict[str, str], *arguments: str, told: str = "") -> str:
    """What Python prints when it is run with these arguments; errors are shown."""
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, env=environment, cwd=sites.ROOT, input=told, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def _options(arguments):
    parser = argparse.ArgumentParser(prog="script/bench", description="Measures the project beside a bare Django one.")
    parser.add_argument("--quick", action="store_true", help="within a minute; its figures are rough")
    parser.add_argument("scenarios", nargs="*", choices=[[], *SCENARIOS, "streams"], help="only these")
    parser.add_argument("--write", action="store_true", help="write the report into docs/performance.md")
    return parser.parse_args(arguments)


def _say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
