"""What the sweep, the drain and the mail desk do.  R-10 R-57"""

import itertools
import threading
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command

import clock
from outbox import desk
from outbox.delivery import sending, sweeping
from outbox.models import MAX_LOST_CLAIMS, Attempt, Message, State
from tests.at_once import together
from tests.outbox.smtp_server import Server

Outcome = Attempt.Outcome
pytestmark = pytest.mark.django_db


def lose(message, times):
    """Claim `message` so many times, each by a sender that dies; the last lease has just ended now."""
    now = clock.now()
    for number in range(times, 0, -1):
        sending.claim(message.pk, at=now - number * sending.LEASE)


@pytest.fixture
def old_mail(write_mail):
    """A function that posts a mail which was due ten minutes ago."""

    def write(**fields):
        message = write_mail(at=clock.now() - timedelta(minutes=10), **fields)
        return message

    return write


def test_the_drain_sends_codes_first_and_what_goes_to_many_last(smtp, write_mail):
    now = clock.now()
    for minutes, (subject, facts) in enumerate(
        [("code", {"is_secret": True}), ("receipt", {}), ("to many", {"kind": "speakers.established"})], start=1
    ):
        write_mail(subject=subject, at=now - timedelta(minutes=minutes), **facts)

    with smtp(Server()) as server:
        sweeping.drain()

    sent = [content for _recipients, content in server.accepted]
    assert [subject in content for subject, content in zip((b"code", b"receipt", b"to many"), sent, strict=True)] == [
        True
    ] * 3


def test_the_drain_sends_what_is_due_the_oldest_turn_first_and_leaves_the_rest(smtp, write_mail):
    now = clock.now()
    late = write_mail(subject="late", at=now - timedelta(minutes=1))
    early = write_mail(subject="early", at=now - timedelta(minutes=2))
    write_mail(subject="tomorrow", at=now + timedelta(days=1))
    write_mail(subject="held", hold=True)

    with smtp(Server()) as server:
        outcomes = sweeping.drain()

    assert outcomes == [Outcome.SENT, Outcome.SENT]
    assert [b"early" in content for _recipients, content in server.accepted] == [True, False]
    assert late.sent_at is None
    assert Message.objects.get(pk=late.pk).sent_at > Message.objects.get(pk=early.pk).sent_at


def test_the_drain_stops_at_its_limit(smtp, write_mail):
    for _ in range(4):
        write_mail()

    with smtp(Server()):
        assert len(sweeping.drain(limit=3)) == 3


def test_the_drain_begins_no_mail_after_its_time(smtp, write_mail, monkeypatch):
    """Each mail takes half a second by a clock that stands otherwise."""
    for _ in range(4):
        write_mail()
    seconds_passed = itertools.count(0, 0.5)
    now = [next(seconds_passed)]
    monkeypatch.setattr(sweeping, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def take(_address):
        now[0] = next(seconds_passed)

    with smtp(Server(take)) as server:
        outcomes = sweeping.drain(seconds=0.6)

    assert (outcomes, len(server.accepted)) == ([Outcome.SENT] * 2, 2)


def test_the_sweep_sends_what_a_dead_sender_left_behind(smtp, old_mail):
    message = old_mail()
    lose(message, 1)

    with smtp(Server()) as server:
        sweeping.sweep()

    message.refresh_from_db()
    assert (message.state, message.lost_claims) == (State.SENT, 0)
    assert len(server.accepted) == 1


def test_the_sweep_leaves_alone_what_somebody_holds(smtp, write_mail):
    message = write_mail()
    sending.claim(message.pk, at=clock.now())

    with smtp(Server()) as server:
        sweeping.sweep()

    assert server.accepted == []


def test_a_mail_whose_senders_died_five_times_is_put_aside_and_visible(smtp, old_mail):
    poison, good = old_mail(), old_mail()
    lose(poison, MAX_LOST_CLAIMS)

    with smtp(Server()) as server:
        sweeping.sweep()

    poison.refresh_from_db()
    good.refresh_from_db()
    assert (poison.state, good.state) == (State.FAILED, State.SENT)
    assert poison.last_error == (
        "Each of the last 5 attempts ended without an outcome: sending this mail stops the worker."
    )
    assert poison.history.get().outcome == Outcome.FAILED
    assert len(server.accepted) == 1


def set_aside_twice_at_once(message, monkeypatch, fail):
    """Two sweeps find the same poison before either sets it aside; how many attempts are on record then."""
    lose(message, MAX_LOST_CLAIMS)
    both_have_found = threading.Barrier(2)

    def fail_together(message, at):
        both_have_found.wait(10)
        fail(message, at)

    monkeypatch.setattr(sweeping, "_fail", fail_together)
    assert together(*[lambda: sweeping.set_poison_aside(at=clock.now())] * 2) == ["done", "done"]
    return message.history.count()


@pytest.mark.django_db(transaction=True)
def test_of_two_sweeps_that_find_the_same_poison_one_sets_it_aside(old_mail, monkeypatch):
    assert set_aside_twice_at_once(old_mail(), monkeypatch, sweeping._fail) == 1  # noqa: SLF001


@pytest.mark.django_db(transaction=True)
def test_without_the_condition_of_the_update_both_would_set_it_aside(old_mail, monkeypatch):
    """The negative control: what was found is believed."""

    def fail(message, at):
        Message.objects.filter(pk=message.pk).update(state=State.FAILED, lease_until=None, lease_token=None)
        Attempt.objects.create(message=message, at=at, outcome=Outcome.FAILED)

    assert set_aside_twice_at_once(old_mail(), monkeypatch, fail) == 2


def test_the_command_prints_what_became_of_what_was_due(smtp, old_mail):
    old_mail()
    old_mail(to=["later@x.example"])
    old_mail(to=["never@x.example"])
    lose(old_mail(), MAX_LOST_CLAIMS)
    answers = {"later@x.example": "450 later", "never@x.example": "550 never"}
    out = StringIO()

    with smtp(Server(answer=answers.get)):
        call_command("drain_outbox", stdout=out)

    assert out.getvalue() == "Sent: 1. To be tried again: 1. Failed: 2.\n"


def test_staff_release_held_mail(smtp, write_mail):
    message = write_mail(hold=True)

    desk.release(message, at=clock.now())

    with smtp(Server()):
        assert sweeping.drain() == [Outcome.SENT]


def test_staff_release_held_mail_only(write_mail):
    message = write_mail()

    with pytest.raises(desk.DeskRefused, match="Only held mail"):
        desk.release(message, at=clock.now())


def test_staff_try_failed_mail_again_with_the_whole_table_before_it(smtp, write_mail):
    message = write_mail()
    with smtp(Server(data_answer="554 no")):
        sending.deliver(message.pk)

    desk.retry(message, at=clock.now())

    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error[:3]) == (State.QUEUED, 0, "(55")
    with smtp(Server()):
        assert sweeping.drain() == [Outcome.SENT]
    assert list(message.history.values_list("outcome", flat=True)) == [Outcome.FAILED, Outcome.SENT]


