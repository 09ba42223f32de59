"""Reading a TOML file so that each of its facts knows its line."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

Place = tuple[Any, ...]
"""Where something stands in a file: keys and indexes."""


class BadFile(Exception):
    """A file that is refused; nothing of it is stored. The text of the error is “FILE:LINE: reason”."""

    def __init__(self, path, line, reason):
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.path, self.line, self.reason = path, line, reason


class Source:
    """A file that was read: its `facts` as TOML parses them, and the line of each."""

    def __init__(self, path, facts, lines):
        self.path, self.facts, self._lines = path, facts, lines

    def line_of(self, where: tuple[str | int, ...]) -> int:
        """The line of the key or table at the path `where`, a tuple of keys and indexes, or of the table around it."""
        while where and where not in self._lines:
            where = where[:-1]
        return self._lines.get(where, 1)

    def refusal(self, where: tuple[str | int, ...], reason: str) -> BadFile:
        """A `BadFile` to raise, which gives `reason` for the fact at `where`."""
        return BadFile(self.path, self.line_of(where), reason)


def text_of(path: str | Path) -> str:
    """The text of the file at `path`, which must be UTF-8. Raises `BadFile`."""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise BadFile(path, None, _("The file cannot be read: %(why)s.") % {"why": error.strerror}) from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadFile(path, line, _("This is not UTF-8 text.")) from error


def read(path: str | Path) -> Source:
    """The TOML file at `path` as a `Source`. Raises `BadFile`."""
    text = text_of(path)
    try:
        facts = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        at_line = re.search(r" \(at line (\d+), column \d+\)", str(error))
        line = int(at_line[1]) if at_line else text.count("\n") + 1
        why = re.sub(r" \(at .*\)$", "", str(error))
        raise BadFile(path, line, _("This is not TOML: %(why)s.") % {"why": why}) from error
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
