"""A mail server that is away or slow: no code waits behind other mail. One connection serves several.  R-10 R-74"""

import email
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections

import clock
from outbox.delivery import breaker, sweeping
from outbox.models import Attempt, MailServer, Message, State
from tests.config.serving import wait_until
from tests.outbox import smtp_server
from tests.outbox.conftest import use_port
from tests.outbox.smtp_server import Server
from tests.servers import free_port

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
GREYLISTING = "451 4.7.1 greylisted"


@pytest.fixture
def no_server(settings):
    """Nothing listens where mail is to go."""
    use_port(settings, free_port())


@pytest.fixture
def never_open(monkeypatch):
    """Without the protection."""
    monkeypatch.setattr(breaker, "STRIKES", 10_000)


def subjects(server):
    """The subjects of what the `server` accepted, in order."""
    return [email.message_from_bytes(content)["Subject"] for _recipients, content in server.accepted]


def write_receipts(write_mail, number, **fields):
    return [write_mail(subject=f"Receipt {each}", **fields) for each in range(number)]


def write_code(write_mail):
    return write_mail(subject="Code", is_secret=True)


def test_mails_that_are_sent_after_each_other_share_a_connection(smtp, write_mail):
    write_receipts(write_mail, 5)

    with smtp(Server()) as server:
        sweeping.drain()

    assert (len(server.accepted), server.connections) == (5, 1)


def test_a_connection_that_the_server_ends_costs_no_mail_and_no_attempt(smtp, write_mail):
    messages = write_receipts(write_mail, 5)

    with smtp(Server(at_most=2)) as server:
        sweeping.deliver_named(*[message.message_id for message in messages])

    assert (len(server.accepted), server.connections) == (5, 3)
    assert list(Message.objects.order_by().values_list("state", "attempts").distinct()) == [(State.SENT, 1)]
    assert not MailServer.objects.exists()


def test_after_a_refusal_of_one_mail_the_next_one_goes_out(smtp, write_mail):
    write_mail(to=["refused@mission.example"])
    write_receipts(write_mail, 2)

    with smtp(Server(answer=lambda address: GREYLISTING if address.startswith("refused") else None)) as server:
        sweeping.drain()

    assert len(server.accepted) == 2
    assert Message.objects.get(state=State.QUEUED).attempts == 1


def test_where_no_server_is_three_mails_try_and_the_others_wait(no_server, write_mail):
    write_receipts(write_mail, 10)

    sweeping.drain()

    assert Attempt.objects.count() == breaker.STRIKES
    assert Message.objects.filter(attempts=0, state=State.QUEUED).count() == 10 - breaker.STRIKES
    assert MailServer.objects.get().is_open


def test_with_the_breaker_off_each_mail_would_try(no_server, write_mail, never_open):
    write_receipts(write_mail, 10)

    sweeping.drain()

    assert Attempt.objects.count() == 10


def test_when_the_server_is_back_the_code_goes_first_and_then_everything(smtp, no_server, write_mail):
    write_receipts(write_mail, 6)
    sweeping.drain()
    write_code(write_mail)

    with smtp(Server()) as server:
        outcomes = sweeping.drain()

    assert subjects(server)[0] == "Code"
    assert len(outcomes) == 1 + 6 - breaker.STRIKES
    assert not MailServer.objects.get().is_open


def test_a_receipt_waits_for_the_pause_and_a_code_does_not(smtp, no_server, write_mail):
    write_receipts(write_mail, 4)
    sweeping.drain()

    with smtp(Server()) as server:
        receipt = sweeping.drain()
        write_code(write_mail)
        everything = sweeping.drain()

    assert (receipt, len(everything), subjects(server)[0]) == ([], 2, "Code")


def test_the_pauses_grow_and_a_failed_probe_lets_no_second_mail_follow(no_server, write_mail):
    write_receipts(write_mail, 20)
    sweeping.drain()
    pauses = []
    for _probe in range(6):
        MailServer.objects.update(next_at=clock.now())
        before = Attempt.objects.count()
        sweeping.drain()
        assert Attempt.objects.count() == before + 1
        pauses.append(round((MailServer.objects.get().next_at - clock.now()).total_seconds()))

    assert pauses == [10, 20, 40, 60, 60, 60]


def test_a_task_for_one_mail_sends_the_most_urgent_one_while_the_breaker_is_open(smtp, no_server, write_mail):
    receipts = write_receipts(write_mail, 4)
    sweeping.drain()
    write_code(write_mail)

    with smtp(Server()) as server:
        sweeping.deliver_named(receipts[-1].message_id)

    assert subjects(server) == ["Code", "Receipt 3"]


def test_a_greylisting_server_is_well(smtp, write_mail):
    write_receipts(write_mail, 5)

    with smtp(Server(answer=lambda address: GREYLISTING)):
        outcomes = sweeping.drain()

    assert outcomes == [Attempt.Outcome.RETRY] * 5
    assert not MailServer.objects.exists()


def test_a_person_who_drains_the_outbox_by_hand_closes_the_breaker(smtp, no_server, write_mail, capsys):
    write_receipts(write_mail, 5)
    sweeping.drain()

    with smtp(Server()):
        call_command("drain_outbox")

    assert "Sent: 2." in capsys.readouterr().out


def test_a_sender_that_died_in_its_turn_holds_up_others_for_a_minute_only():
    at = clock.now()
    server = MailServer.objects.create(strikes=3, is_open=True, next_at=at, held_until=at + 60 * SECOND)

    with breaker.turn(server, urgency=0, at=at + 59 * SECOND) as meanwhile:
        pass
    with breaker.turn(server, urgency=0, at=at + 60 * SECOND) as afterwards:
        pass

    assert (meanwhile, afterwards) == (False, True)


@pytest.fixture
def slow_server(settings, monkeypatch):
    """A server that takes a second for each mail, which counts as slow, and two workers that send what there is."""
    monkeypatch.setattr(breaker, "SLOW", timedelta(seconds=0.5))
    server = Server(seconds=1.0)
    with smtp_server.running(server) as port:
        use_port(settings, port)
        settings.EMAIL_TIMEOUT = 10
        yield server


def mails_before_a_code(server, write_mail):
    """How many mails go before a code that is asked for while two workers send twelve receipts in tasks of four."""
    receipts = write_receipts(write_mail, 12)
    tasks = [[message.message_id for message in receipts[first : first + 4]] for first in (0, 4, 8)]

    def work():
        try:
            while tasks:
                sweeping.deliver_named(*tasks.pop(0))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _worker in range(2)]
    for worker in workers:
        worker.start()
    wait_until(lambda: len(server.accepted) >= 4, "four receipts to be accepted")
    code, before = write_code(write_mail), len(server.accepted)
    tasks.insert(0, [code.message_id])
    wait_until(lambda: "Code" in subjects(server), "the code to be accepted")
    tasks.clear()
    Message.objects.filter(state=State.QUEUED).update(state=State.HELD, next_attempt_at=None, queued_at=None)
    for worker in workers:
        worker.join(20)
    return subjects(server).index("Code") - before


@pytest.mark.django_db(transaction=True)
def test_before_a_code_a_slow_server_gets_at_most_what_it_is_taking_already(slow_server, write_mail):
    assert mails_before_a_code(slow_server, write_mail) <= 2


@pytest.mark.django_db(transaction=True)
def test_with_the_breaker_off_a_code_would_wait_for_a_whole_task(slow_server, write_mail, never_open):
    assert mails_before_a_code(slow_server, write_mail) >= 3
