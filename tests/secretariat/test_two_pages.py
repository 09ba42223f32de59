"""Two members of staff who save parts of one meeting at once, each with a database connection of their own.  R-31"""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from dialogue import consistency
from dialogue.models import ProgrammeSlot
from speakers.consistency import objections
from tests import factories
from tests.at_once import together
from tests.secretariat import pages

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def contradicts(sign_in, monkeypatch):
    """A function that saves two lines at once, each in order by itself, and says whether they contradict each other."""
    meeting = factories.make_meeting()
    lines = [
        ProgrammeSlot.objects.create(
            meeting=meeting,
            position=minute,
            kind="panel",
            title={"en": f"Panel {minute}"},
            starts_at=meeting.starts_at + timedelta(minutes=minute),
        )
        for minute in (10, 20)
    ]
    addresses = [reverse("admin:dialogue_programmeslot_change", args=[line.pk]) for line in lines]
    clients = [sign_in(None) for _line in lines]
    typed = [
        pages.typed(client.get(address)) | {"starts_at_1": text}
        for client, address, text in zip(clients, addresses, ["10:15", "10:12"], strict=True)
    ]
    refused = consistency.refused

    def after_a_while(*found, **facts):
        time.sleep(0.5)  # so that the other has read what is stored, unless it waits
        return refused(*found, **facts)

    monkeypatch.setattr(consistency, "refused", after_a_while)

    def save():
        acts = [lambda n=n: clients[n].post(addresses[n], typed[n]) for n in range(2)]
        assert together(*acts) == ["done", "done"]
        return any(not each.is_missing for each in objections(consistency.in_full(meeting)))

    return save


def test_of_two_lines_that_contradict_each_other_one_is_refused(contradicts):
    assert not contradicts()


def test_without_the_lock_of_the_meeting_both_would_be_stored(contradicts, monkeypatch):
    """The negative control: with the protection off. SQLite admits one writer at a time in any case."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)

    assert contradicts() == (connection.vendor == "postgresql")
