"""Holding all lists of a meeting whose seats are given by selection: a choice may concern two of them at once."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from acts.locking import locked
from speakers.models import SpeakersList


@contextmanager
def held(meeting_id: int) -> Iterator[dict[int, SpeakersList]]:
    """Lock these lists of the meeting for the body of a `with`, which gets them by their keys; none if there are none.

    Always in the order of their keys, so no two acts wait for each other. What is done in the body is one transaction.
    """
    rows = SpeakersList.objects.with_places()
    keys = list(rows.by_selection().filter(meeting=meeting_id).order_by("pk").values_list("pk", flat=True))
    with ExitStack() as stack:
        yield {key: stack.enter_context(locked(rows.filter(pk=key))) for key in keys}