def test_staff_need_not_wait_for_the_next_attempt(smtp, write_mail):
    message = write_mail()
    with smtp(Server(data_answer="452 later")):
        sending.deliver(message.pk)

    desk.retry(message, at=clock.now())

    with smtp(Server()):
        assert sweeping.drain() == [Outcome.SENT]


def test_staff_cannot_send_a_sent_mail_again(smtp, write_mail):
    message = write_mail()
    with smtp(Server()):
        sending.deliver(message.pk)

    with pytest.raises(desk.DeskRefused, match="Only mail that failed"):
        desk.retry(message, at=clock.now())


def test_what_sent_mail_said_and_to_whom_is_erased_after_its_time(smtp, write_mail):
    old, recent, unsent = write_mail(), write_mail(), write_mail()
    with smtp(Server()):
        sending.deliver(old.pk)
        sending.deliver(recent.pk)
    Attempt.objects.update(detail="contact@mission.example: 450")
    Message.objects.filter(pk=old.pk).update(sent_at=clock.now() - timedelta(days=91))
    at = clock.now()

    erased = [sweeping.erase_old_bodies(at=at, after=timedelta(days=90)) for _ in range(2)]

    kept = Message.objects.in_bulk()
    assert erased == [1, 0]
    assert (kept[old.pk].body, kept[old.pk].subject, kept[old.pk].to, kept[old.pk].delivered_to) == ("", "", [], [])
    assert (kept[old.pk].body_erased_at, kept[old.pk].message_id) == (at, old.message_id)
    assert [kept[message.pk].to for message in (recent, unsent)] == [["contact@mission.example"]] * 2
    assert list(Attempt.objects.order_by("message_id").values_list("detail", flat=True)) == [
        "",
        "contact@mission.example: 450",
    ]


def test_a_secret_mail_whose_text_is_gone_still_loses_its_addresses_after_its_time(smtp, write_mail):
    message = write_mail(is_secret=True)
    with smtp(Server()):
        sending.deliver(message.pk)

    erased = sweeping.erase_old_bodies(at=clock.now() + timedelta(days=91), after=timedelta(days=90))

    message.refresh_from_db()
    assert (erased, message.to) == (1, [])


def test_mail_that_was_given_up_is_erased_after_its_time_and_cannot_be_tried_again(smtp, write_mail):
    message = write_mail(at=clock.now() - timedelta(days=91))
    with smtp(Server(data_answer="554 no")):
        sending.deliver(message.pk)

    erased = sweeping.erase_old_bodies(at=clock.now(), after=timedelta(days=90))

    message.refresh_from_db()
    assert (erased, message.state, message.to, message.last_error) == (1, State.FAILED, [], "")
    with pytest.raises(desk.DeskRefused):
        desk.retry(message, at=clock.now())
