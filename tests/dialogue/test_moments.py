"""Moments in words: the clock of the reader's language, everywhere the same.  R-01"""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from dialogue import moments

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
    with translation.override("fr"):
        assert moments.half_day_words() == []
        assert moments.range_in_words(AFTERNOON, later, MEETING) == "12:58–13:58"
        assert moments.seconds_in_words(later, MEETING) == "13:58:03"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (180, "three minutes"),
        (60, "one minute"),
        (600, "10 minutes"),
        (150, "two minutes and 30 seconds"),
        (90, "one minute and 30 seconds"),
        (45, "45 seconds"),
    ],
)
def test_a_length_is_written_as_a_sentence_has_it(length, words):
    assert moments.length_in_words(timedelta(seconds=length)) == words
