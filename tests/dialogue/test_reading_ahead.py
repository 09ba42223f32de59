"""What an act needs of a meeting is read before the row is locked, and kept for at most a second."""

import time
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.core.cache.backends import locmem

from dialogue import freshness, reading_ahead
from dialogue.models import Contact, MailText, Meeting
from tests.factories import make_meeting

pytestmark = pytest.mark.django_db
KEPT = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "facts kept for tests"}


@pytest.fixture
def keeping(settings):
    """Facts are kept as in production, and the cache begins empty."""
    settings.CACHES = settings.CACHES | {"facts": KEPT}
    caches["facts"].clear()


@pytest.fixture
def meeting(db):
    made = make_meeting()
    MailText.objects.create(meeting=made, kind="speakers.acknowledgement", subject="Inscribed", body="{place}")
    return made


def all_matters(meeting):
    """Everything that is read ahead, as an act uses it."""
    matters = [meeting.slots.all(), meeting.contacts.all(), meeting.own_mail_texts.values()]
    return [list(each) for each in matters]


def names_of_contacts(meeting):
    reading_ahead.take_over(meeting, reading_ahead.ahead_of(meeting))
    return {contact.name for contact in meeting.contacts.all()}


def test_the_locked_meeting_asks_nothing_of_what_was_read_ahead(meeting, django_assert_num_queries):
    with django_assert_num_queries(3):
        ahead = reading_ahead.ahead_of(meeting)
    locked = Meeting.objects.get(pk=meeting.pk)

    reading_ahead.take_over(locked, ahead)

    with django_assert_num_queries(0):
        found = all_matters(locked)
    assert found == all_matters(Meeting.objects.get(pk=meeting.pk))
    assert all(found[1:])


def test_facts_are_read_at_most_once_a_second(meeting, keeping, django_assert_num_queries):
    with django_assert_num_queries(3):
        first = reading_ahead.ahead_of(meeting)
    with django_assert_num_queries(0):
        again = reading_ahead.ahead_of(meeting)

    assert {name: list(rows) for name, rows in again.items()} == {name: list(rows) for name, rows in first.items()}


def test_after_a_second_what_the_secretariat_changed_is_there(meeting, keeping, monkeypatch):
    names_of_contacts(meeting)
    Contact.objects.update(name="Her successor")
    assert "Her successor" not in names_of_contacts(Meeting.objects.get())

    monkeypatch.setattr(locmem, "time", SimpleNamespace(time=lambda: time.time() + freshness.SECOND))

    assert names_of_contacts(Meeting.objects.get()) == {"Her successor"}


def test_one_meeting_never_gets_what_is_kept_of_another(meeting, keeping):
    other = make_meeting("other")
    Contact.objects.filter(meeting=other).update(name="Another office")

    assert names_of_contacts(meeting) == {"Office, inscription", "Office, inscription_copy"}
    assert names_of_contacts(other) == {"Another office"}


def test_a_meeting_kept_at_hand_is_read_again(meeting):
    reading_ahead.ahead_of(meeting)
    Contact.objects.filter(meeting=meeting, role="inscription_copy").delete()

    assert "inscription_copy" not in {contact.role for contact in meeting.contacts.all()}
