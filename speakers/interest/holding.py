"""Holding all lists of a meeting whose seats are given by selection: a choice may concern two of them at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from acts.locking import locked_in_order
from speakers.models import SpeakersList


@contextmanager
def held(meeting_id: int) -> Iterator[dict[int, SpeakersList]]:
    """Lock these lists of the meeting for the body of a `with`, which gets them by their keys; none if there are none.

    What is done in the body is one transaction.
    """
    with locked_in_order(SpeakersList.objects.with_places().by_selection().filter(meeting=meeting_id)) as lists:
        yield {each.pk: each for each in lists}
