"""The row that is the lock of a list.  R-03 R-07"""

from collections.abc import Iterator
from contextlib import contextmanager

from acts import locking
from speakers.models import SpeakersList


@contextmanager
def locked_list(speakers_list: SpeakersList) -> Iterator[SpeakersList]:
    """Lock `speakers_list` for the body of a `with`, which gets it with its meeting as they are now.  R-03

    Raises `OperationalError` if it cannot be locked in time (see `acts.locking.locked`).
    """
    with locking.locked(speakers_list) as found:
        found.meeting.speakers_list = found
        yield found
