"""Files that were kept outside, against the database: chains downloaded as journal.json, and revisions.  R-28 R-77"""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from journal import chain_file
from speakers.models import Revision
from speakers.publishing import revision_chain


def problems(paths: Iterable[Path]) -> list[str]:
    """Which of the files at `paths` the database, or a newer file, does not continue, as translated sentences.

    A file that holds neither a chain nor a revision is named too.
    """
    revisions = {path: frozen for path in paths if (frozen := _revision(path))}
    chains, found = chain_file.read_all(path for path in paths if path not in revisions)
    found += revision_chain.problems_of_files(list(revisions.values()))
    known = set(Revision.objects.values_list("sha256", flat=True))
    words = _("%(name)s: no revision in the database has its hash.")
    found += [words % {"name": each.name} for each in revisions.values() if each.sha256 not in known]
    present = [chain_file.present(stream) for stream in sorted({each.stream for each in chains})]
    return found + chain_file.problems([*chains, *present])


def _revision(path):
    """The revision in the file at `path`; None if it holds something else, or cannot be read."""
    try:
        return revision_chain.read(path.name, path.read_bytes())
    except (OSError, revision_chain.Unreadable):
        return None
