"""Opening a meeting to requests for tickets, with default deadlines if its invitation gives none.  R-53

The rule follows the practice of the office in July 2016: without a grounds pass until 17:00 on the second working day
before the meeting, because security needs a sheet 48 hours ahead (R-51); with a grounds pass until one hour before.
"""

import csv
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from i18nfield.strings import LazyI18nString

from acts.locking import locked
from dialogue.models import Meeting
from journal import recording
from journal.actors import Actor
from registration import working_days
from registration.models import Ticketing

WORKING_DAYS_BEFORE = 2
LAST_HOUR = time(17, 0)
BEFORE_THE_MEETING = timedelta(hours=1)
HANDED_OVER_BEFORE = timedelta(hours=2)
ENTRANCES = settings.BASE_DIR / "registration/data/entrances.csv"


def default_deadlines(meeting: Meeting) -> tuple[datetime, datetime]:
    """The aware deadlines (without a grounds pass, with one) that follow from the start of `meeting`.  R-53"""
    last_day = working_days.days_before(meeting.starts_on, WORKING_DAYS_BEFORE)
    without = datetime.combine(last_day, LAST_HOUR, tzinfo=meeting.zone)
    return without, meeting.starts_at - BEFORE_THE_MEETING


def hand_over(meeting: Meeting) -> dict[str, Any]:
    """Where and when the tickets of `meeting` are handed over, unless staff say otherwise.  R-51

    The default is the visitors' entrance on record for its time zone, from two hours before the start until the end.
    """
    place = _entrances().get(meeting.time_zone, "")
    start = meeting.starts_at - HANDED_OVER_BEFORE
    return {"hand_over_place": place, "hand_over_from": start, "hand_over_until": meeting.ends_at}


def open_ticketing(meeting: Meeting, *, by: Actor, at: datetime, **terms: Any) -> Ticketing:
    """Give `meeting` terms of tickets unless it has some; `terms` override the defaults. Returns the terms.

    Requests open together with the inscription. The deadlines are marked as ours unless given. `at` is the meeting's
    moment. Journals.
    """
    with locked(meeting) as meeting:
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


def _opening(meeting, closes_at):
    """When requests open: with the inscription, but at least a week before the deadline."""
    return min(meeting.speakers_list.opens_at, closes_at - timedelta(days=7))


@cache
def _entrances():
    """Time zone → the visitors' entrance, in the six languages."""
    with ENTRANCES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {row.pop("time_zone"): LazyI18nString(row) for row in rows}
