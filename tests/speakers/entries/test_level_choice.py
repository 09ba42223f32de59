"""The levels of the form are cached for a second, each in all its languages; a submitted one is looked up again."""

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.utils import translation

from speakers.forms.levels import LevelField
from speakers.models import Level
from tests.factories import make_level

pytestmark = pytest.mark.django_db
KEPT = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "levels kept for tests"}


@pytest.fixture(autouse=True)
def keeping(settings):
    """The levels are cached as in production, and the cache starts empty."""
    settings.CACHES = settings.CACHES | {"facts": KEPT}
    caches["facts"].clear()


def codes(field):
    return [code for code, _label in field.choices]


def test_they_are_read_once_a_second_at_most_and_in_their_order(django_assert_num_queries):
    for code in ["PR", "HOS", "MIN"]:
        make_level(code)
    with django_assert_num_queries(1):
        assert codes(LevelField(empty_label="choose a level")) == ["", "HOS", "MIN", "PR"]
        assert codes(LevelField(empty_label=None)) == ["HOS", "MIN", "PR"]


def test_each_reader_sees_the_words_of_their_language():
    Level.objects.create(code="MIN", precedence_class=2, label={"en": "Minister", "fr": "Ministre"})
    seen = {}
    for language in ["en", "fr"]:
        with translation.override(language):
            seen[language] = dict(LevelField().choices)["MIN"]

    assert seen == {"en": "Minister", "fr": "Ministre"}


def test_after_a_second_a_new_one_is_there():
    make_level("PR")
    assert codes(LevelField(empty_label=None)) == ["PR"]
    make_level("HOS")
    caches["facts"].delete("levels")

    assert codes(LevelField(empty_label=None)) == ["HOS", "PR"]


def test_a_deleted_one_is_refused_although_the_form_still_offers_it():
    level, field = make_level("PR"), LevelField(empty_label=None)
    assert codes(field) == ["PR"]
    level.delete()

    with pytest.raises(ValidationError):
        field.clean("PR")
