"""Erasing mails of the local sink.  R-57"""

from collections.abc import Iterator
from datetime import UTC, datetime

from mailbox import files

EVERY = 10**9


def written() -> Iterator[tuple[str, str, datetime]]:
    """Each mail of the sink: the name of its file, its Message-ID, and the aware moment at which it was written."""
    for name in files.names(EVERY):
        try:
            message = files.read(name)
        except FileNotFoundError:
            continue
        yield name, str(message["Message-ID"] or ""), datetime.fromtimestamp(int(name[:19]) / 1e9, UTC)


def erase(names: list[str]) -> int:
    """Delete the files `names`. Returns how many; files that are already gone count too."""
    for name in names:
        (files.folder() / name).unlink(missing_ok=True)
    return len(names)
