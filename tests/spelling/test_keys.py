"""Texts that a reader cannot tell apart have one key.  R-71"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import spelling

SAME = [
    ("African Group", "AFRICAN  group"),
    ("African Group", "African\u00a0Group"),
    ("African Group", "\u2003African\u3000Group\t"),
    ("African Group", "Afri\u200bcan Group"),
    ("African Group", "\u202eAfrican Group\u202c"),
    ("African Group", "\ufeffAfrican\u00ad Group"),
    ("African Group", "African Group\u3164"),
    ("African Group", "Ａｆｒｉｃａｎ Ｇｒｏｕｐ"),
    ("African Group", "African Gro\ufe0fup"),
    ("Côte d'Ivoire", "Côte d’Ivoire"),
    ("Côte d'Ivoire", "Co\u0302te dʼIvoire"),
    ("Asia-Pacific", "Asia–Pacific"),
    ("Asia-Pacific", "Asia‑Pacific"),
    ("Straße", "STRASSE"),
    ("İstanbul", "i\u0307stanbul"),
    ("Ωmega", "ωMEGA"),
    ("مجموعة", "مجمو\u200cعة"),
    ("第77国集团", "第７７国集团"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_reads_alike_is_the_same(one, other):
    assert spelling.key(one) == spelling.key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Perú", "Peru"), ("Group A", "Group B"), ("Niger", "Nigeria"), ("国", "國"), ("АВС", "ABC")]
)
def test_what_reads_differently_differs(one, other):
    assert spelling.key(one) != spelling.key(other)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *[("turkiye", "Türkiye"), ("cote d’ivoire", "Côte d'Ivoire"), ("PERU", "Perú"), ("sao tome", "São Tomé")],
        *[("елка", "Ёлка"), ("oeuvre", "Œuvre"), ("Łódź", "lodz"), ("Øresund", "oresund"), ("٧٧", "７7")],
        *[("احمد", "أَحْمَد"), ("الاردن", "الأردن"), ("فاطمه", "فاطمة"), ("مصطفي", "مصطفى"), ("محمد", "مـحـمـد")],
        *[("بهاء", "بها"), ("ايسلندا", "آيسلندا"), ("رويا", "رؤيا"), ("中国", "中国")],
    ],
)
def test_searching_takes_plain_letters_of_every_script(typed, name):
    assert spelling.search_key(typed) in spelling.search_key(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane.Doe@Mission.Example", "jane.doe@mission.example"),
        (" jane@mission.example\u200b", "jane@mission.example"),
        ("jane@Môssion.example", "jane@xn--mssion-ixa.example"),
        ("jane@mo\u0302ssion.example", "jane@môssion.example"),
        ("jane＠mission.example", "jane@mission.example"),
    ],
)
def test_an_address_has_one_form(one, other):
    assert spelling.address(one) == spelling.address(other)


@pytest.mark.parametrize("text", ["", "no address", "a@", "@", "a@.example", "a@" + "x" * 80 + ".example"])
def test_a_text_that_is_no_address_keeps_its_key(text):
    assert spelling.address(text) == spelling.key(text)


@given(st.text())
def test_a_key_is_its_own_key(text):
    assert spelling.key(spelling.key(text)) == spelling.key(text)
    assert spelling.search_key(spelling.search_key(text)) == spelling.search_key(text)


@given(st.text(), st.sampled_from(["\u200b", "\u202e", "\u00ad", "\ufeff", "\u2066"]))
def test_an_invisible_character_makes_no_difference(text, mark):
    middle = len(text) // 2
    assert spelling.key(text[:middle] + mark + text[middle:]) == spelling.key(text)
