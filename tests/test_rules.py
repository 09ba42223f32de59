"""`docs/rules.md` finds any rule in a minute, and these tests keep it true."""

import ast
import re

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
INDEX = ROOT / "docs/rules.md"
RULE = re.compile(r"\bR-\d\d\b")
PACKAGES = [
    "clock",
    "retention",
    "journal",
    "outbox",
    "dialogue",
    "speakers",
    "registration",
    "floor",
    "api",
    "mailbox",
    "secretariat",
    "config",
]


def rows():
    """The rows of the index: rule, what, modules, tests, source."""
    lines = [line for line in INDEX.read_text().splitlines() if re.match(r"\| R-\d\d ", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def quoted(cell):
    """What a cell holds between backticks."""
    return re.findall(r"`([^`]+)`", cell)


def functions_of(path):
    """The names of the functions in a module."""
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


def cited(folders, pattern="*.py"):
    """Every rule number in files under `folders`."""
    texts = [path.read_text() for folder in folders for path in (ROOT / folder).rglob(pattern)]
    return {rule for text in texts for rule in RULE.findall(text)}


ROWS = rows()
IDS = [row[0] for row in ROWS]


def test_each_rule_has_one_row_of_five_cells_in_order():
    assert sorted(set(IDS)) == IDS
    assert {len(row) for row in ROWS} == {5}
    assert all(cell for row in ROWS for cell in row)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_the_modules_of_a_rule_exist_and_cite_it(row):
    modules = quoted(row[2])

    assert modules
    for module in modules:
        assert row[0] in (ROOT / module).read_text(), f"{module} does not mention {row[0]}"


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_the_tests_of_a_rule_exist(row):
    nodes = quoted(row[3])

    assert nodes
    for node in nodes:
        path, _, function = node.partition("::")
        assert function in functions_of(ROOT / path), node


def test_every_rule_that_code_cites_is_in_the_index():
    assert cited(PACKAGES) | cited(["templates"], "*.*") <= set(IDS)
