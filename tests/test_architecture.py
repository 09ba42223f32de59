"""Imports point one way, nothing grows too large, pages contain no code, and no test is left out."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
# The layers: config → secretariat → registration | api → floor → speakers → dialogue → journal, outbox → clock.
#
# `acts`, `processes`, `printing`, `uploads`, `retention` and `spelling` are for any.
MAY_IMPORT = {
    "acts": {"clock", "watching"},
    "watching": set(),
    "clock": set(),
    "retention": set(),
    "spelling": set(),
    "journal": {"clock", "retention", "spelling"},
    "outbox": {"acts", "clock", "languages", "retention", "spelling", "watching"},
    "printing": {"processes"},
    "processes": set(),
    "uploads": {"acts", "processes", "retention"},
    "dialogue": {"languages", "acts", "clock", "retention", "spelling", "journal", "outbox", "uploads"},
    "speakers": {
        "languages",
        "acts",
        "clock",
        "retention",
        "spelling",
        "journal",
        "outbox",
        "printing",
        "uploads",
        "watching",
        "dialogue",
    },
    "registration": {
        "languages",
        "acts",
        "clock",
        "retention",
        "spelling",
        "journal",
        "outbox",
        "printing",
        "dialogue",
        "speakers",
    },
    "floor": {
        "languages",
        "acts",
        "clock",
        "retention",
        "spelling",
        "journal",
        "outbox",
        "printing",
        "uploads",
        "dialogue",
        "speakers",
        "watching",
    },
    "api": {"clock", "dialogue", "floor", "speakers"},
    "webhooks": {"acts", "clock", "languages", "retention", "journal", "outbox", "dialogue", "speakers", "watching"},
    "languages": {"clock", "spelling"},
    "mailbox": {"clock", "retention", "spelling"},
    "secretariat": {
        "languages",
        "acts",
        "clock",
        "retention",
        "spelling",
        "journal",
        "outbox",
        "uploads",
        "dialogue",
        "speakers",
        "registration",
        "floor",
        "webhooks",
        "mailbox",
    },
    "config": {
        "languages",
        "acts",
        "api",
        "clock",
        "retention",
        "journal",
        "outbox",
        "printing",
        "uploads",
        "dialogue",
        "speakers",
        "registration",
        "floor",
        "mailbox",
        "secretariat",
        "webhooks",
        "watching",
    },
}

BANNED_NAMES = {"services", "utils", "helpers", "common", "misc"}
LONGEST_FUNCTION, LONGEST_FILE = 40, 300
MOST_MODULES_AT_THE_TOP = 15
# Packages to which Django gives these names.
UNTOLD_ROOMS = {"management", "templatetags"}
SOURCES = sorted(
    path for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py") if path.parent.name != "migrations"
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


def rooms_in_order(app):
    """The rooms of `app` as docs/architecture.md orders them, sets from the edges to the ground; [] if not divided."""
    line = re.search(rf"^{app}: +(.+)$", (ROOT / "docs/architecture.md").read_text(), re.MULTILINE)
    return [set(tier.split(" | ")) for tier in line[1].split(" → ")] if line else []


def modules_of(app):
    """The modules of `app` by their dotted names, with the path of each."""
    paths = [path for path in SOURCES if path.relative_to(ROOT).parts[0] == app]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths]
    return dict(zip(names, paths, strict=True))


def imports_within(app, modules, source):
    """The modules of `app` that the text of one of them imports, at any depth."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            full = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in modules else node.module for name in full}
    return {name for name in found if name.partition(".")[0] == app}


def points_back(module, imported, order):
    """Does a `module` import something that is not nearer to the ground than its own room?"""
    rooms = [name.split(".")[1] if "." in name else "" for name in (module, imported)]
    if not all(rooms) or rooms[0] == rooms[1]:
        return False
    own, other = (next((n for n, tier in enumerate(order) if room in tier), None) for room in rooms)
    return own is None or other is None or other <= own


def circle_in(graph):
    """Modules of `graph` (module → what it imports) that import each other in a circle; empty if none do."""
    left = {name: set(imported) - {name} for name, imported in graph.items()}
    while free := [name for name, imported in left.items() if not imported & left.keys()]:
        for name in free:
            del left[name]
    return sorted(left)


