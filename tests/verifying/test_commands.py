"""The commands and the page of checks find the same in the same files, in the same words.  R-21 R-28 R-58 R-77"""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import node
from tests.verifying import making

CASES = json.loads(making.CASES.read_text())
EACH = pytest.mark.parametrize("case", CASES, ids=[each["name"] for each in CASES])
# How each command is told what was pasted.
TYPED = {"journal": "witness", "revision": "sha256", "draw": "commitment"}
# What the page says of the files, in its module as it is served: sentences by name, verdicts, facts.
PAGE = """
import { check } from "./verify-files.js";
const bytes = (text) => new TextEncoder().encode(text);
const found = [];
for (const { files, typed } of given) {
  const read = Object.entries(files).map(([name, text]) => ({ name, bytes: bytes(text), changed: 0 }));
  found.push(await check(read, typed));
}
console.log(JSON.stringify(found));
"""


def command_says(case, folder):
    """The problems that the command finds in the files of `case`."""
    for name, text in case["files"].items():
        (folder / name).write_bytes(text.encode())
    options = {TYPED[case["command"]]: case["typed"]} if case["typed"] else {}
    try:
        call_command(
            f"verify_{case['command']}", *(folder / name for name in case["files"]), stdout=StringIO(), **options
        )
    except CommandError as error:
        return str(error).splitlines()
    return []


@EACH
def test_each_command_finds_what_is_wrong_and_nothing_else(case, tmp_path):
    found = command_says(case, tmp_path)

    if case["why"]:
        assert [words.endswith(f": {case['why']}") for words in found] == [True], found
    else:
        assert sorted(found) == sorted(case["problems"])


@pytest.fixture(scope="module")
def marks():
    """The marks of the page for each case, by its name."""
    return dict(zip((each["name"] for each in CASES), node.run(PAGE, CASES), strict=True))


@EACH
def test_the_module_of_the_page_gives_as_many_bad_marks_and_those_that_are_wanted(case, marks):
    found = marks[case["name"]]
    bad = [mark for mark in found if mark["verdict"] == "bad"]

    assert len(bad) == len(case["problems"]) + bool(case["why"]), bad
    assert {mark["word"] for mark in found} >= set(case["marks"])
    assert case["problems"] or case["why"] or found


def test_the_cases_are_those_that_the_journal_would_make_today():
    assert making.CASES.read_text() == making.text()
