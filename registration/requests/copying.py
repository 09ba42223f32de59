"""The terms of tickets, copied with their meeting to other days.  R-46 R-50 R-53"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import DateTimeField
from django.utils.translation import gettext as _

from dialogue.models import Meeting
from journal.actors import Actor
from registration.models import Holiday, Ticketing
from registration.requests import opening
from speakers.loading.shifting import later

DEADLINES = ("closes_at", "pass_closes_at")
# What belongs to the meeting itself, and to its own requests.
NOT_COPIED = {"id", "meeting", "last_turn"}


def copy(meeting: Meeting, made: Meeting, *, by_days: timedelta, by: Actor, at: datetime) -> None:
    """Open `made` to requests on the terms of `meeting`, that many days later, if that one is open to them. Journals.

    Deadlines that are our own are computed again, as they follow the working days.
    """
    terms = Ticketing.objects.filter(meeting=meeting).first()
    if terms is None:
        return
    fields = [field for field in Ticketing._meta.fields if field.name not in NOT_COPIED]
    kept = {field.name: getattr(terms, field.name) for field in fields}
    for name in [field.name for field in fields if isinstance(field, DateTimeField) and kept[field.name]]:
        kept[name] = later(kept[name], by_days, meeting.zone)
    ours = DEADLINES if terms.are_deadlines_ours else ()
    opening.open_ticketing(made, by=by, at=at, **{name: value for name, value in kept.items() if name not in ours})


def dates(made: Meeting) -> Iterator[tuple[str, datetime]]:
    """The moments of the tickets of `made`, if it has any."""
    if terms := Ticketing.objects.filter(meeting=made).first():
        yield _("Requests for tickets open"), terms.opens_at
        yield _("Requests without a grounds pass close"), terms.closes_at
        yield _("Requests with a grounds pass close"), terms.pass_closes_at


def days_off(first: date, last: date) -> dict[date, str]:
    """The holidays on record from `first` to `last`, with their names (one query).  R-52"""
    return dict(Holiday.objects.filter(on__gte=first, on__lte=last).values_list("on", "name"))
