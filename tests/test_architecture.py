"""Imports point one way, nothing grows too large, pages hold no code, and no test is left out."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
MAY_IMPORT = {
    "clock": set(),
    "retention": set(),
    "journal": {"clock", "retention"},
    "outbox": {"clock", "retention"},
    "printing": set(),
    "dialogue": {"clock", "retention", "journal", "outbox"},
    "speakers": {"clock", "retention", "journal", "outbox", "printing", "dialogue"},
    "registration": {"clock", "retention", "journal", "outbox", "printing", "dialogue", "speakers"},
    "floor": {"clock", "retention", "journal", "outbox", "printing", "dialogue", "speakers"},
    "api": {"clock", "dialogue", "speakers"},
    "mailbox": {"clock", "retention"},
    "bench": {"clock", "journal", "dialogue", "speakers", "config"},
    "secretariat": {
        "clock",
        "retention",
        "journal",
        "outbox",
        "dialogue",
        "speakers",
        "registration",
        "floor",
        "mailbox",
    },
    "config": {
        "api",
        "clock",
        "retention",
        "journal",
        "outbox",
        "printing",
        "dialogue",
        "speakers",
        "registration",
        "floor",
        "mailbox",
        "secretariat",
    },
}
"""The layers: config → secretariat → registration | floor | api → speakers → dialogue → journal, outbox → clock.

`printing` and `retention` are for any.
"""

BANNED_NAMES = {"services", "utils", "helpers", "common", "misc"}
LONGEST_FUNCTION, LONGEST_FILE = 40, 300
SOURCES = sorted(
    path for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts
)
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def name_of(path):
    return str(path.relative_to(ROOT))


def imported_packages(source, package):
    """The project's own packages that the text of a module in `package` imports, at any depth, relative or not."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.split(".")[0])
    return found & set(MAY_IMPORT) - {package}


def longest_function(source):
    """The lines of the longest function in the text of a module, and its name."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]
    return max(((node.end_lineno - node.lineno + 1, node.name) for node in functions), default=(0, ""))


def code_inside(template):
    """Scripts, styles and handlers written into the text of a page instead of into a file of their own."""
    inline = r"<style|<script(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=|javascript:"
    return re.findall(inline, template, flags=re.IGNORECASE)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_point_one_way(path):
    package = path.relative_to(ROOT).parts[0]

    assert imported_packages(path.read_text(), package) <= MAY_IMPORT[package]


def test_the_test_of_imports_would_notice_one_that_points_back():
    inside_a_function = "def inscribe():\n    from speakers.models import Inscription\n"

    assert imported_packages(inside_a_function, "dialogue") == {"speakers"}
    assert imported_packages("import config.settings", "dialogue") == {"config"}


def test_every_app_of_the_project_has_its_layer():
    own = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}

    assert own <= set(MAY_IMPORT)


def test_no_module_has_a_name_that_says_nothing():
    assert [name_of(path) for path in SOURCES if {path.stem, path.parent.name} & BANNED_NAMES] == []


def test_no_file_and_no_function_is_too_long():
    sources = {name_of(path): path.read_text() for path in SOURCES}
    longest = {name: longest_function(source) for name, source in sources.items()}

    assert {name: function for name, function in longest.items() if function[0] > LONGEST_FUNCTION} == {}
    assert [name for name, source in sources.items() if source.count("\n") > LONGEST_FILE] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_pages_hold_no_script_and_no_style(path):
    assert code_inside(path.read_text()) == []


@pytest.mark.parametrize("page", ["<script>a()</script>", '<p style="a">', '<a onclick="b">', "<style>a{}</style>"])
def test_the_test_of_pages_would_notice_code_in_them(page):
    assert code_inside(page)


def test_styles_are_written_for_both_directions_of_writing():
    sides = r"^\s*(margin|padding|border)-(left|right)\b|text-align:\s*(left|right)|^\s*(left|right):"
    physical = re.compile(sides, re.MULTILINE)
    sheets = (ROOT / "static/css").glob("*.css")

    assert {sheet.name for sheet in sheets if physical.search(sheet.read_text())} == set()


def test_no_test_is_left_out():
    left_out = re.compile(r"pytest\.(?:mark\.)?(?:skip|xfail|importorskip)")

    assert [name_of(path) for path in TESTS if left_out.search(path.read_text())] == []


def test_no_address_of_a_package_index_is_written_down():
    locks = [ROOT / "package-lock.json", *ROOT.glob("requirements*")]
    indexes = re.compile(r"https?://(?!github\.com|opencollective\.com)|--(?:extra-)?index-url|--find-links")

    assert [path.name for path in locks if indexes.search(path.read_text())] == []


def test_every_requirement_is_pinned_with_the_hashes_of_its_files():
    for path in ROOT.glob("requirements*.txt"):
        requirements = re.split(r"\n(?=\S)", Path(path).read_text().strip())
        assert [words for words in requirements if not re.match(r"[^=\s]+==\S.*--hash=sha256:", words, re.S)] == []
