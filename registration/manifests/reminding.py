"""Reminding the office of the manifest, 72 and 48 working hours before the meeting.  R-52

Security asks for one consolidated sheet at least 48 hours in advance; `working_days` defines a working hour.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from dialogue import moments
from dialogue.models import Meeting
from languages.wording import when_read
from registration import working_days
from registration.mail import notices
from registration.manifests.manifest import pending
from registration.models import Ticketing

# Working hours before the start of the meeting.
MARKS = [72, 48]
OFFICE = "Civil society officer"


def remind_of_manifests(*, at: datetime) -> int:
    """Post what is due at the moment `at` of the one clock; each reminder once, however often this runs.  R-52

    If two became due while nothing ran, only the later one is sent. Returns how many mails were posted.
    """
    posted = 0
    for ticketing in Ticketing.objects.select_related("meeting"):
        meeting = ticketing.meeting
        now = meeting.moment(at)
        if now < meeting.starts_at and (mark := mark_due(meeting, at=now)):
            posted += _remind(meeting, mark)
    return posted


def marks_of(meeting: Meeting, closed: set[Any] | None = None) -> dict[int, datetime]:
    """The aware moments at which the office is reminded: hours to moment, the earliest first (one query)."""
    if closed is None:
        closed = working_days.holidays_between(meeting.starts_on - working_days.FURTHEST, meeting.starts_on)
    return {hours: working_days.hours_before(meeting.starts_at, hours, meeting.zone, closed) for hours in MARKS}


def mark_due(meeting: Meeting, *, at: datetime, closed: set[Any] | None = None) -> int | None:
    """The nearest mark (72 or 48) that has passed by the meeting's moment `at`; None before the first."""
    return min((hours for hours, moment in marks_of(meeting, closed).items() if moment <= at), default=None)


def officers() -> list[str]:
    """The addresses of the officers of the office, ordered by name."""
    active = User.objects.filter(groups__name=OFFICE, is_active=True).exclude(email="")
    return list(active.order_by("username").values_list("email", flat=True))


def _remind(meeting, mark):
    """Post the reminder of `mark` unless it was posted: one mail to all officers, or to the office in the note."""
    with transaction.atomic():
        if notices.was_told_of_manifest(meeting, mark):
            return 0
        found = pending(meeting)
        due = when_read(moments.in_words, marks_of(meeting)[min(MARKS)], meeting)
        facts = {"added": len(found.added), "withdrawn": len(found.withdrawn), "due": due}
        return notices.remind_of_manifest(meeting, mark, to=officers(), **facts)
