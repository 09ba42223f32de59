"""Moments and days in a format of the language of the reader, and shares of a hundred."""

from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.translation import get_language, pgettext


def shown(at: datetime, zone: tzinfo, style: str) -> str:
    """The moment `at` in `zone`, in a format of Django such as “DATE_FORMAT” or “l”, in the language of the reader."""
    return _shown(at, zone, style, get_language())


@lru_cache(maxsize=4096)
def _shown(at, zone, style, _language):
    """Format a moment; kept in memory, because the same few are on every page and were a sixth of its cost."""
    local = timezone.localtime(at, zone)
    words = formatted(local, style)
    return f"{words} {local:%Z}" if style == "TIME_FORMAT" and _comes_twice(local) else words


def formatted(day: date | datetime, style: str) -> str:
    """The `day`, a date or a moment in the zone it is shown in, in a format of Django: “1er septembre 2016”."""
    return formats.date_format(day, _of_the_first(formats.get_format(style)) if day.day == 1 else style)


def _of_the_first(pattern):
    """The `pattern` of Django for the first day of a month, which some languages write otherwise: “1er”."""
    return pattern.replace("j", "".join(f"\\{letter}" for letter in pgettext("first day of a month", "1")))


def _comes_twice(local):
    """Is `local` a time of day that its clocks show twice, because they are put back?"""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def in_utc(at: datetime) -> str:
    """The moment `at` in UTC, for what belongs to no meeting's zone: “6 September 2016, 1:00 p.m.”"""
    return shown(at, UTC, "DATETIME_FORMAT")


def percent(number: int) -> str:
    """The `number` of a hundred, as the language of the reader writes it: “52%”, “52 %”."""
    return pgettext("share of a hundred", "%(number)d%%") % {"number": number}
