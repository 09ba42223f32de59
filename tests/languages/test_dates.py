"""Days, shares of a hundred and names are written as each language writes them."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from dialogue import moments
from dialogue.models import Meeting
from languages import dates
from spelling import listing

NO_BREAK, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "52%"), ("fr", f"52{NO_BREAK}%"), ("ru", f"52{NO_BREAK}%"), ("ar", "52%")]
)
def test_a_share_of_a_hundred_has_the_space_of_its_language(language, words):
    with override(language):
        assert dates.percent(52) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "1er septembre 2016"), ("es", "1 de septiembre de 2016"), ("en", "1 September 2016")],
)
def test_the_first_of_a_month_is_written_as_in_its_language_with_and_without_a_time(language, words):
    with override(language):
        assert dates.formatted(date(2016, 9, 1), "DATE_FORMAT") == words
        assert dates.in_utc(datetime(2016, 9, 1, 13, 0, tzinfo=UTC)).startswith(words)


@pytest.mark.parametrize(
    ("language", "named", "parts"),
    [
        ("en", "Rwanda: 3", "a; b"),
        ("fr", f"Rwanda{NO_BREAK}: 3", f"a{NARROW}; b"),
        ("zh-hans", "Rwanda：3", "a；b"),
        ("ar", "\u2068Rwanda\u2069: \u20683\u2069", "a؛ b"),
    ],
)
def test_names_and_parts_are_joined_as_in_the_language_of_the_reader(language, named, parts):
    with override(language):
        assert listing.named("Rwanda", 3) == named
        assert listing.named("Rwanda", "") == "Rwanda"
        assert listing.in_parts(["a", "b"]) == parts


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Wednesday, 6 July – Thursday, 7 July 2016"), ("zh-hans", "2016年7月6日星期三至7月7日星期四")],
)
def test_the_year_of_several_days_stands_where_the_language_has_it(language, words):
    first, last = datetime(2016, 7, 6, 14, tzinfo=UTC), datetime(2016, 7, 7, 14, tzinfo=UTC)
    meeting = Meeting(starts_at=first, ends_at=last)
    with override(language):
        found = moments.days_in_words(meeting)
    assert found.replace(" – ", "至") == words.replace(" – ", "至")


@pytest.mark.parametrize(("language", "words"), [("fr", "sep"), ("es", "sep"), ("ru", "сен")])
def test_the_months_of_pictures_are_in_small_letters(language, words):
    with override(language):
        day = dates.formatted(date(2016, 9, 6), "DAY_OF_PICTURE_FORMAT")
    assert words in day
