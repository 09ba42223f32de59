"""Texts with more marks than any letter has: composed in a time that grows with the text alone.  R-71"""

import unicodedata

import pytest
from django.conf import settings

from spelling import composing, pasting, typed
from spelling.keys import search_key

MANY = "a" + "\u0301\u0323" * 200


@pytest.mark.parametrize("form", ["NFC", "NFKC", "NFKD"])
def test_a_letter_keeps_thirty_marks(form):
    kept = unicodedata.normalize("NFD", composing.composed(MANY + "b" + MANY, form))

    assert [kept.count(mark) for mark in ("a", "b", "\u0301", "\u0323")] == [2, 1, 30, 30]


@pytest.mark.parametrize("text", ["é" * 40, "Ệ" * 40, "நிலை" * 20, "ﷺ" * 40, "שָׁלוֹם" * 20, "", "\u0301" * 30])
def test_what_languages_write_is_composed_whole(text):
    for form in ("NFC", "NFKC", "NFKD"):
        assert composing.composed(text, form) == unicodedata.normalize(form, text)


@pytest.mark.parametrize("read", [typed.normal, pasting.code, pasting.address, search_key])
def test_no_text_that_is_read_is_sorted_with_more_marks(monkeypatch, read):
    longest = []

    class Watched:
        def __getattr__(self, name):
            return getattr(unicodedata, name)

        def normalize(self, form, text):
            marks = "".join("m" if unicodedata.combining(letter) else " " for letter in text)
            longest.append(max(map(len, marks.split()), default=0))
            return unicodedata.normalize(form, text)

    monkeypatch.setattr(composing, "unicodedata", Watched())
    read(MANY)

    assert 0 < max(longest) <= composing.MOST_MARKS


def test_no_module_composes_texts_in_another_way():
    folders = [path for path in settings.BASE_DIR.iterdir() if (path / "__init__.py").exists() and path.name != "tests"]
    modules = [path for folder in folders for path in folder.rglob("*.py")]

    assert [path.name for path in modules if "normalize(" in path.read_text()] == ["composing.py"]
