"""Checking that published revisions are unchanged, with the database or with downloaded files alone.  R-28 R-77

Functions whose names end in `_of_files` need no database.
"""

import hashlib
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from journal import canonical, frozen
from speakers.models import SpeakersList
from speakers.publishing.revisions import FROZEN


class Unreadable(Exception):
    """A file is not a revision; `str()` says why."""


@dataclass(frozen=True)
class Frozen:
    """One revision as read from a file or from the database: its text, its content as data, and its hash."""

    name: str
    document: dict
    sha256: str
    is_reformatted: bool = False

    @property
    def number(self) -> int:
        return self.document["number"]

    @property
    def chain(self) -> str:
        """The chain it belongs to: its meeting's short name, and that of its list if it has one.  R-62"""
        return "/".join(filter(None, [self.document["meeting"], self.document.get("list")]))

    def place_of(self, receipt_no: int) -> dict[str, str] | None:
        """The row of the entry with that receipt number, or None."""
        return next((row for row in self.document["speakers"] if row["receipt_no"] == receipt_no), None)


def read(name: str, text: bytes) -> Frozen:
    """The revision in `text` (bytes), a file called `name`. Raises `Unreadable`.

    The hash is that of the canonical text. `is_reformatted` marks a file with the same content in a new layout (spaces,
    order of names): an editor may have saved it.
    """
    try:
        document = canonical.read(text)
        _check_shape(document)
    except ValueError as error:
        raise Unreadable(_("%(name)s is not a published revision: %(why)s") % {"name": name, "why": error}) from error
    own = canonical.canonical(document)
    return Frozen(name, document, hashlib.sha256(own).hexdigest(), is_reformatted=own != text)


def _check_shape(document):
    """Raise `ValueError` unless the parts that make the chain are present and of the right type."""
    kinds = {"meeting": str, "number": int, "as_at": str, "previous_sha256": str, "speakers": list}
    kinds_of_row = {"place": int, "delegation": str, "receipt_no": int}
    rows = document["speakers"] if canonical.has(document, kinds) else [None]
    if not all(canonical.has(row, kinds_of_row) for row in rows) or not isinstance(document.get("list", ""), str):
        raise ValueError(_("it has a different structure"))


def problems_of_files(revisions: list[Frozen]) -> list[str]:
    """What is wrong between the `revisions` read from files, as translated sentences; empty if nothing is.

    Any two neighbours of a meeting must be linked; revisions missing in between are not a problem here, see
    `gaps_of_files`.
    """
    found = []
    for one, next_one in _neighbours(revisions):
        facts = {"name": next_one.name, "number": next_one.number, "before": one.number}
        if next_one.number == one.number and next_one.sha256 != one.sha256:
            found.append(_("%(name)s: there are two different revisions %(number)d.") % facts)
        elif next_one.number == one.number + 1 and next_one.document["previous_sha256"] != one.sha256:
            found.append(_("%(name)s: revision %(number)d does not follow this revision %(before)d.") % facts)
    return found


def gaps_of_files(revisions: list[Frozen]) -> list[str]:
    """Where the chain cannot be followed because a revision is missing, as translated sentences."""
    words = _("%(meeting)s: between revisions %(before)d and %(number)d the chain cannot be followed.")
    return [
        words % {"meeting": one.chain, "before": one.number, "number": next_one.number}
        for one, next_one in _neighbours(revisions)
        if next_one.number > one.number + 1
    ]


def _neighbours(revisions):
    """The pairs of revisions that follow one another in the chain of one meeting."""
    ordered = sorted(revisions, key=lambda each: (each.chain, each.number))
    return [(one, other) for one, other in pairwise(ordered) if one.chain == other.chain]


def stored(speakers_list: SpeakersList) -> tuple[list[Frozen], list[str]]:
    """The revisions of `speakers_list` as the database holds them, oldest first, with what is wrong with each.

    Returns two lists: of `Frozen`, and of translated sentences. Checks each text, its chain, the columns beside it, and
    the acts of the journal both ways: each revision has the act that froze it, and each act its revision (R-77).
    """
    read_so_far, found, previous, expected = [], [], "", 1
    for revision in speakers_list.revisions.order_by("number"):
        facts = {"number": revision.number, "expected": expected}
        try:
            one = read(f"{'/'.join(speakers_list.address)}/{revision.number}", revision.content.encode())
        except Unreadable as error:
            found.append(str(error))
            continue
        if revision.number != expected:
            found.append(_("Revision %(expected)d is missing.") % facts)
        if one.sha256 != revision.sha256 or one.is_reformatted:
            found.append(_("Revision %(number)d was changed after it was frozen.") % facts)
        elif one.document["previous_sha256"] != previous or revision.previous_sha256 != previous:
            found.append(_("Revision %(number)d does not follow the one before it.") % facts)
        if not _agrees(revision, one):
            found.append(_("The columns beside revision %(number)d do not match its text.") % facts)
        previous, expected = revision.sha256, revision.number + 1
        read_so_far.append(one)
    hashes = {each.number: each.sha256 for each in read_so_far}
    return read_so_far, found + _problems_with_journal(speakers_list, hashes)


def _agrees(revision, one):
    """Do the columns of `revision` match its text?"""
    said = [one.document.get(name) for name in ("number", "kind", "as_at", "comment")]
    as_at = canonical.moment(revision.as_at)
    is_of_this_list = one.chain == "/".join(revision.speakers_list.address)
    return is_of_this_list and said == [revision.number, revision.kind, as_at, revision.comment]


def _problems_with_journal(speakers_list, hashes):
    """Where the acts that froze revisions, and the revisions with these `hashes` by number, do not match."""
    words = frozen.Words(
        missing=_("The journal says that revision %(number)s was frozen: it is missing."),
        other=_("The journal recorded another hash of revision %(number)s."),
        without=_("Revision %(number)s was frozen by no act of the journal."),
    )
    return frozen.problems(speakers_list.journal_stream, FROZEN, hashes, words)
