"""Moments in words, always with the zone, and with the day where a meeting has several.  R-01 R-64

Where the day of a time of day is named is decided here alone: see `clock_in_words`.
"""

import re
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _

from languages.dates import shown

ZONES = {
    "America/New_York": gettext_lazy("New York time"),
    "Europe/Geneva": gettext_lazy("Geneva time"),
    "Europe/Zurich": gettext_lazy("Geneva time"),
    "Europe/Vienna": gettext_lazy("Vienna time"),
    "Africa/Nairobi": gettext_lazy("Nairobi time"),
    "UTC": gettext_lazy("UTC"),
}
MINUTE = timedelta(minutes=1)
# The year in a format of Django, with what sets it apart: “ Y”, “ \\d\\e Y”, “Y年”.
YEAR = re.compile(r"(?: \\d\\e)?[ ./-]Y|Y[ ./年-]")
# Django names the months and the days of the week; of these, our catalogues come before its own: in Arabic the
# organization prints both names of a month, in Russian and Spanish it writes them in small letters within a sentence.
_NAMES = [
    *(gettext_noop("January"), gettext_noop("February"), gettext_noop("March"), gettext_noop("April")),
    *(gettext_noop("May"), gettext_noop("June"), gettext_noop("July"), gettext_noop("August")),
    *(gettext_noop("September"), gettext_noop("October"), gettext_noop("November"), gettext_noop("December")),
    *(gettext_noop("Monday"), gettext_noop("Tuesday"), gettext_noop("Wednesday"), gettext_noop("Thursday")),
    *(gettext_noop("Friday"), gettext_noop("Saturday"), gettext_noop("Sunday")),
]
# Sittings by their number: the first, and how English ends the others.
SITTINGS = {1: gettext_lazy("1st sitting")}
SITTING = gettext_lazy("%(number)dth sitting")
SITTINGS_BY_LAST_DIGIT = {
    1: gettext_lazy("%(number)dst sitting"),
    2: gettext_lazy("%(number)dnd sitting"),
    3: gettext_lazy("%(number)drd sitting"),
}


def zone_in_words(name: str) -> str:
    """What the time zone `name` (IANA) is called in print, by its city if it has no name of its own here."""
    if name in ZONES:
        return str(ZONES[name])
    return _("%(city)s time") % {"city": name.rsplit("/", 1)[-1].replace("_", " ")}


def in_words(at: datetime, meeting: Any) -> str:
    """The moment `at` as “Thursday, 1 September 2016, 1:00 p.m. (New York time)”, in the meeting's zone.  R-01"""
    return _in_words(at, meeting.zone, zone_in_words(meeting.time_zone))


def in_utc_words(at: datetime) -> str:
    """The moment `at` as “Thursday, 1 September 2016, 5:00 p.m. (UTC)”.  R-01"""
    return _in_words(at, UTC, zone_in_words("UTC"))


def _in_words(at, zone, label):
    return _("%(weekday)s, %(date)s, %(time)s (%(zone)s)") % {
        "weekday": shown(at, zone, "l"),
        "date": shown(at, zone, "DATE_FORMAT"),
        "time": shown(at, zone, "TIME_FORMAT"),
        "zone": label,
    }


def date_in_words(at: datetime, meeting: Any) -> str:
    """The day of the moment `at` in the meeting's zone: “Tuesday, 6 September 2016”."""
    return _("%(weekday)s, %(date)s") % {
        "weekday": shown(at, meeting.zone, "l"),
        "date": shown(at, meeting.zone, "DATE_FORMAT"),
    }


def in_short(at: datetime, meeting: Any) -> str:
    """The moment `at` for a column of a table that names the zone: “31 Aug, 1:00 p.m.”  R-01

    The year stands there only if it is none of the meeting's.
    """
    local = timezone.localtime(at, meeting.zone).year
    years = {timezone.localtime(each, meeting.zone).year for each in (meeting.starts_at, meeting.ends_at)}
    style = formats.get_format("SHORT_DATETIME_FORMAT")
    return shown(at, meeting.zone, YEAR.sub("", style, count=1) if local in years else style)


def in_short_with_zone(at: datetime, meeting: Any) -> str:
    """The moment `at` for a column in which each row has its own zone: “31 Aug, 1:00 p.m. (New York time)”.  R-01"""
    facts = {"moment": in_short(at, meeting), "zone": zone_in_words(meeting.time_zone)}
    return _("%(moment)s (%(zone)s)") % facts


def day_in_words(at: datetime, meeting: Any) -> str:
    """The day of the moment `at` as it is named with a time of day: “Wednesday, 6 July”.  R-64

    The year is left out only where it is that of all days of a meeting of several.
    """
    years = {timezone.localtime(each, meeting.zone).year for each in (at, meeting.starts_at, meeting.ends_at)}
    if not meeting.has_several_days or len(years) > 1:
        return date_in_words(at, meeting)
    return _("%(weekday)s, %(date)s") % {
        "weekday": shown(at, meeting.zone, "l"),
        "date": shown(at, meeting.zone, "MONTH_DAY_FORMAT"),
    }


