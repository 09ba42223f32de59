"""The suite says which lines of the rules no test reaches."""

import os
import subprocess
import sys
from functools import cache

import pytest

from tests import coverage_of_rules, servers
from tests.coverage_of_rules import ROOT, RULES

TEST = """
from clock import reading


def test_the_clock_stops():
    with reading.stopped("noon"):
        assert reading.now() == "noon"
"""


@pytest.mark.parametrize("rule", RULES)
def test_what_holds_rules_exists(rule):
    path = ROOT / rule
    assert path.is_file() or list(path.glob("*.py"))


def test_a_module_beside_the_rooms_of_rules_is_none_of_them():
    lines = {path: ([1], []) for path in ("floor/acts/calling.py", "floor/acts_of_old.py", "floor/views/acts.py")}
    assert coverage_of_rules.of_rules(lines) == [("floor/acts/calling.py", ([1], []))]


def test_lines_are_told_in_groups():
    assert coverage_of_rules.numbers([3, 7, 8, 9, 12]) == "3, 7-9, 12"


def test_packages_are_told_with_what_is_reached_of_them():
    lines = {"clock/a.py": ([1, 2, 3], [3]), "clock/b.py": ([1], []), "floor/acts/c.py": ([1, 2], [])}
    assert [line.split() for line in coverage_of_rules.table(lines)] == [
        ["clock", "4", "1", "75.0", "%"],
        ["floor/acts", "2", "0", "100.0", "%"],
        ["all", "6", "1", "83.3", "%"],
    ]


@pytest.mark.parametrize("processes", [0, 2])
def test_a_line_of_a_rule_that_no_test_reaches_fails_the_suite(tmp_path, processes, monkeypatch):
    monkeypatch.setattr(coverage_of_rules, "reached", cache(coverage_of_rules.reached))
    test = tmp_path / "test_little.py"
    test.write_text(TEST)
    command = [sys.executable, "-m", "pytest", "-c", ROOT / "pytest.ini", "--rootdir", ROOT, "-n", str(processes), test]
    own = os.environ | coverage_of_rules.environment(tmp_path) | servers.EMBEDDED | {"VAR_DIR": str(tmp_path / "var")}
    subprocess.run(command, env=own, cwd=ROOT, check=True, capture_output=True)
    told = []

    assert not coverage_of_rules.report(tmp_path, told.append)

    lines = coverage_of_rules.reached(tmp_path)
    can_run, missed = lines["clock/reading.py"]
    assert 0 < len(missed) < len(can_run), "what it imports is reached, and what it calls"
    assert any(line.startswith("speakers/moves/undoing.py: no test reaches line") for line in told)


def test_a_suite_that_measured_nothing_fails(tmp_path):
    told = []
    assert not coverage_of_rules.report(tmp_path, told.append)
    assert told == ["Coverage: nothing was measured."]
