"""Events arrive in the order of the journal, at least once, whatever the receiver or a sender does."""

import json
import threading
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction

import clock
from journal.models import Entry
from outbox.delivery import retrying
from speakers.entries import withdrawing
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting, make_panel
from webhooks import events, subscribing, telling
from webhooks.models import FAILURES_SHOWN, Cursor, Webhook

pytestmark = pytest.mark.django_db


def tell_all():
    """One look of a worker, and a turn for each that is behind. Returns how many events arrived."""
    return sum(telling.tell(pk) for pk in telling.behind(at=clock.now()))


def in_time():
    """Let the pause after a failure, or a lease, be over."""
    Cursor.objects.exclude(next_attempt_at=None).update(next_attempt_at=clock.now() - timedelta(seconds=1))
    Cursor.objects.exclude(lease_until=None).update(lease_until=clock.now() - timedelta(seconds=1))


def inscribe(meeting, *codes):
    return [make_inscription(meeting, make_delegation(code)) for code in codes]


def test_what_happens_arrives_in_order_once(receive, make_webhook):
    meeting, receiver = make_meeting(), receive()
    make_webhook(meeting, receiver)
    first, _second = inscribe(meeting, "RWA", "KEN")
    withdrawing.withdraw(first, by=STAFF, at=OPEN)

    told = tell_all()

    assert receiver.kinds == ["opened", "inscribed", "inscribed", "withdrawn"]
    positions = [each["position"] for each in receiver.events]
    assert positions == sorted(positions)
    assert (told, tell_all()) == (4, 0)


def test_what_was_before_the_webhook_is_not_told(receive, make_webhook):
    meeting, receiver = make_meeting(), receive()
    inscribe(meeting, "RWA")
    make_webhook(meeting, receiver)

    assert tell_all() == 0
    assert receiver.tries == []


def test_an_act_that_was_rolled_back_is_not_told(receive, make_webhook):
    meeting, receiver = make_meeting(), receive()
    make_webhook(meeting, receiver)
    with transaction.atomic():
        inscribe(meeting, "RWA")
        transaction.set_rollback(True)

    assert tell_all() == 0


def test_a_second_list_is_told_beside_the_main_one_even_if_it_was_made_later(receive, make_webhook):
    meeting, receiver = make_meeting(), receive()
    make_webhook(meeting, receiver)
    panel = make_panel(meeting)
    make_inscription(panel.meeting_at_hand, make_delegation("KEN"))
    inscribe(make_meeting("another"), "RWA")

    tell_all()

    assert [(each["list"], each["kind"]) for each in receiver.events] == [("panel", "opened"), ("panel", "inscribed")]


def test_it_is_told_only_the_kinds_and_lists_that_were_chosen(receive, make_webhook):
    meeting, receiver = make_meeting(), receive()
    make_panel(meeting)
    make_webhook(meeting, receiver, kinds=["inscribed"], lists=["panel"])
    inscribe(meeting, "RWA")
    panel = meeting.lists.get(slug="panel")
    make_inscription(panel.meeting_at_hand, make_delegation("KEN"))

    tell_all()

    assert [(each["list"], each["kind"]) for each in receiver.events] == [("panel", "inscribed")]
    assert telling.behind(at=clock.now()) == []


def test_a_receiver_that_is_down_gets_everything_in_order_once_it_is_up(receive, make_webhook):
    meeting, receiver = make_meeting(), receive()
    make_webhook(meeting, receiver)
    receiver.answers = lambda _event: 503
    inscribe(meeting, "RWA", "KEN")

    assert tell_all() == 0
    assert tell_all() == 0
    assert len(receiver.tries) == 1  # it is left alone for a while, and nothing overtakes
    receiver.answers = lambda _event: 204
    in_time()
    tell_all()

    assert receiver.kinds == ["opened", "inscribed", "inscribed"]


def test_an_answer_that_is_lost_brings_the_same_event_again(receive, make_webhook):
    """The receiver has it, and the sender does not know: the same identity and the same body come once more."""
    meeting, receiver = make_meeting(), receive()
    make_webhook(meeting, receiver)
    receiver.answers = lambda _event: 1 / 0
    inscribe(meeting, "RWA")
    tell_all()

    receiver.answers = lambda _event: 204
    in_time()
    tell_all()

    (first, body), (second, again) = receiver.tries[:2]
    assert (first["webhook-id"], body) == (second["webhook-id"], again)


