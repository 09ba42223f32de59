"""Alphabetical lists are so in the language of the reader."""

import csv

import pytest
from django.utils import translation

from languages.collation import in_order, sort_key
from speakers.delegations.loading import DATA, LANGUAGES
from tests import node

BY_ICU = "console.log(JSON.stringify(given.names.sort(new Intl.Collator(given.language).compare)))"


def names_in(column):
    with (DATA / "delegations.csv").open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]


def by_icu(names, language):
    return node.run(BY_ICU, {"names": names, "language": language})


@pytest.mark.parametrize("column", ["zh", "en", "fr", "ru", "es"])
def test_all_delegations_stand_as_icu_sorts_them(column):
    names = names_in(column)

    assert in_order(reversed(names), language=LANGUAGES[column]) == by_icu(names, column)


def test_in_arabic_they_stand_as_icu_sorts_them_without_article_and_hamza():
    def as_filed(name):
        return name.removeprefix("ال").translate(str.maketrans("أإآؤئ", "اااوي"))

    names = in_order(names_in("ar"), language="ar")

    assert [as_filed(name) for name in names] == by_icu([as_filed(name) for name in names], "ar")
    assert names.index("الأردن") < names.index("إيطاليا") < names.index("باكستان") < names.index("البحرين")


@pytest.mark.parametrize("column", ["zh", "en", "fr", "ru", "es"])
def test_the_order_of_code_points_is_another_one(column):
    names = names_in(column)

    assert sorted(names) != by_icu(names, column)


ORDERS = [
    ("fr", ["cote", "coté", "Côte d'Ivoire", "Côte d’Or", "Œuvre", "oeuvres", "Zambie"]),
    ("es", ["Nube", "Ñandú", "Oso"]),
    ("en", ["nandu", "Ñandu", "nub"]),
    ("ru", ["Елка", "Ёлка", "Ельцин", "Жук", "Zoo", "中"]),
    ("ru", ["Иран", "Йемен", "Кипр"]),
    ("zh-hans", ["阿富汗", "斐济", "瑙鲁", "重庆", "Andorra"]),
    ("ar", ["أحمد", "أَحْمَد", "احمدي", "مـحمد", "محمود", "Ahmad"]),
    ("en", ["", "9th Group", "Group", "group 77", "Group of", "Group-of"]),
]


@pytest.mark.parametrize(("language", "names"), ORDERS)
def test_names_stand_as_in_a_dictionary(language, names):
    assert in_order(reversed(names), language=language) == names


def test_the_language_is_that_of_the_reader_and_the_key_what_is_asked_for():
    words = [{"name": "Ñandú"}, {"name": "Nube"}]

    with translation.override("es"):
        assert in_order(words, key=lambda each: each["name"]) == words[::-1]
    with translation.override("en"):
        assert in_order(words, key=lambda each: each["name"]) == words
    assert sort_key("Zürich", "en") == sort_key(" Zu\u0308rich ", "en")