def days_in_words(meeting: Any) -> str:
    """The day of `meeting`, or its first and last: “Wednesday, 6 July – Thursday, 7 July 2016”.  R-64"""
    first, last = meeting.starts_at, meeting.ends_at
    if not meeting.has_several_days:
        return date_in_words(first, meeting)
    short, long = (day_in_words, date_in_words)
    first_in_words, last_in_words = (long, short) if _begins_with_the_year() else (short, long)
    return _("%(first)s – %(last)s") % {"first": first_in_words(first, meeting), "last": last_in_words(last, meeting)}


def _begins_with_the_year():
    """Does a date in the language of the reader begin with its year, which then is that of what follows?"""
    return formats.get_format("DATE_FORMAT").startswith("Y")


def by_day(things: Iterable[Any], meeting: Any) -> list[tuple[str, list[Any]]]:
    """The `things` with a `starts_at`, in their order, as pairs (day as a heading, things of that day).  R-64

    A thing without a time stays with the one before it. At a meeting of one day the heading is empty.
    """
    days: list[tuple[str, list[Any]]] = []
    for thing in things:
        is_dated = meeting.has_several_days and thing.starts_at
        day = date_in_words(thing.starts_at, meeting) if is_dated else ""
        if not days or (day and days[-1][0] not in ("", day)):
            days.append((day, []))
        heading, found = days[-1]
        days[-1] = (heading or day, [*found, thing])
    return days


def time_in_words(at: datetime, meeting: Any) -> str:
    """The time of day of the moment `at` in the meeting's zone, for where zone and day stand beside it: “10:00 a.m.”

    An hour that comes twice, when the clocks are put back, is told apart: “1:30 a.m. EDT”.
    """
    return shown(at, meeting.zone, "TIME_FORMAT")


def clock_in_words(at: datetime, meeting: Any, beside: datetime | None = None) -> str:
    """The time of day of the moment `at`, with its day where it needs one: “Wednesday, 6 July, 10:00 a.m.”  R-64

    The day is named if the meeting has several; after the moment `beside`, whose day is known, only if it is another.
    """
    return on_its_day(time_in_words(at, meeting), at, meeting, beside)


def on_its_day(words: str, at: datetime, meeting: Any, beside: datetime | None = None) -> str:
    """The `words`, which tell the time of day of the moment `at`, with the day before them where it is needed.  R-64"""
    is_needed = not _is_same_day(at, beside, meeting) if beside else meeting.has_several_days
    return _("%(day)s, %(words)s") % {"day": day_in_words(at, meeting), "words": words} if is_needed else words


def _is_same_day(first, second, meeting):
    return timezone.localtime(first, meeting.zone).date() == timezone.localtime(second, meeting.zone).date()


def hour_in_words(at: datetime, meeting: Any) -> str:
    """The whole hour `at` in the meeting's zone, short enough for the axis of a picture: “1 p.m.”"""
    style = formats.get_format("TIME_FORMAT")
    return shown(at, meeting.zone, style.replace(":i", "") if half_day_words() else style)


def seconds_in_words(at: datetime, meeting: Any) -> str:
    """The time of day of the moment `at` to the second, in the meeting's zone: “11:02:07 a.m.”"""
    return _to_the(":s", at, meeting)


def wall_clock(at: datetime, meeting: Any) -> str:
    """The time of day of the moment `at` as a clock on the wall shows it, in the meeting's zone: “11:02 a.m.”"""
    return _to_the("", at, meeting)


def range_in_words(first: datetime, last: datetime, meeting: Any) -> str:
    """The times of day of two moments in the meeting's zone: “3:25–4:05 p.m.”, “11:50 a.m.–12:10 p.m.”

    For two moments of one day, which is named beside them; otherwise see `span_in_words`.
    """
    return _range(first, last, meeting.zone, get_language())


@lru_cache(maxsize=4096)
def _range(first, last, zone, _language):
    """Format a range; kept in memory, as each entry of a list has one."""
    begin, end, half = shown(first, zone, "TIME_FORMAT"), shown(last, zone, "TIME_FORMAT"), shown(first, zone, "a")
    if begin.endswith(half) and end.endswith(half):
        begin = begin.removesuffix(half).rstrip()
    return _("%(begin)s–%(end)s") % {"begin": begin, "end": end}