def test_one_that_fails_holds_up_no_other(receive, make_webhook, caplog):
    meeting, good, bad = make_meeting(), receive(), receive(lambda _event: 1 / 0)
    make_webhook(meeting, bad)
    make_webhook(meeting, good)
    inscribe(meeting, "RWA")

    tell_all()

    assert good.kinds == ["opened", "inscribed"]
    assert bad.events == []


def test_an_act_that_cannot_be_told_stops_its_webhook_and_is_shown(receive, make_webhook, monkeypatch):
    meeting, receiver = make_meeting(), receive()
    make_webhook(meeting, receiver)
    inscribe(meeting, "RWA")
    monkeypatch.setattr(events, "of", lambda _entry, _meeting: 1 / 0)

    tell_all()

    cursor = Cursor.objects.get()
    assert cursor.last_error == "It could not be told (ZeroDivisionError)."
    assert cursor.told_up_to < Entry.objects.filter(stream=cursor.stream).count()


def test_it_is_given_up_after_the_last_attempt_logged_with_its_cause_and_tried_again_by_staff(
    receive, make_webhook, caplog
):
    meeting, receiver = make_meeting(), receive()
    webhook = make_webhook(meeting, receiver)
    receiver.answers = lambda _event: 500
    inscribe(meeting, "RWA")
    for _attempt in range(len(retrying.DELAYS) + 3):
        tell_all()
        in_time()

    assert len(receiver.tries) == len(retrying.DELAYS) + 1
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"]
    assert "status 500" in caplog.text
    assert "of-the-receiver" not in caplog.text
    assert Cursor.objects.failing().count() == 1
    receiver.answers = lambda _event: 204
    subscribing.try_again(webhook, by=STAFF, at=OPEN)
    tell_all()
    assert receiver.kinds == ["opened", "inscribed"]
    assert Cursor.objects.failing().count() == 0
    with pytest.raises(subscribing.WebhookRefused, match="Nothing has failed"):
        subscribing.try_again(webhook, by=STAFF, at=OPEN)


def test_staff_see_it_after_some_failures_though_it_is_tried_on(receive, make_webhook):
    meeting, receiver = make_meeting(), receive()
    make_webhook(meeting, receiver)
    receiver.answers = lambda _event: 500
    inscribe(meeting, "RWA")

    shown = []
    for _attempt in range(FAILURES_SHOWN):
        tell_all()
        in_time()
        shown.append(Cursor.objects.failing().count())

    assert shown == [0] * (FAILURES_SHOWN - 1) + [1]


def test_one_whose_senders_die_each_time_is_given_up(receive, make_webhook):
    meeting, receiver = make_meeting(), receive()
    make_webhook(meeting, receiver)
    inscribe(meeting, "RWA")
    Cursor.objects.update(attempts=len(retrying.DELAYS) + 1)

    tell_all()

    assert "ended without an outcome" in Cursor.objects.get().last_error
    assert receiver.tries == []


def test_one_that_is_switched_off_is_sent_nothing_and_goes_on_afterwards(receive, make_webhook):
    meeting, receiver = make_meeting(), receive()
    webhook = make_webhook(meeting, receiver)
    Webhook.objects.update(is_on=False)
    inscribe(meeting, "RWA")

    assert tell_all() == 0
    webhook.is_on = True
    subscribing.change(webhook, by=STAFF, at=OPEN)
    assert tell_all() == 2


def test_one_that_is_switched_off_during_a_turn_gets_no_further_event(receive, make_webhook):
    meeting, receiver = make_meeting(), receive()
    make_webhook(meeting, receiver)
    inscribe(meeting, "RWA", "KEN")
    pk = Cursor.objects.get().pk
    sent = []

    def send(_webhook, event):
        sent.append(event)
        Webhook.objects.update(is_on=False)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(telling.sending, "send", send)
        telling.tell(pk)

    assert len(sent) == 1


def test_nothing_is_told_before_everyone_may_see_the_meeting_nor_without_a_secret(receive, make_webhook):
    meeting, receiver = make_meeting(is_published=False), receive()
    webhook = make_webhook(meeting, receiver)
    inscribe(meeting, "RWA")

    assert tell_all() == 0
    type(meeting).objects.update(is_published=True)
    Webhook.objects.update(secret_half="")
    assert tell_all() == 0
    Webhook.objects.update(secret_half=webhook.secret_half)
    assert tell_all() == 2


