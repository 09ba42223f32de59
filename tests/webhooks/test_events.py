"""What an event says of a revision, of the room, of a speaker on no list, and of what was erased."""

from uuid import uuid4

import pytest
from django.db import OperationalError

import clock
from journal import erasing
from journal.models import Payload
from journal.recording import record
from tests.factories import OPEN, STAFF, make_inscription, make_meeting
from webhooks import events, telling
from webhooks.models import Cursor

pytestmark = pytest.mark.django_db


def told(meeting, act, subject, *, after=None):
    entry = record(act, stream=meeting.speakers_list.journal_stream, subject=subject, by=STAFF, at=OPEN, after=after)
    return entry, events.of(entry, meeting)


def test_a_revision_is_told_with_its_number_and_its_hash():
    _entry, event = told(make_meeting(), "frozen", "revision/2/abc")

    assert (event["kind"], event["revision"]) == ("published", {"number": 2, "sha256": "abc"})


def test_what_happens_to_the_room_belongs_to_no_list():
    _entry, event = told(make_meeting(), "sitting suspended", "room/dialogue")

    assert (event["kind"], event["list"]) == ("suspended", None)


def test_a_speaker_who_is_on_no_list_is_named_as_on_the_screens():
    _entry, event = told(make_meeting(), "called", f"turn/{uuid4()}", after={"name": "The Secretary-General"})

    assert (event["kind"], event["list"], event["entry"], event["name"]) == (
        "called",
        None,
        None,
        "The Secretary-General",
    )


def test_of_an_act_whose_payload_is_erased_nothing_is_told():
    meeting = make_meeting()
    entry, _event = told(meeting, "inscribed", f"inscription/{make_inscription(meeting).public_id}")
    erasing.erase(Payload.objects.filter(entry=entry))

    entry = type(entry).objects.get(pk=entry.pk)
    assert events.of(entry, meeting) is None


def test_a_failure_of_the_database_is_no_fault_of_the_receiver(receive, make_webhook, monkeypatch):
    meeting = make_meeting()
    make_webhook(meeting, receive())
    make_inscription(meeting)
    [pk, *_others] = telling.behind(at=clock.now())
    monkeypatch.setattr(telling.events, "of", _fail)

    with pytest.raises(OperationalError):
        telling.tell(pk)

    assert Cursor.objects.get(pk=pk).last_error == ""
    assert telling.tell(pk) == 0  # another holds it until the lease expires


def _fail(*_arguments):
    raise OperationalError