def span_in_words(first: datetime, last: datetime, meeting: Any, beside: datetime | None = None) -> str:
    """From `first` to `last`, with the day where it needs one, and with both days across midnight.  R-64

    “Wednesday, 6 July, 3:25–4:05 p.m.”; `beside` is a moment whose day is known, as for `clock_in_words`.
    """
    if _is_same_day(first, last, meeting):
        return on_its_day(range_in_words(first, last, meeting), first, meeting, beside)
    words = _("%(day)s, %(words)s")
    both = [words % {"day": day_in_words(at, meeting), "words": time_in_words(at, meeting)} for at in (first, last)]
    return _("%(first)s – %(last)s") % dict(zip(("first", "last"), both, strict=True))


def hours_in_words(first: datetime, last: datetime, meeting: Any) -> str:
    """The hours of a sitting under its day: “10:00 a.m.–1:00 p.m.”; an end on another day has its own.  R-64"""
    begin, end = time_in_words(first, meeting), clock_in_words(last, meeting, first)
    words = _("%(begin)s–%(end)s") if _is_same_day(first, last, meeting) else _("%(begin)s – %(end)s")
    return words % {"begin": begin, "end": end}


def sitting_in_words(sitting: Any, sittings: Collection[Any], meeting: Any) -> str:
    """The `sitting` of `meeting`, one of its `sittings`, as it is named: “3rd sitting, Thursday morning”.  R-64

    The number is left out if there is one sitting, or two on one day that are told apart without it; the day, if the
    meeting has one. Where a weekday comes twice, the date stands beside it: “2nd sitting, Monday, 2 July, morning”. A
    sitting with a place of its own is named with it: “2nd sitting, Tuesday morning, Conference Room 4”.  R-62
    """
    days = [timezone.localtime(each.starts_at, meeting.zone).date() for each in sittings]
    facts = {
        "weekday": shown(sitting.starts_at, meeting.zone, "l"),
        "day": day_in_words(sitting.starts_at, meeting),
        "part": sitting.get_part_display(),
    }
    words = str(facts["part"])
    if meeting.has_several_days:
        is_one_of_several = len({day.weekday() for day in days}) < len(set(days))
        words = (_("%(day)s, %(part)s") if is_one_of_several else _("%(weekday)s %(part)s")) % facts
    words = _at_its_place(words, sitting)
    number = sitting_in_short(sitting, sittings, meeting)
    return _("%(number)s, %(words)s") % {"number": number, "words": words} if number else words


def part_in_words(sitting: Any) -> str:
    """The part of the day of a `sitting`, with its place if it has one of its own: “afternoon, Conference Room 4”."""
    return _at_its_place(sitting.get_part_display(), sitting)


def _at_its_place(words, sitting):
    place = str(sitting.place)
    return _("%(words)s, %(place)s") % {"words": words, "place": place} if place else str(words)


def sitting_in_short(sitting: Any, sittings: Collection[Any], meeting: Any) -> str:
    """The `sitting` by its number: “3rd sitting”; empty if sittings of the `meeting` have none, see above.  R-64"""
    if not _are_numbered(sittings, meeting):
        return ""
    together = [each for each in sittings if each.starts_at == sitting.starts_at]
    before = sum(each.starts_at < sitting.starts_at for each in sittings)
    number = 1 + before + (together.index(sitting) if sitting in together else 0)
    last = 4 if number % 100 in (11, 12, 13) else number % 10
    return str(SITTINGS.get(number) or SITTINGS_BY_LAST_DIGIT.get(last, SITTING)) % {"number": number}


def _are_numbered(sittings, meeting):
    """Are there more sittings than one, or than two on one day, or two on one day that have the same words?"""
    is_many = len(sittings) > (1 if meeting.has_several_days else 2)
    return is_many or len({part_in_words(each) for each in sittings}) < len(sittings)


def half_day_words() -> list[str]:
    """The words for before and after noon in the language of the reader; none where it counts 24 hours."""
    noon = datetime(2000, 1, 1, 12, tzinfo=UTC)
    is_counted_twice = "a" in formats.get_format("TIME_FORMAT")
    return [shown(noon - MINUTE, UTC, "a"), shown(noon, UTC, "a")] if is_counted_twice else []


def stamp_in_words(at: datetime, meeting: Any) -> str:
    """A stamp to the millisecond, as on receipts: “1 September 2016, 12:58:03.417 p.m. (New York time)”.  R-08"""
    return _("%(date)s, %(clock)s (%(zone)s)") % {
        "date": shown(at, meeting.zone, "DATE_FORMAT"),
        "clock": _to_the(f":s.{at.microsecond // 1000:03d}", at, meeting),
        "zone": zone_in_words(meeting.time_zone),
    }


def _to_the(precision, at, meeting):
    """The time of day of `at` as clocks show it in its language, with the `precision` after the minutes."""
    style = (formats.get_format("TIME_FORMAT") if half_day_words() else "H:i").replace("i", f"i{precision}")
    return formats.date_format(timezone.localtime(at, meeting.zone), style)
