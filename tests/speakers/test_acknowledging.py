"""An acknowledgement is stored with the facts of the act, and written by its sender.  R-10"""

from datetime import timedelta

import pytest
from django.core import mail

import clock
from dialogue.models import Contact, MailText
from outbox.delivery import line, sending, sweeping
from outbox.models import Message, State
from speakers.entries import changing, withdrawing
from speakers.models import Delegation, SpeakersList
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    make_delegation,
    make_inscription,
    make_level,
    make_meeting,
    subject_of,
    written,
)

pytestmark = pytest.mark.django_db
LATER = OPEN + timedelta(minutes=5)


@pytest.fixture
def meeting():
    return make_meeting()


def acknowledgement():
    return Message.objects.get(kind="speakers.acknowledgement")


def notice():
    return Message.objects.get(kind="speakers.notice_inscribed")


def test_it_is_stored_in_the_act_and_written_when_it_is_sent(meeting):
    entry = make_inscription(meeting)
    stored = acknowledgement()

    sweeping.drain()

    sent = acknowledgement()
    assert (stored.subject, stored.body, stored.state) == ("", "", State.QUEUED)
    assert (sent.facts, sent.state) == (None, State.SENT)
    assert subject_of(sent) == "Inscribed on the list of speakers: Rwa, receipt 1"
    assert entry.witness in sent.body
    assert [each.subject for each in mail.outbox] == [sent.subject, notice().subject]
    assert mail.outbox[0].body == sent.body


def test_it_names_the_meeting_with_its_date_and_place_and_the_officer_with_the_telephone(meeting):
    make_inscription(meeting, make_delegation("RWA"))

    body = written(acknowledgement()).body

    assert (
        "Meeting: Informal interactive dialogue\n"
        "Date: Tuesday, 6 September 2016, 10:00 a.m.–6:00 p.m. (New York time)\n"
        "Place: Trusteeship Council Chamber\n"
        "Officer: Office, inscription, inscription@office.example, telephone +1 212-963-5063\n"
    ) in body


def test_it_says_what_was_recorded_whatever_changed_since(meeting):
    entry = make_inscription(meeting, speaker_title="Permanent Representative")
    changing.change_speaker(entry, prefix="", name="Another", title="Envoy", by=STAFF, at=LATER)
    changing.change_level(entry, level=make_level("HOS"), title="President", by=STAFF, at=LATER)

    text = written(acknowledgement()).body

    assert "Speaker of Rwa" in text
    assert "Functional title: Permanent Representative" in text
    assert "Level of representation: PR" in text
    assert "Another" not in text


def test_of_an_entry_that_was_withdrawn_since_it_gives_the_receipt_and_no_place(meeting):
    entry = make_inscription(meeting)
    withdrawing.withdraw(entry, by=STAFF, at=LATER)

    text = written(acknowledgement()).body

    assert "The entry has changed since" in text
    assert "Receipt number: 1" in text
    assert "Its place" not in text


def test_the_notice_goes_to_the_officers_of_the_moment_of_writing(meeting):
    make_inscription(meeting)
    Contact.objects.filter(role="inscription").update(email="successor@office.example")

    sweeping.drain()

    assert notice().to == ["successor@office.example"]
    assert notice().cc == ["inscription_copy@office.example"]
    assert "Rwa inscribed, receipt 1" in notice().subject


def test_without_an_officer_the_notice_is_dropped_and_the_acknowledgement_goes_out(meeting):
    make_inscription(meeting)
    Contact.objects.all().delete()

    sweeping.drain()

    assert not Message.objects.filter(kind="speakers.notice_inscribed").exists()
    assert acknowledgement().state == State.SENT


def test_it_is_in_the_language_of_the_delegation_if_the_meeting_has_a_text_in_it(meeting):
    words = {"subject": "Inscription", "body": "{recorded}\n{place}\n{how_to_change}"}
    MailText.objects.create(meeting=meeting, kind="speakers.acknowledgement", language="fr", **words)
    make_delegation("FRA")
    Delegation.objects.update(mail_language="fr")
    make_inscription(meeting, Delegation.objects.get(code="FRA"))

    sweeping.drain()

    assert (acknowledgement().subject, acknowledgement().language) == (
        "Inscription – Informal interactive dialogue, 6 septembre 2016",
        "fr",
    )


def test_a_mail_that_is_sent_again_says_the_same(meeting, monkeypatch):
    make_inscription(meeting)
    monkeypatch.setattr(line, "build", lambda *_: pytest.fail("no server"))
    with pytest.raises(pytest.fail.Exception):
        sending.deliver(acknowledgement().pk)
    first = acknowledgement()
    make_inscription(meeting, make_delegation("AAA"), "HOS")

    assert first.facts is None
    assert "Its place now is 1" in first.body
    assert written(Message.objects.get(pk=first.pk)).body == first.body


def test_a_text_that_cannot_be_written_fails_like_a_mail_that_cannot_be_sent_and_is_tried_again(meeting, monkeypatch):
    make_inscription(meeting)
    facts = acknowledgement().facts
    Message.objects.filter(kind="speakers.acknowledgement").update(facts={"inscription": 0, "recorded": {}})

    sweeping.drain()

    failed = acknowledgement()
    assert (failed.state, failed.attempts) == (State.QUEUED, 1)
    assert "DoesNotExist" in failed.last_error
    Message.objects.filter(pk=failed.pk).update(facts=facts, next_attempt_at=clock.now())
    sweeping.drain()
    assert acknowledgement().state == State.SENT


def test_the_mail_of_a_second_list_names_it(meeting):
    panel = SpeakersList.objects.create(
        meeting=meeting, slug="panel", title={"en": "Panel"}, opens_at=OPEN - timedelta(days=1), closes_at=DEADLINE
    )
    meeting.speakers_list = panel
    entry = make_inscription(meeting)

    assert f"http://localhost:8000{entry.get_absolute_url()}" in written(acknowledgement()).body
    assert "/lists/panel/" in entry.get_absolute_url()
