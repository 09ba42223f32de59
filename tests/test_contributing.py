"""What `CONTRIBUTING.md` and its neighbours name is there: every path, and every function and constant in it."""

import ast
import re

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md"]
QUESTIONS = 10


def paths_in(text):
    """Every path that `text` names between backticks, in a command or as a link, with the name behind `::` if any."""
    linked = re.findall(r"\]\(([^)#:]+)\)", text)
    quoted = re.findall(r"`((?:\.?\w[\w.-]*/)+[\w.-]*(?:::[\w.]+)?)`", text)
    run = re.findall(r"^(?:\.venv/bin/pytest )?((?:tests|script)/[\w./]+(?:::\w+)?)", text, re.MULTILINE)
    return sorted({*linked, *quoted, *run})


def names_of(source):
    """Every function, class, method and constant that the text of a module defines, methods as `Class.method`."""
    found = set()
    for node in ast.parse(source).body:
        found |= names_defined_by(node)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{name}" for inner in node.body for name in names_defined_by(inner)}
    return found


def names_defined_by(node):
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    targets = getattr(node, "targets", [getattr(node, "target", None)])
    return {target.id for target in targets if isinstance(target, ast.Name)}


def is_there(named):
    """Is there a file or folder at the path `named`, which defines what stands behind `::`?"""
    path, _, name = named.partition("::")
    return (ROOT / path).exists() and (not name or name in names_of((ROOT / path).read_text()))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_everything_that_is_named_is_there(document):
    named = paths_in((ROOT / document).read_text())

    assert [each for each in named if not is_there(each)] == []


def test_what_is_not_there_would_be_noticed():
    text = "`speakers/none.py`, `config/checks.py::nothing`, [see](docs/none.md)\ntests/none.py::test_none\n"

    named = paths_in(text)

    assert named == ["config/checks.py::nothing", "docs/none.md", "speakers/none.py", "tests/none.py::test_none"]
    assert [each for each in named if is_there(each)] == []
    assert is_there("speakers/models/speakers_list.py::SpeakersList.accepts_inscriptions")


def test_each_question_of_a_newcomer_is_answered_by_two_files_at_most():
    text = (ROOT / "CONTRIBUTING.md").read_text().partition("| Question |")[2].partition("\n## ")[0]
    rows = [row for row in text.splitlines() if row.startswith("| ") and "?" in row]

    assert len(rows) == QUESTIONS
    assert [row for row in rows if len({each.partition("::")[0] for each in paths_in(row)}) > 2] == []
    assert [row for row in rows if "](#" not in row and not paths_in(row)] == []
