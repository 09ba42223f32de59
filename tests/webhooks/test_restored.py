"""A receiver is told that the site was restored, and finds by `journal.json` which of its events are lost.  R-76"""

import pytest
from django.db import transaction

import clock
from journal import chain_file
from outbox.models import Message
from secretariat.recovery import banner, letting_go, restoring
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting, make_panel
from tests.webhooks.test_telling import tell_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def marks_in_a_new_folder(settings, tmp_path):
    settings.VAR_DIR, settings.EMBEDDED = tmp_path, True
    banner.forget()
    with clock.stopped(OPEN):
        yield
    banner.forget()


def restore(backup):
    """The database as it was at the savepoint `backup`; it is put on hold, and a lead lets it go."""
    transaction.savepoint_rollback(backup)
    restoration = restoring.hold(at=OPEN)
    Message.objects.kept().delete()
    letting_go.let_go(restoration, by=STAFF, at=OPEN, reason="Compared")


def test_each_list_tells_it_and_what_was_lost_is_found_by_its_identity(receive, make_webhook):
    meeting, receiver = make_meeting(), receive()
    make_webhook(meeting, receiver)
    make_inscription(meeting, make_delegation("RWA"))
    tell_all()
    backup = transaction.savepoint()
    make_inscription(meeting, make_delegation("KEN"))
    tell_all()
    lost = receiver.events[-1]

    restore(backup)
    make_inscription(meeting, make_delegation("CHL"))
    tell_all()

    assert receiver.kinds == ["opened", "inscribed", "inscribed", "restored", "inscribed"]
    told = receiver.events[-2]
    assert (told["list"], told["stream"], told["position"]) == ("", lost["stream"], lost["position"])
    assert {"entry", "name", "revision"}.isdisjoint(told)
    known = chain_file.hashes_of(meeting.journal_stream)
    assert [each for each in receiver.events if each["id"] not in known] == [lost]


def test_it_is_told_whatever_kinds_and_lists_were_chosen(receive, make_webhook):
    """What happens in the room is told to all, on the stream of the main list: some of that may be lost too."""
    meeting, receiver = make_meeting(), receive()
    make_panel(meeting)
    make_webhook(meeting, receiver, kinds=["called"], lists=["panel"])

    restore(transaction.savepoint())
    make_inscription(meeting, make_delegation("RWA"))
    tell_all()

    assert sorted((each["kind"], each["list"]) for each in receiver.events) == [("restored", ""), ("restored", "panel")]


def test_staff_are_not_offered_a_choice_that_does_nothing(lead, receive, make_webhook):
    webhook = make_webhook(make_meeting(), receive())

    page = lead.get(f"/secretariat/webhooks/webhook/{webhook.pk}/change/").content.decode()

    assert 'value="called"' in page
    assert 'value="restored"' not in page
