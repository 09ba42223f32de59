"""Texts as all doors take them.  R-01"""

import pytest
from django.core.exceptions import ValidationError
from i18nfield.strings import LazyI18nString

from dialogue import typed
from dialogue.models import Meeting

TITLE = Meeting._meta.get_field("title")


def test_a_line_is_one_line():
    assert typed.line("  A title ") == "A title"
    with pytest.raises(ValidationError, match="on one line"):
        typed.line("a\nb")


def test_a_text_in_many_languages_that_must_be_given_is_given():
    assert typed.as_stored(TITLE, LazyI18nString({"en": "Dialogue", "fr": " "})).data == {"en": "Dialogue"}
    with pytest.raises(ValidationError, match="This text is empty"):
        typed.as_stored(TITLE, LazyI18nString({"en": " ", "fr": ""}))
