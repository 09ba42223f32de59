"""Reading a TOML file so that each of its facts knows its line."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

Place = tuple[Any, ...]
"""Where something stands in a file: keys and indexes."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a file, and on which line, if it is on one."""

    line: int | None
    reason: str


class BadFile(Exception):
    """A file that is refused for all its `faults`, by line; nothing of it is stored.

    The text of the error has a line for each: “FILE:LINE: reason”.
    """

    def __init__(self, path, *faults):
        self.path, self.faults = path, sorted(faults, key=lambda fault: fault.line or 0)
        places = [f"{path}:{fault.line}" if fault.line else f"{path}" for fault in self.faults]
        super().__init__(
            "\n".join(f"{place}: {fault.reason}" for place, fault in zip(places, self.faults, strict=True))
        )


class Source:
    """A file that was read: its `facts` as TOML parses them, the line of each, and later the files that it names."""

    def __init__(self, path, facts, lines):
        self.path, self.facts, self._lines = path, facts, lines
        self.files: dict[str, Any] = {}

    def line_of(self, where: Place) -> int:
        """The line of the key or table at the path `where`, a tuple of keys and indexes, or of the table around it."""
        while where and where not in self._lines:
            where = where[:-1]
        return self._lines.get(where, 1)

    def refusal(self, faults: Iterable[tuple[Place, str]]) -> BadFile:
        """A `BadFile` to raise, for `faults` that are pairs of a place and a reason."""
        return BadFile(self.path, *(Fault(self.line_of(where), _at(where, reason)) for where, reason in faults))


def _at(where, reason):
    """The `reason` with the place in words before it: “slots 3, persons 1, name: This text is empty.”"""
    words = [f" {key + 1}" if isinstance(key, int) else f", {key}" for key in where]
    return f"{''.join(words).removeprefix(', ')}: {reason}" if words else reason


def text_of(path: str | Path) -> str:
    """The text of the file at `path`, which must be UTF-8. Raises `BadFile`."""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        words = _("The file cannot be read: %(why)s.") % {"why": error.strerror}
        raise BadFile(path, Fault(None, words)) from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadFile(path, Fault(line, _("This is not UTF-8 text."))) from error


def read(path: str | Path) -> Source:
    """The TOML file at `path` as a `Source`. Raises `BadFile`."""
    text = text_of(path)
    try:
        facts = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        at_line = re.search(r" \(at line (\d+), column \d+\)", str(error))
        line = int(at_line[1]) if at_line else text.count("\n") + 1
        why = re.sub(r" \(at .*\)$", "", str(error))
        raise BadFile(path, Fault(line, _("This is not TOML: %(why)s.") % {"why": why})) from error
    return Source(path, facts, lines_of(text))


def lines_of(text: str) -> dict[tuple[str, ...], int]:
    """The line on which each key and table of the valid TOML `text` begins, by its path of keys and indexes.

    Statements are found by parsing: lines are collected until together they are valid TOML.
    """
    lines: dict[Place, int] = {}
    counts: Counter[Place] = Counter()
    table: Place = ()
    gathered, began = "", 1
    for number, line in enumerate(text.split("\n"), start=1):
        gathered, began = (f"{gathered}\n{line}", began) if gathered else (line, number)
        if (statement := _parsed(gathered)) is None:
            continue
        if gathered.lstrip().startswith("["):
            table = _table_begun(statement, counts)
            lines.setdefault(table, began)
            lines.setdefault(table[:-1], began)
        else:
            for path in _paths(statement):
                lines.setdefault(table + path, began)
        gathered = ""
    return lines


def _parsed(statement):
    try:
        return tomllib.loads(statement)
    except ValueError:
        return None


def _table_begun(header, counts):
    """The path of the table that the parsed `header` begins; `counts` holds the length of each array of tables."""
    path: Place = ()
    is_array = False
    while header:
        path += (counts[path] - 1,) if path in counts else ()
        ((key, header),) = header.items()
        path += (key,)
        if is_array := isinstance(header, list):
            header = header[0]
    if is_array:
        counts[path] += 1
        path += (counts[path] - 1,)
    return path


def _paths(value, path=()):
    """The paths of everything in the parsed `value`."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from _paths(item, (*path, key))
