"""The mail desk: drafts released, addresses corrected, mail sent again; each time journalled, nothing sent twice.

R-59
"""

import pytest
from django.urls import reverse

import clock
from journal.models import Entry
from outbox import desk
from outbox.models import Message
from outbox.posting import post
from tests.confirming import seen_in
from tests.factories import OPEN
from tests.secretariat import pages

pytestmark = pytest.mark.django_db
State = Message.State


@pytest.fixture(autouse=True)
def _at_the_desk(at_the_desk):
    return at_the_desk


@pytest.fixture
def write_mail():
    """A function that posts a mail, different each time, and returns the row."""

    def write(**fields):
        given = {"to": ["contact@mission.example"], "subject": "Your inscription", "body": "It was recorded.\n"}
        key = f"test/{Message.objects.count()}"
        post(key=key, kind="acknowledgement", **given | fields)
        return Message.objects.get(key=key)

    return write


def mail_page(message):
    return reverse("admin:outbox_message_change", args=[message.pk])


def addresses_page(message):
    return reverse("admin:outbox_message_addresses", args=[message.pk])


def put(message, state, **changes):
    """Store `message` in `state` as sending would have left it."""
    facts = {State.SENT: {"sent_at": OPEN, "next_attempt_at": None}, State.FAILED: {"next_attempt_at": None}}
    Message.objects.filter(pk=message.pk).update(state=state, **facts.get(state, {}) | changes)
    message.refresh_from_db()
    return message


def act(client, name, *chosen, **typed):
    content = {"action": name, "_selected_action": [message.pk for message in chosen], **typed}
    return client.post(reverse("admin:outbox_message_changelist"), content, follow=True)


def test_drafts_are_released_together_and_each_is_journalled(lead, write_mail):
    drafts = [write_mail(hold=True), write_mail(hold=True)]

    seen = seen_in(act(lead, "release_chosen", *drafts))
    shown = pages.text(act(lead, "release_chosen", *drafts, seen=seen))

    assert "2 mails were released." in shown
    assert set(Message.objects.values_list("state", flat=True)) == {State.QUEUED}
    assert list(Entry.objects.values_list("act", flat=True)) == ["released", "released"]


def test_a_wrong_address_is_corrected_and_the_mail_queued_again(lead, write_mail):
    message = put(write_mail(to=["wrong@mision.example"], cc=["copy@mission.example"]), State.FAILED, attempts=9)

    answer = lead.post(addresses_page(message), {"to-0": "right@mission.example", "cc-0": "copy@mission.example"})

    message.refresh_from_db()
    assert answer.url == mail_page(message)
    assert (message.to, message.cc) == (["right@mission.example"], ["copy@mission.example"])
    assert (message.state, message.attempts, message.next_attempt_at) == (State.QUEUED, 0, OPEN)
    entry = Entry.objects.get()
    assert (entry.act, entry.subject) == ("addresses corrected", f"mail/{message.pk}")
    assert entry.payload.before["to"] == ["wrong@mision.example"]
    assert entry.payload.after["to"] == ["right@mission.example"]


def test_a_draft_whose_address_is_corrected_stays_a_draft(lead, write_mail):
    message = write_mail(hold=True)

    lead.post(addresses_page(message), {"to-0": "right@mission.example"})

    message.refresh_from_db()
    assert (message.state, message.to) == (State.HELD, ["right@mission.example"])


def test_a_recipient_who_already_has_it_is_kept_and_gets_no_second_copy(lead, write_mail):
    message = write_mail(to=["has@mission.example"], cc=["wrong@mision.example"])
    put(message, State.FAILED, delivered_to=["has@mission.example"])

    lead.post(addresses_page(message), {"to-0": "another@mission.example", "cc-0": "right@mission.example"})

    message.refresh_from_db()
    assert (message.to, message.cc) == (["has@mission.example"], ["right@mission.example"])
    assert message.delivered_to == ["has@mission.example"]


def test_an_invalid_address_is_refused_at_its_field(lead, write_mail):
    message = put(write_mail(), State.FAILED)

    answer = lead.post(addresses_page(message), {"to-0": "no address"})

    message.refresh_from_db()
    assert answer.status_code == 422
    assert "such as name@mission.example." in pages.text(answer)
    assert message.state == State.FAILED


def test_mail_that_was_sent_is_sent_again_as_a_separate_mail(lead, write_mail):
    message = put(write_mail(to=["contact@mission.example"], cc=["copy@mission.example"]), State.SENT)

    lead.post(addresses_page(message), {"to-0": "other@mission.example", "cc-0": ""})
    lead.post(addresses_page(message), {"to-0": "contact@mission.example", "cc-0": ""})

    first, second = Message.objects.exclude(pk=message.pk).order_by("pk")
    message.refresh_from_db()
    assert (first.to, first.cc, second.to) == (["other@mission.example"], [], ["contact@mission.example"])
    assert {each.state for each in (first, second)} == {State.QUEUED}
    assert first.body == message.body
    assert len({message.message_id, first.message_id, second.message_id}) == 3
    assert message.state == State.SENT


def test_a_one_time_code_is_never_sent_to_another_address(lead, write_mail):
    message = put(write_mail(is_secret=True, body="123456"), State.FAILED)

    answer = lead.post(addresses_page(message), {"to-0": "thief@elsewhere.example"})

    message.refresh_from_db()
    assert "A one-time code is never sent to another address." in pages.text(answer)
    assert message.to == ["contact@mission.example"]
    assert "Correct the addresses" not in pages.text(lead.get(mail_page(message)))


@pytest.mark.parametrize("state", [State.SENDING, State.SENT])
def test_mail_on_its_way_or_sent_keeps_its_addresses(write_mail, state):
    message = write_mail()
    lease = {"next_attempt_at": None, "lease_until": OPEN, "lease_token": "0b6b3a52-9bd5-4a4a-8f0e-2f5a4f0f3f11"}
    put(message, state, **lease if state == State.SENDING else {})

    with pytest.raises(desk.DeskRefused, match="was not sent"):
        desk.readdress(message, to=["right@mission.example"], cc=[], at=OPEN)


def test_mail_whose_text_is_erased_is_neither_corrected_nor_sent_again(write_mail):
    message = put(write_mail(), State.SENT, body="", body_erased_at=OPEN)

    with pytest.raises(desk.DeskRefused, match="whose text is kept"):
        desk.send_again(message, to=["contact@mission.example"], cc=[], at=OPEN)


def test_readers_see_mail_and_do_nothing_with_it(reader, write_mail):
    message = put(write_mail(), State.FAILED)

    shown = pages.text(reader.get(mail_page(message)))
    statuses = [reader.get(addresses_page(message)).status_code, reader.post(addresses_page(message)).status_code]

    assert "Correct the addresses" not in shown
    assert statuses == [403, 403]


def test_the_page_of_a_mail_offers_what_its_state_allows(lead, write_mail):
    failed, sent = put(write_mail(), State.FAILED), put(write_mail(), State.SENT)

    assert "Correct the addresses" in pages.text(lead.get(mail_page(failed)))
    assert "Send a copy again" in pages.text(lead.get(mail_page(sent)))
    with clock.stopped(OPEN):
        assert lead.get(reverse("admin:outbox_message_addresses", args=[999999])).status_code == 404
