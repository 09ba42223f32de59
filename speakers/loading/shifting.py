"""Moving a meeting's file to another day: all wall-clock times by the same whole days, and the dates in its texts."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import formats, translation

from languages import dates


def to_start_on(facts: dict[str, Any], date: date) -> dict[str, Any]:
    """The shaped `facts` with all times moved so that the first sitting is on `date`, its hours as they were.

    The order of the days is kept, and so are the weekdays if the move is by whole weeks. Times of day stay even if
    the clocks change between the old days and the new. Raises `OverflowError` beyond the calendar.
    """
    return moved(facts, timedelta(days=(date - first_start(facts).date()).days))


def first_start(facts: dict[str, Any]) -> datetime:
    """When the first sitting starts, by clocks in the meeting's zone; or the meeting, if it has none."""
    return min((sitting["starts_at"] for sitting in facts["sittings"]), default=facts["meeting"]["starts_at"])


def moved(facts: dict[str, Any], by: timedelta) -> dict[str, Any]:
    """The shaped `facts` with all times moved by the whole days `by`; see `to_start_on`."""
    return _moved(facts, by, sorted(_days(facts)))


def _days(value):
    """The days of all dates and wall-clock times in `value`."""
    if isinstance(value, date):
        return {value.date() if isinstance(value, datetime) else value}
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return set().union(*(_days(item) for item in items))


def _moved(value, by, days, language=None):
    if isinstance(value, date):
        return value + by
    if isinstance(value, list):
        return [_moved(item, by, days) for item in value]
    if isinstance(value, dict):
        return {key: _moved(item, by, days, key) for key, item in value.items()}
    return _retold(value, by, days, language) if isinstance(value, str) else value


def _retold(text, by, days, language):
    """A text of the file in which each written date of the meeting becomes the date it moved to."""
    if not translation.check_for_language(language or ""):
        return text
    with translation.override(language):
        for_days = {re.escape(words): day for day in days for words in (_date(day), _plain(day))}
        weekdays = "|".join(re.escape(formats.date_format(days[0] + timedelta(n), "l")) for n in range(7))
        before, behind = rf"(?:(?P<before>{weekdays})(?P<comma>[,،]? ))?", rf"(?P<behind>{weekdays})?"
        pattern = re.compile(rf"{before}(?<!\d)(?P<date>{'|'.join(for_days)})(?!\d){behind}")
        return pattern.sub(lambda found: _new_words(found, by, for_days), text)


def _new_words(found, by, for_days):
    day = for_days[re.escape(found["date"])] + by
    weekday = formats.date_format(day, "l")
    before = weekday + found["comma"] if found["before"] else ""
    return before + _date(day) + (weekday if found["behind"] else "")


def _date(day):
    return dates.formatted(day, "DATE_FORMAT")


def _plain(day):
    """The date as people type it where the first of a month is written otherwise: “1 septembre 2016”."""
    return formats.date_format(day, "DATE_FORMAT")


def later(at: datetime, by: timedelta, zone: ZoneInfo) -> datetime:
    """The moment `at` moved by the whole days `by`, at the same time of day in `zone`."""
    return (at.astimezone(zone).replace(tzinfo=None) + by).replace(tzinfo=zone).astimezone(UTC)
