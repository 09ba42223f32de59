"""Opening a meeting to requests for tickets, with deadlines of our own where its invitation gives none.  R-53

The rule after the practice of the office in July 2016: without a grounds pass until 17:00 on the second working day
before the meeting, for security needs a sheet 48 hours ahead (R-51); with a grounds pass until one hour before.
"""

import csv
from datetime import datetime, time, timedelta
from functools import cache

from django.conf import settings
from i18nfield.strings import LazyI18nString

from journal import recording
from registration import working_days
from registration.models import Ticketing
from speakers import locking

WORKING_DAYS_BEFORE = 2
LAST_HOUR = time(17, 0)
BEFORE_THE_MEETING = timedelta(hours=1)
HANDED_OVER_BEFORE = timedelta(hours=2)
ENTRANCES = settings.BASE_DIR / "registration/data/entrances.csv"


def default_deadlines(meeting):
    """The deadlines (without a grounds pass, with one) that follow from the start of `meeting`, aware.  R-53"""
    last_day = working_days.days_before(meeting.starts_on, WORKING_DAYS_BEFORE)
    without = datetime.combine(last_day, LAST_HOUR, tzinfo=meeting.zone)
    return without, meeting.starts_at - BEFORE_THE_MEETING


def hand_over(meeting):
    """Where and when the tickets of `meeting` are handed over, unless staff say otherwise.  R-51

    At the visitors' entrance on record for its time zone, from two hours before the start to the end.
    """
    place = _entrances().get(meeting.time_zone, "")
    start = meeting.starts_at - HANDED_OVER_BEFORE
    return {"hand_over_place": place, "hand_over_from": start, "hand_over_until": meeting.ends_at}


def open_ticketing(meeting, *, by, at, **terms):
    """Give `meeting` its terms of tickets unless it has some; `terms` override what we would choose. Gives them.

    Requests open with the inscription. The deadlines are marked as ours unless given. `at` is the meeting's moment.
    Journals.
    """

    def act(meeting):
        if kept := Ticketing.objects.filter(meeting=meeting).first():
            return kept
        without, with_pass = default_deadlines(meeting)
        chosen = {"closes_at": without, "pass_closes_at": with_pass, "opens_at": _opening(meeting, without)} | terms
        are_ours = not {"closes_at", "pass_closes_at"} & set(terms)
        ticketing = Ticketing.objects.create(
            meeting=meeting, **hand_over(meeting) | {"are_deadlines_ours": are_ours} | chosen
        )
        after = {name: getattr(ticketing, name) for name in [*chosen, "capacity", "per_organization"]}
        recording.record("tickets opened", stream=meeting.journal_stream, subject="tickets", by=by, at=at, after=after)
        return ticketing

    return locking.under_lock(meeting.pk, act)


def _opening(meeting, closes_at):
    """With the inscription; a week before the deadline where that would be too late."""
    return min(meeting.inscription_opens_at, closes_at - timedelta(days=7))


@cache
def _entrances():
    """Time zone → where visitors come in, in the six languages."""
    with ENTRANCES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {row.pop("time_zone"): LazyI18nString(row) for row in rows}
