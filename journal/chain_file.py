"""The chain of one meeting as a file that anyone may download: the hash of each entry, and none of its content.

The holder of a receipt finds its witness in the file. A newer file must continue an older one, which shows that nothing
was rewritten or cut off in between. Only `hashes_of` and `present` need a database.  R-08 R-58 R-77
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from journal import canonical
from journal.models import Entry

# The name of the format, described in docs/api.md.
FORMAT = "journal-hashes/1"


class Unreadable(Exception):
    """A file is not a chain; `str()` says why."""


@dataclass(frozen=True)
class ChainFile:
    """One file as it was read: its `name`, its `stream`, the hashes from the first entry on, and its moment."""

    name: str
    stream: str
    hashes: tuple[str, ...]
    as_at: datetime


def hashes_of(stream: str) -> list[str]:
    """The hashes of all entries of `stream`, oldest first (one statement)."""
    return list(Entry.objects.filter(stream=stream).order_by("sequence").values_list("hash", flat=True))


def present(stream: str) -> ChainFile:
    """The chain of `stream` as the database holds it now, to be compared with files: it is newer than any.  R-77"""
    return ChainFile(_("the database"), stream, tuple(hashes_of(stream)), datetime.max.replace(tzinfo=UTC))


def document(stream: str, hashes: list[str]) -> dict[str, Any]:
    """The chain as plain data; a file also says its moment, under `as_at`."""
    return {"format": FORMAT, "stream": stream, "entries": len(hashes), "hashes": hashes}


def read(name: str, text: bytes, *, written_at: datetime) -> ChainFile:
    """The `ChainFile` in `text` (bytes), a file called `name`. Raises `Unreadable`.

    Its moment is the one it says; files of versions before 0.9 say none, and have that at which they were written.
    """
    try:
        said = canonical.read(text)
        _check_shape(said)
        as_at = _moment(said["as_at"]) if "as_at" in said else written_at
    except ValueError as error:
        raise Unreadable(_("%(name)s is not a chain of a journal: %(why)s") % {"name": name, "why": error}) from error
    return ChainFile(name, said["stream"], tuple(said["hashes"]), as_at)


def _check_shape(said):
    """Raise `ValueError` unless `said` is a chain of which no entry is missing or repeated."""
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ValueError(_("it is in another format"))
    if not canonical.has(said, {"stream": str, "hashes": list}) or not all(map(canonical.is_hash, said["hashes"])):
        raise ValueError(_("its contents are not of the expected form"))
    count = len(said["hashes"])
    if not canonical.has(said, {"entries": int}) or not said["entries"] == count == len(set(said["hashes"])):
        raise ValueError(_("entries are missing or repeated"))


def _moment(said):
    """The moment that a file says, aware. Raises `ValueError`."""
    try:
        at = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise ValueError(_("its contents are not of the expected form"))
    return at.astimezone(UTC)


def read_all(paths: Iterable[Path]) -> tuple[list[ChainFile], list[str]]:
    """The chains in the files at `paths`, and a translated sentence for each file that cannot be read."""
    files, found = [], []
    for path in paths:
        try:
            written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            files.append(read(path.name, path.read_bytes(), written_at=written_at))
        except OSError as error:
            found.append(_("%(name)s cannot be read: %(why)s") % {"name": path, "why": error.strerror})
        except Unreadable as error:
            found.append(str(error))
    return files, found


def problems(files: list[ChainFile]) -> list[str]:
    """Which of the `files` do not continue an older one of their stream, as translated sentences; empty if all do.

    Their moments decide which is newer, not the order in which they are given.
    """
    ordered = sorted(files, key=lambda each: (each.stream, each.as_at, len(each.hashes)))
    pairs = [(older, newer) for older, newer in pairwise(ordered) if older.stream == newer.stream]
    return [problem for older, newer in pairs if (problem := _problem(older, newer))]


def _problem(older, newer):
    """Why `newer` does not continue `older`; empty if it does."""
    facts = {"newer": newer.name, "older": older.name, "kept": len(newer.hashes), "had": len(older.hashes)}
    both = zip(older.hashes, newer.hashes, strict=False)
    if number := next((number for number, (one, other) in enumerate(both, 1) if one != other), None):
        return _("%(newer)s does not continue %(older)s: entry %(number)d differs.") % {**facts, "number": number}
    if facts["kept"] < facts["had"]:
        return _("%(newer)s is newer than %(older)s and shorter: its last entry is %(kept)d, not %(had)d.") % facts
    return ""
