"""The whole suite, as `script/test` runs it, in parts; at the end it says how long each part took.

Every test runs once on PostgreSQL and Redis, as in production, whether in a browser or not. What a test can find
different in the embedded mode, on SQLite, is what the database does and what exists in that mode alone; so there run

- the plain tests that may touch a database (pytest-django refuses it to all others), and those marked `embedded`; but
  not those of pages whose parts are tested on both (`WHOLES`): of the secretariat's acts, each of which hands a form to
  a rule, of its signing in, of papers and forecasts, and the rounds of every page of the site;
- in a browser the few marked `smoke`: whole paths from a form to the list and the room.

Tests that start processes of their own bring their own databases and run apart; those marked `alone`, which ask how
much the machine carries, run last and one by one.

All other parts run side by side: every worker of pytest-xdist has a database, a live server, a browser and a folder of
its own (see `tests/settings.py`).
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
    """One run of pytest: its name, which tests, the programs it needs, whether on servers, and how side by side."""

    name: str
    tests: str
    needs: tuple = ()
    on_servers: bool = False
    options: list = field(default_factory=list)


BOTH = ("postgres", "redis-server")
HOSTS = "hosts of a network of its own"
# The tests in tests/secretariat that ask the database something of their own, and so run on both.
ASKING = ("attention", "facts", "front_page", "journal_pages", "limits", "list", "retention", "tickets")
DESK = [*Path("tests/secretariat").glob("test_*.py"), *Path("tests/secretariat/signing_in").glob("test_*.py")]
ACTS = [path for path in DESK if path.stem.removeprefix("test_") not in ASKING]
ROUNDS = ["tests/hostile/test_every_page.py", "tests/hostile/test_matrix.py"]
# Papers and forecasts are made of rows that were read, which the other tests of their rooms do on both.
MADE_OF_ROWS = [
    *("tests/api", "tests/floor/forecast", "tests/floor/record/test_record.py", "tests/printing"),
    *("tests/registration/requests/test_vouchers.py", "tests/speakers/forecast"),
    "tests/speakers/publishing/test_export_pages.py",
]
WHOLES = [f"--ignore={path}" for path in [*sorted(ACTS), *ROUNDS, *MADE_OF_ROWS]]
RUNS = [
    Run("PostgreSQL and Redis", PLAIN, BOTH, True, SIDE_BY_SIDE),
    Run("PostgreSQL and Redis, in a browser", BROWSER, (*BOTH, "chromium"), True, FOR_PAGES),
    Run("SQLite", f"{PLAIN} and (database or embedded)", options=[*SIDE_BY_SIDE, *WHOLES]),
    Run("SQLite, in a browser", "smoke", ("chromium",), options=FOR_PAGES),
    Run("real processes", PROCESSES, BOTH, options=FOR_PROCESSES),
    Run("real processes, one by one", "alone", BOTH),
    Run("several machines", "machines", (*BOTH, HOSTS)),
]


@dataclass
class Tally:
    """How many tests of all runs passed and failed."""

    passed: int = 0
    failed: int = 0

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
    tally, left_out, taken, is_well = Tally(), [], [], True
    without = "" if releases.is_in_history(releases.last()) else " and not history"
    if without:
        _say(f"Not run: the upgrade from {releases.last().version}, which is not in this clone: git fetch --unshallow")
    with tempfile.TemporaryDirectory(prefix="suite-") as folder:
        for run in RUNS:
            if missing := [word for program in run.needs if (word := _missing(program))]:
                left_out.append(f"Not run: {run.name} (missing: {', '.join(missing)}; see script/bootstrap)")
                continue
            with _timed(run.name, taken):
                is_well = _carry_out(run, without, arguments, Path(folder), tally) and is_well
        if not (arguments or left_out):
            is_well = coverage_of_rules.report(folder, _say) and is_well
    _say("")
    for line in [*taken, *left_out]:
        _say(line)
    _say(f"{tally.passed} passed, {tally.failed} failed")
    return 0 if is_well and not (asks_for_all and left_out) else 1


def _carry_out(run, without, arguments, folder, tally):
    """Carry out one run with a state of its own, `without` some of its tests. Returns whether it passed."""
    _say(f"\n== {run.name}")
    report = folder / "report.xml"
    report.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="tests-") as state, _surroundings(run) as environment:
        pytest = [sys.executable, "-m", "pytest", "-m", f"({run.tests}){without}", f"--junitxml={report}"]
        measured = coverage_of_rules.environment(folder) if run.name == coverage_of_rules.MEASURED else {}
        code = subprocess.run(
            [*pytest, *run.options, *arguments], env={**environment, "VAR_DIR": state, **measured}, check=False
        ).returncode
    if code == NOTHING_COLLECTED and arguments:
        return True
    tally.add(report)
    return code == 0


@contextmanager
def _surroundings(run):
    """The environment of a run: the embedded mode, regardless of .env, or production on servers of its own.

    What Python compiles is kept, whatever the machine says: the workers and the processes that tests start share it.
    """
    own = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONDONTWRITEBYTECODE": ""}
    if not run.on_servers:
        yield os.environ | servers.EMBEDDED | own
        return
    with servers.postgresql() as database, servers.redis() as broker:
        yield servers.environment(database, broker) | own


@contextmanager
def _timed(name, taken):
    """Add to `taken` how long the block took, and how much of that its processes computed."""
    begun, computed = time.monotonic(), _seconds_computed()
    yield
    seconds, computed = time.monotonic() - begun, _seconds_computed() - computed
    taken.append(f"{_minutes(seconds)}  {name} ({_minutes(computed).strip()} of computing)")


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
