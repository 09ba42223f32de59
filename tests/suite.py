"""The whole suite, as `script/test` runs it, in parts; at the end it says how long each part took.

Every test runs once on PostgreSQL and Redis, as in production, whether in a browser or not. What a test can find
different in the embedded mode, on SQLite, is what the database does and what exists in that mode alone; so there run

- the plain tests of each file that speaks of what a database does: that commits, rolls back, asks which database it is,
  or expects it to refuse or to fail (`tests/conftest.py` marks them `differs`); those marked `embedded`; and the round
  of every page of the site, which reads whatever the site can read;
- in a browser the few marked `smoke`: whole paths from a form to the list and the room.

The parts run one after the other; within a part, tests run side by side: every worker of pytest-xdist has a database, a
live server, a browser and a folder of its own (see `tests/settings.py`). The databases of a part are copies of one,
which is migrated once. Tests marked `alone`, which ask how much the machine carries, run last and one by one.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import coverage_of_rules, servers
from tests.browser import chromium
from tests.faults import hosts
from tests.upgrade import releases

PLAIN, BROWSER = "not (browser or servers or faults or alone)", "browser and not faults"
PROCESSES = "(servers or faults) and not (alone or machines)"
WORKERS = min(4, os.cpu_count() or 1)
SIDE_BY_SIDE = ["-n", str(WORKERS)]
# More where tests wait for pages, more still where they wait for processes. Whichever worker is idle takes work from
# the others; not so for plain tests, of which those that empty the database have to come last, nor for those of
# processes: the tests of a file share what takes long to make.
FOR_PAGES = ["--dist", "worksteal", "-n", str(WORKERS + WORKERS // 2)]
FOR_PROCESSES = ["--dist", "loadfile", "--no-loadscope-reorder", "-n", str(2 * WORKERS)]
NOTHING_COLLECTED = 5


@dataclass(frozen=True)
class Run:
    """One run of pytest: its name, which tests, the programs it needs, and how side by side.

    It may be on servers, and its workers may begin with copies of a database that was migrated once.
    """

    name: str
    tests: str
    needs: tuple = ()
    on_servers: bool = False
    options: list = field(default_factory=list)
    copies_a_database: bool = True


BOTH = ("postgres", "redis-server")
HOSTS = "hosts of a network of its own"
RUNS = [
    Run("PostgreSQL and Redis", PLAIN, BOTH, True, SIDE_BY_SIDE),
    Run("PostgreSQL and Redis, in a browser", BROWSER, (*BOTH, "chromium"), True, FOR_PAGES),
    Run("SQLite", f"{PLAIN} and (differs or embedded)", options=SIDE_BY_SIDE),
    Run("SQLite, in a browser", "smoke", ("chromium",), options=FOR_PAGES),
    Run("real processes", PROCESSES, BOTH, options=FOR_PROCESSES, copies_a_database=False),
    Run("several machines", "machines", (*BOTH, HOSTS), copies_a_database=False),
    Run("real processes, one by one", "alone", BOTH, copies_a_database=False),
]


@dataclass
class Tally:
    """How many tests of all runs passed and failed, and a line for each run: how long it took."""

    passed: int = 0
    failed: int = 0
    taken: list = field(default_factory=list)

    def add(self, report):
        """Count what pytest wrote into the file `report`; a run that wrote nothing has failed."""
        if not report.exists():
            self.failed += 1
            return
        suite = ElementTree.parse(report).getroot().find("testsuite")  # noqa: S314  written by pytest
        counted = {name: int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")}
        bad = counted["failures"] + counted["errors"] + counted["skipped"]
        self.failed += bad
        self.passed += max(0, counted["tests"] - bad)


def main(arguments):
    """Run everything that can be run. Returns 0 if all passed, and with --all only if nothing was left out."""
    asks_for_all = "--all" in arguments
    arguments = [argument for argument in arguments if argument != "--all"]
    tally, left_out, begun = Tally(), [], time.monotonic()
    without = "" if releases.is_in_history(releases.last()) else " and not history"
    if without:
        _say(f"Not run: the upgrade from {releases.last().version}, which is not in this clone: git fetch --unshallow")
    with tempfile.TemporaryDirectory(prefix="suite-") as folder:
        suite = Suite(Path(folder), without, arguments, tally)
        passed = [suite.carry_out(run) for run in RUNS if _can_run(run, left_out)]
        is_well = all(passed)
        if not (arguments or left_out):
            is_well = coverage_of_rules.report(folder, _say) and is_well
    _say("")
    for line in [*tally.taken, *left_out]:
        _say(line)
    _say(f"{_minutes(time.monotonic() - begun)}  in all ({_minutes(_seconds_computed()).strip()} of computing)")
    _say(f"{tally.passed} passed, {tally.failed} failed")
    return 0 if is_well and not (asks_for_all and left_out) else 1


def _can_run(run, left_out):
    """Is all that `run` needs installed? If not, that is `left_out`, in words."""
    missing = [word for program in run.needs if (word := _missing(program))]
    if missing:
        left_out.append(f"Not run: {run.name} (missing: {', '.join(missing)}; see script/bootstrap)")
    return not missing


@dataclass
class Suite:
    """What all runs share: a `folder` for what they write, `without` which tests, and the `arguments` of pytest."""

    folder: Path
    without: str
    arguments: list
    tally: Tally

    def carry_out(self, run):
        """Carry out one run with a state of its own; show what it said once it has ended. Returns whether it passed."""
        begun = time.monotonic()
        report, said = (self.folder / f"{run.name}.{kind}" for kind in ("xml", "txt"))
        with tempfile.TemporaryDirectory(prefix="tests-") as state, _surroundings(run, Path(state)) as environment:
            pytest = [sys.executable, "-m", "pytest", "-m", f"({run.tests}){self.without}", f"--junitxml={report}"]
            measured = coverage_of_rules.environment(self.folder) if run.name == coverage_of_rules.MEASURED else {}
            command = [*pytest, *run.options, *self.arguments]
            with (
                said.open("w") as words,
                subprocess.Popen(command, env=environment | measured, stdout=words, stderr=words) as tests,
            ):
                _, status, used = os.wait4(tests.pid, 0)
                tests.returncode = code = os.waitstatus_to_exitcode(status)
        _say(f"\n== {run.name}\n{said.read_text(errors='replace')}")
        computed = _minutes(used.ru_utime + used.ru_stime).strip()
        self.tally.taken.append(f"{_minutes(time.monotonic() - begun)}  {run.name} ({computed} of computing)")
        if code == NOTHING_COLLECTED and self.arguments:
            return True
        self.tally.add(report)
        return code == 0


@contextmanager
def _surroundings(run, state):
    """The environment of a run: the embedded mode, regardless of .env, or production on servers of its own.

    What Python compiles is kept, whatever the machine says: the workers and the processes that tests start share it.
    """
    own = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONDONTWRITEBYTECODE": "", "VAR_DIR": str(state)}
    if not run.on_servers:
        environment = os.environ | servers.EMBEDDED | own
        yield environment | _template(run, environment, state / "database.sqlite3")
        return
    with servers.postgresql("speakers") as database, servers.redis() as broker:
        environment = servers.environment(database, broker) | own
        yield environment | _template(run, environment, "speakers")


def _template(run, environment, database):
    """Migrate the site's own `database`, if the run wants copies of it. Returns the variable that tells its workers."""
    if not run.copies_a_database:
        return {}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], env=environment, check=True)
    return {servers.TEMPLATE: str(database)}


def _seconds_computed():
    """Seconds of processor time of all processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _minutes(seconds):
    return f"{round(seconds) // 60:3d} min {round(seconds) % 60:02d} s"


def _missing(program):
    """What of `program` is missing, in words; empty if nothing is."""
    if program == HOSTS:
        return hosts.missing()
    return "" if _is_installed(program) else program


def _is_installed(program):
    if program == "chromium":
        return chromium.program() is not None
    if program != "postgres":
        return shutil.which(program) is not None
    try:
        return bool(servers.postgresql_programs())
    except servers.ServerMissing:
        return False


def _say(line):
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
