"""Closing lists: the clock has already decided; this carries it out.  R-06"""

import logging
from datetime import datetime, timedelta

from acts.locking import locked
from journal import recording
from journal.actors import SYSTEM, Actor
from speakers.mail import notices
from speakers.models import Revision, SpeakersList
from speakers.order import precedence
from speakers.publishing import revisions

logger = logging.getLogger(__name__)

# How long after the deadline a list is closed: longer than a request may wait (`acts.locking.WAIT_AT_MOST`).
PAUSE = timedelta(seconds=10)


def close_due_lists(*, at: datetime) -> int:
    """Close each list whose deadline passed at least `PAUSE` before the moment `at` of the one clock.  R-06

    Celery beat calls it every minute. Each list is closed, frozen and mailed exactly once, however often and however
    late this runs; one list that fails does not hold up the others. Returns the number closed now.
    """
    closed = 0
    for due in SpeakersList.objects.due_to_close(at - PAUSE):
        try:
            with locked(due) as speakers_list:
                is_closed_now = close_if_due(speakers_list, at=speakers_list.meeting.moment(at))
            closed += is_closed_now
        except Exception:
            logger.exception("The list of speakers %s could not be closed; it will be tried again", due.pk)
    return closed


def close_if_due(speakers_list: SpeakersList, *, at: datetime) -> bool:
    """Close the locked `speakers_list` unless another run did or the deadline has moved. Returns whether it closed."""
    if speakers_list.closed_at is not None or speakers_list.closes_at_latest > at - PAUSE:
        return False
    establish(speakers_list, closed_at=speakers_list.closes_at_latest, at=at, by=SYSTEM)
    return True


def establish(
    speakers_list: SpeakersList, *, closed_at: datetime, at: datetime, by: Actor, reason: str = ""
) -> Revision | None:
    """Close the locked `speakers_list` as of `closed_at`, freeze the established list, mail the places.

    If its seats are given by selection, the closing ends the expressions of interest alone: staff publish the list once
    they have selected. Journals. `at` is the meeting's moment. Returns the `Revision`, if there is one.
    """
    speakers_list.closed_at = closed_at
    speakers_list.save(update_fields=["closed_at"])
    recording.record(
        "list closed",
        stream=speakers_list.journal_stream,
        subject="list",
        by=by,
        at=at,
        after={"list_closed_at": closed_at},
        reason=reason,
    )
    if speakers_list.is_by_selection:
        return None
    revision = revisions.freeze(speakers_list, kind=Revision.Kind.ESTABLISHED, as_at=at, by=by)
    notices.announce_established(speakers_list, revision, precedence.speaking_order(speakers_list))
    return revision
