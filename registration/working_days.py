"""Working days of the United Nations: all days except Saturdays, Sundays and the holidays on record.  R-52 R-53

A working hour is an hour of such a day, and each day has twenty-four: 48 working hours are two working days, 72 are
three. This is how we read the practice of the office ("a sheet at least 48 hours before", skipping a Monday that is a
holiday); counted in office hours, 72 would be nine days.
"""

from datetime import date, datetime, time, timedelta, tzinfo

from registration.models import Holiday

SATURDAY = 5
HOURS_A_DAY = 24
FURTHEST = timedelta(days=60)


def holidays_between(first: date, last: date) -> set[date]:
    """The dates of the holidays on record from `first` to `last`, both included (one query)."""
    return set(Holiday.objects.filter(on__gte=first, on__lte=last).values_list("on", flat=True))


def days_before(date: date, number: int, closed: set[date] | None = None) -> date:
    """The `number`-th working day before `date`; for 1, the last working day before it.  R-52 R-53

    `closed` are the holidays of the sixty days before, fetched (one query) if not given.
    """
    closed = holidays_between(date - FURTHEST, date) if closed is None else closed
    while number:
        date -= timedelta(days=1)
        number -= is_working_day(date, closed)
    return date


def hours_before(at: datetime, hours: int, zone: tzinfo, closed: set[date]) -> datetime:
    """The moment `hours` working hours before the moment `at`, both aware; days are those of `zone`.  R-52

    `hours` is a multiple of 24; `closed` are the holidays that may lie between. If `at` itself falls on a day that is
    not a working day, the count starts at the midnight before it.
    """
    local = at.astimezone(zone)
    date = days_before(local.date(), hours // HOURS_A_DAY, closed)
    clock_time = local.time() if is_working_day(local.date(), closed) else time.min
    return datetime.combine(date, clock_time, tzinfo=zone)


def is_working_day(date: date, closed: set[date]) -> bool:
    """Is `date` a working day, given the holidays `closed`?"""
    return date.weekday() < SATURDAY and date not in closed
