"""Files kept outside, against the database: chains (journal.json), revisions, receipts.  R-08 R-28 R-77"""

from collections.abc import Collection
from pathlib import Path

from django.utils.translation import gettext as _

from journal import chain_file
from speakers.models import Revision
from speakers.publishing import receipt_file, revision_chain


def problems(paths: Collection[Path]) -> list[str]:
    """Which of the files at `paths` the database, or a newer file, does not continue, as translated sentences.

    A file that holds none of the three is named too.
    """
    revisions, receipts = _those_that(revision_chain, paths), _those_that(receipt_file, paths)
    chains, found = chain_file.read_all(path for path in paths if path not in revisions | receipts)
    found += revision_chain.problems_of_files(list(revisions.values()))
    known = set(Revision.objects.values_list("sha256", flat=True))
    words = _("%(name)s: no revision in the database has its hash.")
    found += [words % {"name": each.name} for each in revisions.values() if each.sha256 not in known]
    streams = {each.stream for each in [*chains, *receipts.values()]}
    present = [chain_file.present(stream) for stream in sorted(streams)]
    for receipt in receipts.values():
        found += receipt_file.problems(receipt) + receipt_file.problems_with_chains(receipt, present)
    return found + chain_file.problems([*chains, *present])


def _those_that(kind, paths):
    """The files at `paths`, by path, that the module `kind` can read."""
    found = {}
    for path in paths:
        try:
            found[path] = kind.read(path.name, path.read_bytes())
        except (OSError, kind.Unreadable):
            continue
    return found
