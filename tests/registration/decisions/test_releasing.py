"""Held mails are counted by kind, shown and confirmed before they are released; what was shown is sent.  R-47"""

import pytest

from journal.models import Entry
from outbox import batches, desk
from outbox.models import Message
from registration.decisions import deciding, releasing
from registration.decisions.outcomes import Words
from registration.models.representative import State
from registration.refusals import TicketRefused
from tests.at_once import together
from tests.factories import OPEN, STAFF
from tests.registration.factories import make_representative, make_ticketing

pytestmark = pytest.mark.django_db
NOW = {"by": STAFF, "at": OPEN}


@pytest.fixture
def people():
    """Two who are approved, one on the waiting list, one declined; and one not decided."""
    return _people()


def _people():
    meeting = make_ticketing(capacity=2, offers_by_itself=False).meeting
    made = [make_representative(meeting, last_name=name) for name in ("One", "Two", "Three", "Four", "Five")]
    deciding.decide(made[:3], State.APPROVED, words=Words("Come early.", "Wait."), **NOW)
    deciding.decline(made[3], words="Too small.", **NOW)
    return made


def release(people, seen):
    return releasing.release_all(people, seen=seen, **NOW)


def test_mails_are_counted_by_kind_with_their_addresses_and_one_of_each_to_read(people):
    batch = releasing.batch_of(people)

    blocks = batch.blocks(at=OPEN)

    assert [(block["heading"], block["lines"]) for block in blocks] == [
        ("Ticket: approved: 2 mails", ["to 4 addresses, for instance:"]),
        ("Ticket: on the waiting list: 1 mail", ["to 2 addresses, for instance:"]),
        ("Ticket: declined: 1 mail", ["to 2 addresses, for instance:"]),
    ]
    assert blocks[0]["text"].startswith(f"To: {people[0].email}, ")
    assert "Come early." in blocks[0]["text"]
    assert releasing.vouchers_with(batch) == 2
    assert releasing.without_mail(people, batch) == [people[4]]


def test_what_was_shown_is_released_and_journalled_for_each_person(people):
    batch = releasing.batch_of(people)

    done = release(people, batch.shown)

    assert len(done.messages) == 4
    assert not Message.objects.held().exists()
    assert Entry.objects.filter(act="mail released").count() == 4
    assert Message.objects.filter(kind="registration.voucher").count() == 2


def test_a_draft_that_was_replaced_meanwhile_is_asked_about_and_nothing_is_sent(people):
    seen = releasing.batch_of(people).shown
    deciding.decline(people[0], words="After all not.", **NOW)

    with pytest.raises(TicketRefused, match="This has changed since you were asked") as refused:
        release(people, seen)

    assert "Ticket: declined: 2 mails" in refused.value.details
    assert Message.objects.held().count() == 4
    release(people, refused.value.shown)
    assert not Message.objects.held().exists()


def test_another_address_of_a_draft_is_asked_about(people):
    seen = releasing.batch_of(people).shown
    desk.readdress(Message.objects.held().first(), to=["else@ngo.example"], cc=[], at=OPEN)

    with pytest.raises(TicketRefused, match="This has changed"):
        release(people, seen)


def test_a_page_that_showed_nothing_yet_is_asked(people):
    with pytest.raises(TicketRefused, match="Nothing has changed yet"):
        release(people, "")


def test_a_mail_with_a_secret_link_is_counted_and_not_shown(people):
    secret = Message(kind="registration.offered", to=["a@ngo.example"], is_secret=True, body="the link")

    [block] = batches.Batch([secret]).blocks(at=OPEN)

    assert block["text"] == "Not shown: it holds a secret link."


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_release_at_once_one_releases_and_the_other_is_asked_again():
    ends = _released_by_two()

    assert ends.count("done") == 1
    [refusal] = [end for end in ends if end != "done"]
    assert isinstance(refusal, TicketRefused)
    assert refusal.asks_twice


@pytest.mark.django_db(transaction=True)
def test_without_what_was_seen_both_are_told_that_they_released(monkeypatch):
    """The negative control: with the protection off, the second releases nothing and is not told."""
    monkeypatch.setattr(releasing, "require_seen", lambda batch, seen, refused: None)

    assert _released_by_two() == ["done", "done"]


def _released_by_two():
    people = _people()
    seen = releasing.batch_of(people).shown
    return together(*[lambda: release(people, seen)] * 2)
