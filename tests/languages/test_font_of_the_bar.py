"""The language bar brings the characters of its Chinese name, and no more."""

from fontTools.ttLib import TTFont

from tests.languages.font_of_the_bar import CHARACTERS, FILE, LICENCE, PACKAGE, ROOT

SMALL = 5_000


def test_the_font_has_the_characters_of_the_name_and_no_other():
    with TTFont(FILE) as font:
        assert set(font.getBestCmap()) == {ord(each) for each in CHARACTERS}


def test_the_font_is_small_enough_for_every_page():
    assert FILE.stat().st_size < SMALL


def test_its_licence_stands_beside_it_and_in_the_notice():
    assert LICENCE.read_bytes() == (PACKAGE / "LICENSE").read_bytes()
    assert str(FILE.relative_to(ROOT)) in (ROOT / "NOTICE").read_text()
