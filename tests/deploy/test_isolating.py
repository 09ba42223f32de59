"""What is typed keeps its direction in the sentences of a language that is written from right to left."""

import pytest
from babel.messages.catalog import Message
from django.utils import translation
from django.utils.translation import gettext

from deploy.messages.isolating import isolate
from spelling.listing import listed

A, Z = "\u2068", "\u2069"
SENTENCES = [
    ("من %(name)s إلى %(other)s", f"من {A}%(name)s{Z} إلى {A}%(other)s{Z}"),
    ("%(count)d في %(hours)s و%(number)s", "%(count)d في %(hours)s و%(number)s"),
    ('<a href="mailto:%(email)s">إلى %(email)s</a>', f'<a href="mailto:%(email)s">إلى {A}%(email)s{Z}</a>'),
    ("%(name)s", "%(name)s"),
    ("نقل %%(entry)s", f"نقل {A}%%(entry)s{Z}"),
]


@pytest.mark.parametrize(("said", "isolated"), SENTENCES)
def test_what_is_typed_is_isolated_outside_of_tags_and_numbers_are_not(said, isolated):
    message = Message("English", said)

    isolate(message, "ar")

    assert message.string == isolated


def test_each_plural_form_is_isolated():
    message = Message(("One of %(name)s", "Some of %(name)s"), ("واحد %(name)s", "%(name)s عدة"))

    isolate(message, "ar")

    assert message.string == (f"واحد {A}%(name)s{Z}", f"{A}%(name)s{Z} عدة")


def test_a_language_from_left_to_right_stays_as_it_is():
    message = Message("From %(name)s", "De %(name)s")

    isolate(message, "fr")

    assert message.string == "De %(name)s"


def test_the_arabic_of_the_site_isolates_a_name_and_each_of_a_row():
    with translation.override("ar"):
        row, said = listed(["Zoë (2)", "Ann", "Bob"]), gettext("joined by %(joined)s") % {"joined": "Ann (2)"}

    assert [f"{A}{name}{Z}" in row for name in ("Zoë (2)", "Ann", "Bob")] == [True] * 3
    assert f"{A}Ann (2){Z}" in said
