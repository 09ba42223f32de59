"""The chain of one meeting as a file that anyone may download: the hash of each entry, and none of its content.

The holder of a receipt finds its witness in the file. A newer file must continue an older one, which shows that nothing
was rewritten in between. Only `hashes_of` needs a database.  R-08 R-58
"""

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from journal.models import Entry

# The name of the format, described in docs/api.md.
FORMAT = "journal-hashes/1"
DIGITS = set("0123456789abcdef")


class Unreadable(Exception):
    """A file is not a chain; `str()` says why."""


@dataclass(frozen=True)
class ChainFile:
    """One file as it was read: its `name`, its `stream`, and the hashes of the entries from the first on."""

    name: str
    stream: str
    hashes: tuple[str, ...]

    def number_of(self, witness: str) -> int | None:
        """The number of the entry whose hash is `witness`, or None."""
        return self.hashes.index(witness) + 1 if witness in self.hashes else None


def hashes_of(stream: str) -> list[str]:
    """The hashes of all entries of `stream`, oldest first (one statement)."""
    return list(Entry.objects.filter(stream=stream).order_by("sequence").values_list("hash", flat=True))


def document(stream: str, hashes: list[str]) -> dict[str, Any]:
    """The file as plain data."""
    return {"format": FORMAT, "stream": stream, "entries": len(hashes), "hashes": hashes}


def read(name: str, text: bytes) -> ChainFile:
    """The `ChainFile` in `text` (bytes), a file called `name`. Raises `Unreadable`."""
    try:
        said = json.loads(text)
        if said["format"] != FORMAT:
            raise ValueError(_("it is in another format"))
        hashes = said["hashes"]
        if not isinstance(said["stream"], str) or not all(_is_hash(each) for each in hashes):
            raise ValueError(_("its contents are not of the expected form"))
        if len(hashes) != said["entries"] or len(set(hashes)) != len(hashes):
            raise ValueError(_("entries are missing or repeated"))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unreadable(_("%(name)s is not a chain of a journal: %(why)s") % {"name": name, "why": error}) from error
    return ChainFile(name, said["stream"], tuple(hashes))


def problems(files: list[ChainFile]) -> list[str]:
    """Which of the `files` of one stream hold different chains, as translated sentences; empty if none do."""
    ordered = sorted(files, key=lambda each: (each.stream, len(each.hashes)))
    words = _("%(longer)s does not continue %(shorter)s: entry %(number)d differs.")
    found = []
    for shorter, longer in pairwise(ordered):
        parted = (n for n, pair in enumerate(zip(shorter.hashes, longer.hashes, strict=False), 1) if len(set(pair)) > 1)
        number = next(parted, None) if shorter.stream == longer.stream else None
        if number is not None:
            found.append(words % {"longer": longer.name, "shorter": shorter.name, "number": number})
    return found


def _is_hash(text):
    return isinstance(text, str) and len(text) == 64 and not set(text) - DIGITS
