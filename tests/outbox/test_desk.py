"""What the mail desk refuses about addresses; the mail stays as it was.  R-10"""

import pytest

import clock
from outbox import desk
from outbox.models import Message, State

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