def longest_function(source):
    """The lines of the longest function in the text of a module, and its name."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]
    return max(((node.end_lineno - node.lineno + 1, node.name) for node in functions), default=(0, ""))


def without_types(source):
    """The public functions and methods in the text of a module that leave open what they take or give.

    A function inside another is private to it.
    """
    found, bodies = [], [ast.parse(source).body]
    while bodies:
        for node in bodies.pop():
            if isinstance(node, ast.ClassDef):
                bodies.append(node.body)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                names = node.args
                each = [*names.posonlyargs, *names.args, *names.kwonlyargs, names.vararg, names.kwarg]
                taken = [name.annotation for name in each if name and name.arg not in {"self", "cls"}]
                found += [node.name] if None in [*taken, node.returns] else []
    return sorted(found)


def code_inside(template):
    """Scripts, styles and handlers in the text of a page instead of in a file of their own."""
    inline = r"<style|<script(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=|javascript:"
    return re.findall(inline, template, flags=re.IGNORECASE)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_point_one_way(path):
    package = path.relative_to(ROOT).parts[0]

    assert imported_packages(path.read_text(), package) <= MAY_IMPORT[package]


def test_the_check_of_imports_notices_one_that_points_back():
    inside_a_function = "def inscribe():\n    from speakers.models import Inscription\n"

    assert imported_packages(inside_a_function, "dialogue") == {"speakers"}
    assert imported_packages("import config.settings", "dialogue") == {"config"}


APPS_WITH_ROOMS = [app for app in MAY_IMPORT if rooms_in_order(app)]


@pytest.mark.parametrize("app", APPS_WITH_ROOMS)
def test_the_rooms_of_an_app_know_only_those_nearer_to_the_ground(app):
    modules, order = modules_of(app), rooms_in_order(app)

    imports = {name: imports_within(app, modules, path.read_text()) for name, path in modules.items()}

    pairs = [(name, other) for name, found in imports.items() for other in found]
    assert [pair for pair in pairs if points_back(*pair, order)] == []


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_no_modules_import_each_other_in_a_circle(app):
    modules = modules_of(app)
    packages = {name for name, path in modules.items() if path.name == "__init__.py"}

    graph = {name: imports_within(app, modules, path.read_text()) for name, path in modules.items()}

    assert circle_in({name: imported - packages for name, imported in graph.items() if name not in packages}) == []


def test_the_check_of_rooms_notices_one_that_points_back():
    order = [{"views"}, {"moves"}, {"models"}]
    modules = {"speakers.views.public", "speakers.moves.pinning"}
    source = "def page():\n    from speakers.views import public\n"

    assert imports_within("speakers", modules, source) == {"speakers.views.public"}
    assert points_back("speakers.moves.pinning", "speakers.views.public", order)
    assert points_back("speakers.moves.pinning", "speakers.unknown", order)
    assert not points_back("speakers.views.public", "speakers.moves.pinning", order)
    assert circle_in({"a": {"b"}, "b": {"a"}, "c": {"a"}}) == ["a", "b", "c"]
    assert circle_in({"a": {"b"}, "b": set()}) == []


def test_every_large_app_has_rooms_and_each_says_what_belongs_there():
    tops = {app: {path.stem for path in (ROOT / app).glob("*.py")} - {"__init__", "apps", "urls"} for app in MAY_IMPORT}
    rooms = [ROOT / app / room for app in APPS_WITH_ROOMS for tier in rooms_in_order(app) for room in tier]
    packages = [room / "__init__.py" for room in rooms if room.is_dir() and room.name not in UNTOLD_ROOMS]

    assert {app: len(names) for app, names in tops.items() if len(names) > MOST_MODULES_AT_THE_TOP} == {}
    assert [name_of(path) for path in packages if not ast.get_docstring(ast.parse(path.read_text()))] == []


def test_every_app_of_the_project_has_its_layer():
    own = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"deploy", "tests"}

    assert own <= set(MAY_IMPORT)


def test_no_module_has_a_name_that_says_nothing():
    assert [name_of(path) for path in SOURCES if {path.stem, path.parent.name} & BANNED_NAMES] == []


def test_no_file_and_no_function_is_too_long():
    sources = {name_of(path): path.read_text() for path in SOURCES}
    longest = {name: longest_function(source) for name, source in sources.items()}

    assert {name: function for name, function in longest.items() if function[0] > LONGEST_FUNCTION} == {}
    assert [name for name, source in sources.items() if source.count("\n") > LONGEST_FILE] == []


def test_every_public_function_says_the_types_it_takes_and_gives():
    found = {name_of(path): without_types(path.read_text()) for path in SOURCES}

    assert {name: functions for name, functions in found.items() if functions} == {}


def test_the_test_of_types_would_notice_a_function_without_them():
    source = (
        "class Sitting:\n    def part(self): pass\n    def _own(self): pass\n\n\nasync def wait(*names) -> None: pass\n"
    )

    assert without_types(source) == ["part", "wait"]
    assert without_types("def day(at: datetime, *, zone: ZoneInfo) -> date: pass\n") == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_pages_hold_no_script_and_no_style(path):
    assert code_inside(path.read_text()) == []


@pytest.mark.parametrize("page", ["<script>a()</script>", '<p style="a">', '<a onclick="b">', "<style>a{}</style>"])
def test_the_check_of_pages_notices_code_in_them(page):
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
