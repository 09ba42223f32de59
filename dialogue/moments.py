"""Moments in words, always with the weekday and the zone.  R-01"""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

ZONES = {
    "America/New_York": gettext_lazy("New York time"),
    "Europe/Geneva": gettext_lazy("Geneva time"),
    "Europe/Zurich": gettext_lazy("Geneva time"),
    "Europe/Vienna": gettext_lazy("Vienna time"),
    "Africa/Nairobi": gettext_lazy("Nairobi time"),
    "UTC": gettext_lazy("UTC"),
}
MINUTE = timedelta(minutes=1)


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


def shown(at: datetime, zone: tzinfo | ZoneInfo, style: str) -> str:
    """The moment `at` in `zone`, in a format of Django such as “DATE_FORMAT” or “l”, in the language of the reader."""
    return _shown(at, zone, style, get_language())


@lru_cache(maxsize=4096)
def _shown(at, zone, style, _language):
    """Format a moment; kept in memory, because the same few are on every page and were a sixth of its cost."""
    return formats.date_format(timezone.localtime(at, zone), style)


def date_in_words(at: datetime, meeting: Any) -> str:
    """The day of the moment `at` in the meeting's zone: “Tuesday, 6 September 2016”."""
    return _("%(weekday)s, %(date)s") % {
        "weekday": shown(at, meeting.zone, "l"),
        "date": shown(at, meeting.zone, "DATE_FORMAT"),
    }


def time_in_words(at: datetime, meeting: Any) -> str:
    """The time of day of the moment `at` in the meeting's zone, for where the zone stands beside it: “10:00 a.m.”"""
    return shown(at, meeting.zone, "TIME_FORMAT")


def hour_in_words(at: datetime, meeting: Any) -> str:
    """The whole hour `at` in the meeting's zone, short enough for the axis of a picture: “1 p.m.”"""
    style = formats.get_format("TIME_FORMAT")
    return shown(at, meeting.zone, style.replace(":i", "") if half_day_words() else style)


def seconds_in_words(at: datetime, meeting: Any) -> str:
    """The time of day of the moment `at` to the second, in the meeting's zone: “11:02:07 a.m.”"""
    return _to_the(":s", at, meeting)


def range_in_words(first: datetime, last: datetime, meeting: Any) -> str:
    """The times of day of two moments in the meeting's zone: “3:25–4:05 p.m.”, “11:50 a.m.–12:10 p.m.”"""
    return _range(first, last, meeting.zone, get_language())


@lru_cache(maxsize=4096)
def _range(first, last, zone, _language):
    """Format a range; kept in memory, as each entry of a list has one."""
    begin, end, half = shown(first, zone, "TIME_FORMAT"), shown(last, zone, "TIME_FORMAT"), shown(first, zone, "a")
    if begin.endswith(half) and end.endswith(half):
        begin = begin.removesuffix(half).rstrip()
    return f"{begin}–{end}"


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
    """The time of day of `at` as its language writes it, with the `precision` after the minutes."""
    style = formats.get_format("TIME_FORMAT").replace("i", f"i{precision}")
    return formats.date_format(timezone.localtime(at, meeting.zone), style)


def left_in_words(left: timedelta) -> str:
    """The time `left` (a `timedelta`) in its two largest units: “9 days and 3 hours”. Never rounded up."""
    if left < MINUTE:
        return _("less than a minute")
    hours, minutes = divmod(left // MINUTE, 60)
    days, hours = divmod(hours, 24)
    words = [
        ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days else "",
        ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours} if hours else "",
        ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes} if minutes and not days else "",
    ]
    return get_text_list([word for word in words if word], _("and"))