def test_events_are_sent_again_from_a_position_under_their_identities(receive, make_webhook):
    meeting, receiver = make_meeting(), receive()
    webhook = make_webhook(meeting, receiver)
    inscribe(meeting, "RWA", "KEN")
    tell_all()
    stream, number = meeting.journal_stream, receiver.events[1]["position"]

    subscribing.replay(webhook, stream, number, by=STAFF, at=OPEN)
    tell_all()

    assert receiver.identities == receiver.identities[:3] + receiver.identities[1:3]
    act = Entry.objects.get(act="webhook sent again")
    assert act.payload.after["from"] == number
    with pytest.raises(subscribing.WebhookRefused, match="Write a number from 1"):
        subscribing.replay(webhook, stream, act.sequence + 2, by=STAFF, at=OPEN)
    with pytest.raises(subscribing.WebhookRefused, match="no such list"):
        subscribing.replay(webhook, "secretariat", 1, by=STAFF, at=OPEN)


def test_a_sender_from_which_it_was_taken_moves_it_no_further(receive, make_webhook, monkeypatch):
    """Staff let it be told again while an event is on its way: what that sender stores is refused."""
    meeting, receiver = make_meeting(), receive()
    webhook = make_webhook(meeting, receiver)
    inscribe(meeting, "RWA", "KEN")
    told_up_to = Cursor.objects.get().told_up_to

    def replayed(_event):
        Cursor.objects.get().take_up_again(told_up_to=told_up_to)

    monkeypatch.setattr(telling.sending, "send", lambda _webhook, event: replayed(event))
    arrived = telling.tell(webhook.cursors.get().pk)

    assert arrived == 0
    assert Cursor.objects.get().told_up_to == told_up_to


def turns_at_once(number, *expected):
    """So many workers that each tell all that is behind until nothing is, or until an error that is `expected`."""
    at_the_start = threading.Barrier(number)

    def work():
        at_the_start.wait()
        end = time.monotonic() + 20
        try:
            with suppress(*expected):
                while Cursor.objects.behind().exists() and time.monotonic() < end:
                    tell_all()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _each in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def slow_first(event):
    """Every other event takes its time, so that a second sender would overtake it."""
    time.sleep(0.1 if event["position"] % 2 else 0)
    return 204


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_event_once_and_in_order(receive, make_webhook):
    meeting, receiver = make_meeting(), receive(slow_first)
    make_webhook(meeting, receiver)
    inscribe(meeting, "RWA", "KEN", "CHL", "FRA", "NZL", "PER")

    turns_at_once(2)

    positions = [each["position"] for each in receiver.events]
    assert positions == sorted(set(positions))
    assert len(positions) == 7


@pytest.mark.django_db(transaction=True)
def test_without_the_lease_two_workers_send_events_twice(receive, make_webhook, monkeypatch):
    """The negative control of the test above."""
    meeting, receiver = make_meeting(), receive(slow_first)
    make_webhook(meeting, receiver)
    inscribe(meeting, "RWA", "KEN", "CHL", "FRA", "NZL", "PER")
    monkeypatch.setattr("webhooks.models.CursorQuerySet.free", lambda self, _at: self)
    monkeypatch.setattr(telling, "_held", lambda cursor, _token: Cursor.objects.filter(pk=cursor.pk))

    turns_at_once(2, IntegrityError)  # the database refuses half a lease, too

    positions = [each["position"] for each in receiver.events]
    assert len(positions) > len(set(positions))


def test_what_is_sent_is_what_everyone_may_read(receive, make_webhook, settings):
    meeting, receiver = make_meeting(), receive()
    make_webhook(meeting, receiver)
    entry = make_inscription(meeting, make_delegation("RWA"), speaker_name="Ada Secret", note="a note for staff")

    tell_all()

    event = receiver.events[-1]
    assert event == {
        "format": "event-of-meeting/1",
        "id": entry.witness,
        "kind": "inscribed",
        "meeting": "dialogue",
        "is_rehearsal": False,
        "stream": "meeting/dialogue",
        "position": event["position"],
        "at": "2016-08-31T17:00:00.000000+00:00",
        "list": "",
        "entry": {
            "receipt_no": 1,
            "delegation": "Rwa",
            "delegation_code": "RWA",
            "capacity": "national",
            "group": "",
        },
        "name": "Rwa",
        "address": f"{settings.SITE_URL}/api/v1/meetings/dialogue/list",
    }
    text = json.dumps([body.decode() for _headers, body in receiver.tries])
    assert not [word for word in ("Ada", "Secret", "a note", "missions.example") if word in text]
