"""Which lines of the rules no test reaches. The suite measures it in a plain run, and fails if there are any.

As a plugin of pytest, which `environment()` asks for, it measures each process of pytest, and not the processes that
tests start. SlipCover notes the lines, for it costs nearly nothing, where tracing every call of Python 3.11 costs more
than half of the time of a test; Coverage.py knows which lines can run, and reports.
"""

import os
from collections import defaultdict
from pathlib import Path

import pytest
import slipcover
from coverage import Coverage, CoverageData

ROOT = Path(__file__).parent.parent
# The variable that names the folder to which each process writes what it measured.
FOLDER = "COVERAGE_OF_RULES"
# The run of the suite that is measured, for it holds every plain test.
MEASURED = "PostgreSQL and Redis"
# The modules, and rooms of modules, that hold rules: no line of theirs stays uncovered.
RULES = [
    *("clock", "journal", "speakers/list_state.py", "dialogue/moments.py", "dialogue/releasing.py"),
    *("dialogue/consistency.py", "dialogue/typed.py", "speakers/consistency.py"),
    *("dialogue/documents", "dialogue/models/texts.py", "speakers/loading/enclosures.py"),
    *(
        "dialogue/versions.py",
        "outbox/batches.py",
        "outbox/delivery",
        "outbox/desk.py",
        "outbox/posting.py",
        "speakers/delegations",
    ),
    *("speakers/entries", "speakers/forecast", "speakers/interest", "speakers/limits.py", "speakers/mail"),
    "speakers/moves",
    "speakers/numbering.py",
    *("speakers/order", "speakers/publishing", "speakers/recomputing.py", "floor/acts", "floor/clock"),
    *("floor/forecast", "floor/mail", "floor/record", "floor/script", "floor/statements", "registration/decisions"),
    *("floor/microphones", "floor/proceedings"),
    *("registration/door", "registration/due.py", "registration/mail", "registration/manifests"),
    *("registration/requests", "registration/states.py", "secretariat/integrity", "speakers/integrity"),
    *("secretariat/recovery/numbers.py", "secretariat/recovery/restoring.py", "secretariat/recovery/letting_go.py"),
    "secretariat/signing_in",
    *("spelling", "uploads"),
    *("webhooks/addresses.py", "webhooks/events.py", "webhooks/kinds.py", "webhooks/sending.py"),
    *("webhooks/signing.py", "webhooks/subscribing.py", "webhooks/telling.py"),
]


def environment(folder):
    """What a process of pytest has in its environment to be measured into `folder`."""
    return {"PYTEST_PLUGINS": __name__, FOLDER: str(folder)}


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    """Begin before anything of ours is imported."""
    if FOLDER in os.environ:
        noted = slipcover.Slipcover()
        ours = slipcover.FileMatcher(
            sources=[ROOT / name for name in _settings().config.source], omit=["*/migrations/*"]
        )
        slipcover.ImportManager(noted, ours).__enter__()
        early_config.add_cleanup(lambda: _keep(noted, os.environ[FOLDER]))
    return (yield)


def _keep(noted, folder):
    """Write the lines that were `noted` in this process into a file of its own in `folder`."""
    noted.get_coverage()  # which gathers them
    kept = CoverageData(Path(folder) / "coverage", suffix=True)
    kept.add_lines({str(path): lines for path, lines in noted.all_seen.items()})
    kept.write()


def _settings(folder="."):
    """What reads the lines that are kept in `folder`; pyproject.toml says of which code."""
    return Coverage(data_file=Path(folder) / "coverage", config_file=ROOT / "pyproject.toml")


def report(folder, say):
    """Say for each package how much the tests reach, and each line of a rule that they do not; are there none?"""
    lines = reached(folder)
    if not lines:
        say("Coverage: nothing was measured.")
        return False
    for line in table(lines):
        say(line)
    found = [f"{path}: no test reaches line {numbers(missed)}" for path, (_, missed) in of_rules(lines) if missed]
    for line in found:
        say(line)
    return not found


def reached(folder):
    """For each module of ours the lines that can run, and those that did not, in all that was measured in `folder`."""
    measured = _settings(folder)
    measured.combine([str(folder)], keep=True)
    found = {}
    if not measured.get_data():
        return found
    for package in measured.get_option("run:source"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                _, can_run, _, missed, _ = measured.analysis2(str(path))
                found[path.relative_to(ROOT).as_posix()] = can_run, missed
    return found


def of_rules(lines):
    """Those modules of `lines` that hold rules, with their lines."""
    return [(path, each) for path, each in lines.items() if any(f"{path}/".startswith(f"{rule}/") for rule in RULES)]


def table(lines):
    """How much of each package the tests reach, in lines of text."""
    packages = defaultdict(lambda: [0, 0])
    for path, (can_run, missed) in lines.items():
        package = packages["/".join(path.split("/")[:-1][:2])]
        package[0] += len(can_run)
        package[1] += len(missed)
    rows = [(name, *package) for name, package in sorted(packages.items())]
    rows.append(("all", *(sum(row[column] for row in rows) for column in (1, 2))))
    return [f"{name:32}{every:7}{missed:6}{_percent(every, missed):>9}" for name, every, missed in rows]


def numbers(lines):
    """The numbers of `lines` as text: 3, 7-9."""
    groups = []
    for line in lines:
        if groups and line == groups[-1][1] + 1:
            groups[-1][1] = line
        else:
            groups.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in groups)


def _percent(every, missed):
    return f"{100 * (every - missed) / every:.1f} %" if every else "-"
