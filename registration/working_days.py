"""Working days of the United Nations: neither Saturdays, nor Sundays, nor the holidays on record.  R-52 R-53

A working hour is an hour of such a day, and each has twenty-four: 48 working hours are two working days, 72 three. So
the practice of the office is read ("a sheet at least 48 hours before", with a Monday that is a holiday skipped); hours
of an office day would make them nine days.
"""

from datetime import datetime, time, timedelta

from registration.models import Holiday

SATURDAY = 5
HOURS_A_DAY = 24
FURTHEST = timedelta(days=60)


def holidays_between(first, last):
    """The dates of the holidays on record from `first` to `last`, both included (1 statement)."""
    return set(Holiday.objects.filter(on__gte=first, on__lte=last).values_list("on", flat=True))


def days_before(date, number, closed=None):
    """The `number`-th working day before `date`: for 1, the last one on which offices work before it.  R-52 R-53

    `closed` are the holidays of the sixty days before, fetched (1 statement) where not given.
    """
    closed = holidays_between(date - FURTHEST, date) if closed is None else closed
    while number:
        date -= timedelta(days=1)
        number -= is_working_day(date, closed)
    return date


def hours_before(at, hours, zone, closed):
    """The moment that lies `hours` working hours before the moment `at`, both aware; days are those of `zone`.  R-52

    `hours` are whole days, 24 hours each; `closed` are the holidays that may lie between. Counted from the midnight
    before where `at` itself falls on a day that is no working day.
    """
    local = at.astimezone(zone)
    date = days_before(local.date(), hours // HOURS_A_DAY, closed)
    clock_time = local.time() if is_working_day(local.date(), closed) else time.min
    return datetime.combine(date, clock_time, tzinfo=zone)


def is_working_day(date, closed):
    """Do offices work on `date`, with the holidays `closed`?"""
    return date.weekday() < SATURDAY and date not in closed
