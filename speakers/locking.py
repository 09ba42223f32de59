"""The row that is the lock of a list.  R-03 R-07"""

from collections.abc import Iterator
from contextlib import contextmanager

from acts import locking
from dialogue.models import Meeting


@contextmanager
def locked_list(meeting_pk: int) -> Iterator[Meeting]:
    """Lock the list of the meeting `meeting_pk` for the body of a `with`, which gets the meeting as it is now.  R-03

    Raises `OperationalError` if it cannot be locked in time (see `acts.locking.locked`).
    """
    with locking.locked(Meeting.objects.filter(pk=meeting_pk)) as meeting:
        yield meeting
