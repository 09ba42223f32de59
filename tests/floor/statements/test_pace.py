"""How long a text takes to read aloud, in each language; it warns and never blocks."""

from datetime import timedelta

import pytest

from floor.models import Statement
from floor.statements import pace, texts
from speakers.models import Inscription

THREE_MINUTES = timedelta(minutes=3)


def test_330_english_words_take_three_minutes():
    assert pace.time_for(330, "en") == THREE_MINUTES


def test_every_language_of_delivery_has_its_pace():
    assert set(pace.paces()) == set(Inscription.Language.values)


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Mr. President, the well-known A/RES/60/1 isn’t new.", "en", 10),
        ("主席先生，我们支持保护责任。", "zh", 12),
        ("联合国 R2P 2016", "zh", 7),
        ("السيد الرئيس", "ar", 2),
        ("Г-н Председатель", "ru", 2),
        ("", "en", 0),
    ],
)
def test_words_are_counted_and_in_chinese_characters(text, language, count):
    assert pace.length(text, language) == count


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(250, "about 4 min 10 s"), (247, "about 4 min 10 s"), (180, "about 3 min"), (42, "about 40 s")],
)
def test_a_time_is_rounded_to_ten_seconds(seconds, words):
    assert pace.in_words(timedelta(seconds=seconds)) == words


def test_a_text_over_the_limit_gets_a_warning():
    assert pace.verdict(458, "en", THREE_MINUTES) == (
        "458 words: about 4 min 10 s at an interpreter’s pace; the limit is 3 min.",
        True,
    )
    assert pace.verdict(330, "en", THREE_MINUTES)[1] is False
    assert "characters" in pace.verdict(500, "zh", THREE_MINUTES)[0]


@pytest.mark.parametrize(("language", "unit"), [("en", "words"), ("zh", "characters")])
def test_a_length_without_a_limit_is_told_in_its_own_unit(language, unit):
    assert pace.without_limit(300, language).startswith(f"300 {unit}: ")


def test_a_text_that_could_not_be_counted_says_so():
    assert texts.how_long(Statement(count=None, language="en")) == "Its words could not be counted."
    assert texts.how_long(Statement(count=300, language="en")).startswith("300 words: ")
