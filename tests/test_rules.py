"""`docs/rules.md` finds any rule in a minute, and these tests keep it true."""

import ast
import re

import pytest

from tests import rules

ROOT = rules.ROOT
INDEX = ROOT / "docs/rules.md"


def rows():
    """The rows of the index: rule, what, module, test, source."""
    lines = [line for line in INDEX.read_text().splitlines() if re.match(r"\| R-\d\d ", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def quoted(cell):
    """What a cell holds between backticks."""
    return re.findall(r"`([^`]+)`", cell)


def functions_of(path):
    """The names of the functions in a module."""
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


ROWS = rows()
IDS = [row[0] for row in ROWS]


def test_each_rule_has_one_row_of_five_cells_in_order():
    assert sorted(set(IDS)) == IDS
    assert {len(row) for row in ROWS} == {5}
    assert all(cell for row in ROWS for cell in row)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_the_module_of_a_rule_exists_and_cites_it(row):
    [module] = quoted(row[2])

    assert row[0] in rules.cited_in((ROOT / module).read_text())


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_the_test_of_a_rule_exists_and_its_module_cites_it(row):
    [node] = quoted(row[3])

    path, _, function = node.partition("::")

    assert function in functions_of(ROOT / path)
    assert row[0] in rules.cited_in((ROOT / path).read_text())


def test_every_rule_that_code_cites_is_in_the_index():
    cited = rules.citing(rules.PACKAGES) | rules.citing(["templates"], "*.*") | rules.citing(["tests"], "test_*.py")

    assert set().union(*cited.values()) <= set(IDS)


def test_the_index_in_full_is_what_the_code_says():
    assert rules.IN_FULL.read_text() == rules.in_full(), "run: python -m tests.rules"


def test_a_range_cites_the_rules_between_its_ends():
    assert rules.cited_in("R-09 R-11 to R-13") == {"R-09", "R-11", "R-12", "R-13"}
