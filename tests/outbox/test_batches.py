"""Mails that are released together: counted by kind, with one of each to read."""

import pytest

from outbox import kinds
from outbox.batches import Batch
from outbox.delivery import writing
from outbox.models import Message
from tests.factories import OPEN


def mail(**facts):
    return Message(pk=1, kind="notice", subject="Your place", body="The text", **facts)


def test_an_address_that_gets_several_mails_is_counted_once():
    batch = Batch([mail(to=["a@x.example"], cc=["b@x.example"]), mail(to=["a@x.example"])])

    assert batch.sentences == ["notice: 2 mails", "to 2 addresses, for instance:"]


def test_another_recipient_is_another_batch():
    batches = [Batch([mail(to=["a@x.example"])]), Batch([mail(to=["b@x.example"])]), Batch([mail(to=["a@x.example"])])]

    assert batches[0].shown == batches[2].shown != batches[1].shown


def test_a_mail_that_is_written_when_it_is_sent_is_shown_as_it_would_be_and_stays_unwritten(monkeypatch):
    text = writing.Text("The place", "Third", "en", to=["c@x.example"])
    monkeypatch.setattr(kinds, "writers", lambda: {"notice": lambda message, at: text})
    message = mail(facts={"inscription": 1})

    [block] = Batch([message]).blocks(at=OPEN)

    assert block["lines"] == ["to addresses that are looked up when it is written, for instance:"]
    assert block["text"] == "To: c@x.example\nThe place\n\nThird"
    assert (message.to, message.facts) == ([], {"inscription": 1})


@pytest.mark.parametrize("is_secret", [False, True])
def test_only_a_mail_without_a_secret_is_shown(is_secret):
    [block] = Batch([mail(to=["a@x.example"], is_secret=is_secret)]).blocks(at=OPEN)

    assert ("The text" in block["text"]) is not is_secret
