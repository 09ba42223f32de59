"""What the clock alone brings about: unconfirmed requests end, offers run out, seats are offered, vouchers are mailed,
absences are noted.  R-46 R-48 R-51
"""

import logging
from datetime import datetime

from registration.door import no_shows
from registration.locking import locked_terms
from registration.models import Representative, Ticketing
from registration.requests import confirming, vouchers, waiting

logger = logging.getLogger(__name__)


def carry_on(*, at: datetime) -> int:
    """For each meeting with tickets, do what is due at the moment `at` of the one clock.  R-46 R-48

    Once a meeting is over, only absences are noted. Celery beat calls this every minute. Idempotent: however late it
    runs, nothing is done twice, and a meeting that fails does not hold up the others. Returns how much was done.
    """
    done = 0
    for ticketing in Ticketing.objects.select_related("meeting"):
        meeting = ticketing.meeting
        moment = meeting.moment(at)
        if moment >= meeting.ends_at and not no_shows.are_due(meeting, at=moment):
            continue
        try:
            with locked_terms(meeting.pk) as terms:
                carried_on = _carry_on(terms, at=moment)
            done += carried_on
        except Exception:
            logger.exception("The tickets of meeting %s could not be carried on; it will be tried again", meeting.pk)
    return done


def _carry_on(ticketing, *, at):
    if at >= ticketing.meeting.ends_at:
        return no_shows.note(ticketing, at=at)
    done = confirming.end_unconfirmed(ticketing, at=at)
    done += waiting.end_offers(ticketing, at=at) + waiting.offer_seats(ticketing, at=at)
    done += vouchers.revoke_refused(Representative.objects.filter(meeting=ticketing.meeting_id), at=at)
    return done + vouchers.hand_out_due(ticketing, at=at)
