"""What the mail desk refuses about addresses; the mail stays as it was.  R-10"""

import threading

import pytest

import clock
from outbox import desk
from outbox.models import Message, State
from tests.at_once import together

pytestmark = pytest.mark.django_db


def put(message, **changes):
    Message.objects.filter(pk=message.pk).update(**changes)
    message.refresh_from_db()
    return message


def test_a_mail_is_left_without_an_address_neither_waiting_nor_again(write_mail):
    waiting, sent = write_mail(), put(write_mail(), state=State.SENT, next_attempt_at=None, sent_at=clock.now())

    with pytest.raises(desk.DeskRefused, match="needs an address"):
        desk.readdress(waiting, to=[], cc=[], at=clock.now())
    with pytest.raises(desk.DeskRefused, match="needs an address"):
        desk.send_again(sent, to=[], cc=[], at=clock.now())

    assert Message.objects.count() == 2
    assert Message.objects.get(pk=waiting.pk).to == waiting.to


def test_who_has_received_it_stays_among_the_addresses(write_mail):
    message = put(write_mail(to=["one@a.example", "two@b.example"]), delivered_to=["one@a.example"])

    with pytest.raises(desk.DeskRefused, match=r"one@a\.example has already received it"):
        desk.readdress(message, to=["three@c.example"], cc=[], at=clock.now())
    desk.readdress(message, to=["one@a.example", "three@c.example"], cc=[], at=clock.now())

    assert Message.objects.get().to == ["one@a.example", "three@c.example"]


def release_twice_at_once(message, release):
    """Release the held `message` in two threads; how many did."""
    return together(*[lambda: release(message)] * 2).count("done")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_release_a_mail_at_the_same_time_one_is_refused(write_mail):
    assert release_twice_at_once(write_mail(hold=True), lambda message: desk.release(message, at=clock.now())) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_condition_of_the_update_both_would_release_it(write_mail):
    """The negative control: both see that it is held, and then both release it."""
    both_have_seen = threading.Barrier(2)

    def release(message):
        assert Message.objects.filter(pk=message.pk, state=State.HELD).exists()
        both_have_seen.wait(10)
        now = clock.now()
        Message.objects.filter(pk=message.pk).update(state=State.QUEUED, queued_at=now, next_attempt_at=now)

    assert release_twice_at_once(write_mail(hold=True), release) == 2


def release_and_discard_at_once(message, release, discard):
    """Release the held `message` in one thread and discard it in another; how many of the two did."""
    did = []

    def first():
        release(message)
        did.append("released")

    def second():
        if discard(message):
            did.append("discarded")

    together(first, second)
    return len(did)


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_is_released_and_discarded_at_the_same_time_is_either(write_mail):
    message = write_mail(hold=True)

    assert release_and_discard_at_once(message, lambda mail: desk.release(mail, at=clock.now()), desk.discard) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_condition_of_the_deletion_a_released_mail_would_be_gone(write_mail):
    """The negative control: what was seen to be held is deleted, though it is released by then."""
    is_seen, is_released = threading.Event(), threading.Event()

    def release(message):
        is_seen.wait(10)
        desk.release(message, at=clock.now())
        is_released.set()

    def discard(message):
        assert Message.objects.filter(pk=message.pk, state=State.HELD).exists()
        is_seen.set()
        is_released.wait(10)
        return Message.objects.filter(pk=message.pk).delete()[0] > 0

    assert release_and_discard_at_once(write_mail(hold=True), release, discard) == 2
