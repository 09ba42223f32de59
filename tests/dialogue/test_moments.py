"""Moments in words: the clock of the reader's language, everywhere the same.  R-01"""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from dialogue import moments
from languages import lengths

MEETING = SimpleNamespace(zone=ZoneInfo("America/New_York"), time_zone="America/New_York")
AFTERNOON = datetime(2016, 9, 1, 16, 58, 3, 417_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((19, 25), (20, 5), "3:25–4:05 p.m."),
        ((15, 50), (16, 10), "11:50 a.m.–12:10 p.m."),
        ((3, 50), (4, 10), "11:50 p.m.–12:10 a.m."),
    ],
)
def test_a_range_names_the_half_of_the_day_once_unless_it_crosses_it(first, last, words):
    begin, end = (datetime(2016, 9, 6, *each, tzinfo=UTC) for each in (first, last))

    assert moments.range_in_words(begin, end, MEETING) == words


def test_stamps_and_seconds_are_written_on_the_clock_of_all_other_times():
    assert moments.time_in_words(AFTERNOON, MEETING) == "12:58 p.m."
    assert moments.hour_in_words(AFTERNOON, MEETING) == "12 p.m."
    assert moments.seconds_in_words(AFTERNOON, MEETING) == "12:58:03 p.m."
    assert moments.stamp_in_words(AFTERNOON, MEETING) == "1 September 2016, 12:58:03.417 p.m. (New York time)"


def test_a_language_of_24_hours_has_no_words_for_the_halves_of_the_day():
    later = AFTERNOON.replace(hour=17)

    assert moments.half_day_words() == ["a.m.", "p.m."]
    with translation.override("es"):
        assert moments.half_day_words() == []
        assert moments.range_in_words(AFTERNOON, later, MEETING) == "12:58–13:58"
        assert moments.seconds_in_words(later, MEETING) == "13:58:03"


@pytest.mark.parametrize(
    ("language", "date", "short", "time", "clock", "hours"),
    [
        ("ar", "6 أيلول/سبتمبر 2016", "6 أيلول/سبتمبر، 15:40", "15:40", "15:40:07", "15:40–16:05"),
        ("zh-hans", "2016年9月6日", "9月6日 15:40", "15:40", "15:40:07", "15:40–16:05"),
        ("fr", "6 septembre 2016", "6 septembre, 15 h 40", "15 h 40", "15:40:07", "15 h 40–16 h 05"),
        ("ru", "6 сентября 2016 года", "6 сентября, 15:40", "15:40", "15:40:07", "15:40–16:05"),
        ("es", "6 de septiembre de 2016", "6 de septiembre, 15:40", "15:40", "15:40:07", "15:40–16:05"),
    ],
)
def test_each_language_writes_days_and_times_as_the_organization_prints_them(language, date, short, time, clock, hours):
    at = datetime(2016, 9, 6, 19, 40, 7, tzinfo=UTC)
    meeting = SimpleNamespace(**vars(MEETING), starts_at=at, ends_at=at)

    with translation.override(language):
        found = [
            moments.shown(at, MEETING.zone, "DATE_FORMAT"),
            moments.in_short(at, meeting),
            moments.time_in_words(at, MEETING),
            moments.seconds_in_words(at, MEETING),
            moments.range_in_words(at, at + timedelta(minutes=25), MEETING),
        ]

    assert [words.replace("\N{NO-BREAK SPACE}", " ") for words in found] == [date, short, time, clock, hours]


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (180, "three minutes"),
        (60, "one minute"),
        (600, "10 minutes"),
        (150, "two minutes and 30 seconds"),
        (90, "one minute and 30 seconds"),
        (45, "45 seconds"),
        (0, "0 seconds"),
    ],
)
def test_a_length_is_written_as_a_sentence_has_it(length, words):
    assert lengths.length_in_words(timedelta(seconds=length)) == words
