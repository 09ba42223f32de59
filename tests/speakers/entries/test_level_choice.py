"""The form offers the levels of its list: those of the moment when it opened, in the reader's language.  R-61"""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from i18nfield.strings import LazyI18nString

from speakers.entries import opening
from speakers.forms.choices import OneOf
from speakers.models import Level
from tests.factories import OPEN, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return make_meeting()


def opened(meeting):
    """The list of `meeting` after its terms were fixed."""
    opening.fix_terms_due(at=OPEN)
    meeting.speakers_list.refresh_from_db()
    return meeting.speakers_list


def codes_of(speakers_list):
    return [level.code for level in Level.of_list(speakers_list)]


def field_of(speakers_list):
    field = OneOf()
    field.offer(Level.of_list(speakers_list), none="choose a level")
    return field


def test_before_the_opening_they_are_those_of_the_moment_and_afterwards_those_of_the_opening(meeting):
    Level.objects.filter(code="HOS").delete()
    assert "HOS" not in codes_of(meeting.speakers_list)
    fixed = codes_of(opened(meeting))

    Level.objects.filter(code="VP").delete()
    Level.objects.create(code="NEW", precedence_class=1, label={"en": "New"})

    assert codes_of(meeting.speakers_list) == fixed
    assert fixed[0] == "VP"


def test_an_open_list_offers_them_without_a_statement(meeting, django_assert_num_queries):
    speakers_list = opened(meeting)

    with django_assert_num_queries(0):
        assert field_of(speakers_list).clean("PR").code == "PR"


def test_each_reader_sees_the_words_of_their_language(meeting):
    Level.objects.filter(code="MIN").update(label=LazyI18nString({"en": "Minister", "fr": "Ministre"}))
    field = field_of(opened(meeting))

    seen = {}
    for language in ["en", "fr"]:
        with translation.override(language):
            seen[language] = str(dict(field.choices)["MIN"])

    assert seen == {"en": "Minister", "fr": "Ministre"}


@pytest.mark.parametrize("typed", ["NEW", "pr", "'", "\x00"])
def test_what_is_not_on_offer_is_refused(meeting, typed):
    speakers_list = opened(meeting)
    Level.objects.create(code="NEW", precedence_class=1, label={"en": "New"})

    with pytest.raises(ValidationError):
        field_of(speakers_list).clean(typed)
