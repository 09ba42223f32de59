"""Plain English: no file holds a word that a native speaker would not write, and each docstring stands alone."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
# What no file holds, in any case, in names of functions too: say “anyone who”, “again”, “no one” or a real subject.
WORDS = ["whoever", "anew", "nobody", "likewise", "an own", "be it", "successfully"]
# How no docstring begins: it is read without the one before it.
BEGINNINGS = ["The same", "Its", "Else", "Likewise"]
SUFFIXES = {".py", ".html", ".txt", ".md", ".js"}
NOT_OURS = {"node_modules", "var"}
BANNED = re.compile("(?<![a-z])(?:" + "|".join(WORDS).replace(" ", r"[\s_]+") + ")(?![a-z])", re.IGNORECASE)
DEPENDENT = re.compile(rf"(?:{'|'.join(BEGINNINGS)})\b")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def texts():
    """The project's own texts: code, templates and documents, but for migrations and this list."""
    folders = [path for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")]
    deep = (path for folder in folders if folder.name not in NOT_OURS for path in folder.rglob("*"))
    found = (path for path in [*ROOT.iterdir(), *deep] if path.suffix in SUFFIXES and path.is_file())
    return sorted(path for path in found if "migrations" not in path.parts and path != Path(__file__))


def banned_words(text):
    """Each banned word in `text`, with the number of its line."""
    return [f"{text.count(chr(10), 0, found.start()) + 1}: {found[0]}" for found in BANNED.finditer(text)]


def dependent_docstrings(source):
    """Each docstring in the text of a module that begins as if it continued another, with the number of its line."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, DOCUMENTED)]
    docstrings = [(node.body[0].lineno, docstring) for node in nodes if (docstring := ast.get_docstring(node))]
    return [f"{line}: {docstring.splitlines()[0]}" for line, docstring in docstrings if DEPENDENT.match(docstring)]


def test_no_file_holds_a_banned_word():
    found = [f"{path.relative_to(ROOT)}:{word}" for path in texts() for word in banned_words(path.read_text())]

    assert found == []


def test_each_docstring_stands_alone():
    sources = [path for path in texts() if path.suffix == ".py"]

    found = [f"{path.relative_to(ROOT)}:{line}" for path in sources for line in dependent_docstrings(path.read_text())]

    assert found == []


@pytest.mark.parametrize("text", ["Whoever asks", "def test_a_mail_to_nobody():", "made\nanew", "an\n    own ticket"])
def test_the_check_of_words_notices_a_banned_word(text):
    assert banned_words(text)


@pytest.mark.parametrize("text", ["anewton", "Sean owns it", "it will be its turn", "no one"])
def test_the_check_of_words_leaves_other_words_alone(text):
    assert banned_words(text) == []


@pytest.mark.parametrize("beginning", ["The same for groups.", "Its moment.", "Else None.", "Likewise for groups."])
def test_the_check_of_docstrings_notices_one_that_depends_on_another(beginning):
    assert dependent_docstrings(f'def moment():\n    """{beginning}"""') == [f"2: {beginning}"]
    assert dependent_docstrings('def moment():\n    """The moment itself."""') == []
