"""Sending to real SMTP servers that accept, refuse, postpone, or say nothing.  R-10"""

import asyncio
import email
import email.policy
import logging
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

import clock
from outbox.delivery import retrying, sending
from outbox.delivery.envelope import build
from outbox.models import MAX_LOST_CLAIMS, Attempt, Message, State
from tests.at_once import together
from tests.outbox.smtp_server import Server

Outcome = Attempt.Outcome
pytestmark = pytest.mark.django_db


def refusing(*lines):
    """An answer to recipients: those whose address begins with “refused” get the next of `lines`."""
    answers = iter(lines)
    return lambda address: next(answers) if address.startswith("refused") else None


def test_an_accepted_mail_is_sent_with_its_own_headers(smtp, write_mail):
    message = write_mail(cc=["copy@mission.example"], subject="Reçu — إيصال", body="Première ligne\n中文\n")

    with smtp(Server()) as server:
        outcome = sending.deliver(message.pk)

    [(recipients, content)] = server.accepted
    received = email.message_from_bytes(content, policy=email.policy.default)
    assert outcome == Outcome.SENT
    assert recipients == ["contact@mission.example", "copy@mission.example"]
    assert received["Message-ID"] == message.message_id
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["Subject"] == "Reçu — إيصال"
    assert received["Date"].datetime == message.created_at.replace(microsecond=0)
    plain, html = (part.get_content().replace("\r\n", "\n") for part in received.iter_parts())
    assert received.get_content_type() == "multipart/alternative"
    assert plain == "Première ligne\n中文\n"
    assert "<p>Première ligne<br>\n中文</p>" in html


def test_a_sent_mail_says_when_and_is_not_sent_again(smtp, write_mail):
    message = write_mail()

    with smtp(Server()) as server:
        outcomes = [sending.deliver(message.pk) for _ in range(3)]

    message.refresh_from_db()
    assert outcomes == [Outcome.SENT, None, None]
    assert len(server.accepted) == 1
    assert (message.state, message.attempts, message.lost_claims) == (State.SENT, 1, 0)
    assert message.sent_at >= message.created_at
    assert list(message.history.values_list("outcome", flat=True)) == [Outcome.SENT]


def test_a_held_mail_is_not_sent(smtp, write_mail):
    message = write_mail(hold=True)

    with smtp(Server()) as server:
        assert sending.deliver(message.pk) is None

    assert server.accepted == []


@pytest.mark.parametrize(
    "server", [Server(answer=lambda address: "451 4.7.1 greylisted"), Server(data_answer="452 4.3.1 disk full")]
)
def test_a_temporary_refusal_is_tried_again_later(smtp, write_mail, server):
    message = write_mail()

    with smtp(server):
        outcome = sending.deliver(message.pk)

    message.refresh_from_db()
    assert outcome == Outcome.RETRY
    assert (message.state, message.attempts) == (State.QUEUED, 1)
    assert timedelta(seconds=23) < message.next_attempt_at - message.history.get().at < timedelta(seconds=37)
    assert "45" in message.last_error


@pytest.mark.parametrize(
    "server",
    [
        Server(answer=lambda address: "550 5.1.1 no such mailbox"),
        Server(data_answer="554 5.6.0 refused"),
    ],
)
def test_a_permanent_refusal_fails_at_once_and_is_visible(smtp, write_mail, server):
    message = write_mail()

    with smtp(server):
        outcome = sending.deliver(message.pk)

    message.refresh_from_db()
    assert outcome == Outcome.FAILED
    assert (message.state, message.next_attempt_at) == (State.FAILED, None)
    assert "55" in message.last_error
    assert "55" in message.history.get().detail


def test_refusals_of_all_recipients_are_final_only_if_each_is_permanent(smtp, write_mail):
    message = write_mail(to=["refused1@x.example"], cc=["refused2@x.example"])

    with smtp(Server(answer=refusing("550 no", "450 later"))):
        outcome = sending.deliver(message.pk)

    assert outcome == Outcome.RETRY


def test_where_some_recipients_are_postponed_only_they_get_the_mail_again(smtp, write_mail):
    message = write_mail(to=["a@x.example"], cc=["refused@x.example", "c@x.example"])
    with smtp(Server(answer=refusing("450 greylisted"))) as first_server:
        first = sending.deliver(message.pk)
    Message.objects.update(next_attempt_at=clock.now())

    with smtp(Server()) as second_server:
        second = sending.deliver(message.pk)

    [(first_recipients, first_content)] = first_server.accepted
    [(second_recipients, second_content)] = second_server.accepted
    assert (first, second) == (Outcome.RETRY, Outcome.SENT)
    assert first_recipients == ["a@x.example", "c@x.example"]
    assert second_recipients == ["refused@x.example"]
    assert second_content == first_content


def test_where_some_recipients_are_refused_for_good_the_mail_fails_and_names_them(smtp, write_mail):
    message = write_mail(to=["a@x.example"], cc=["refused@x.example"])

    with smtp(Server(answer=refusing("550 5.1.1 unknown"))):
        outcome = sending.deliver(message.pk)

    message.refresh_from_db()
    assert outcome == Outcome.FAILED
    assert message.delivered_to == ["a@x.example"]
    assert message.last_error == "refused@x.example: 550 5.1.1 unknown"


def test_djangos_own_backend_would_call_that_mail_sent(smtp, settings, write_mail):
    """The negative control of the two tests above."""
    message = write_mail(to=["a@x.example"], cc=["refused@x.example"])

    with smtp(Server(answer=refusing("450 greylisted"))):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        outcome = sending.deliver(message.pk)

    assert outcome == Outcome.SENT


def test_a_silent_server_is_given_up_and_the_mail_is_tried_again(silent_smtp, write_mail):
    message = write_mail()

    outcome = sending.deliver(message.pk)

    assert outcome == Outcome.RETRY


def test_a_server_that_is_not_there_costs_one_attempt(settings, smtp, write_mail):
    message = write_mail()
    with smtp(Server()):
        pass

    assert sending.deliver(message.pk) == Outcome.RETRY


def test_a_mail_that_cannot_be_built_fails_and_is_visible(smtp, write_mail):
    message = write_mail(to=["a@x.example\nBcc: all@x.example"])

    with smtp(Server()) as server:
        outcome = sending.deliver(message.pk)

    message.refresh_from_db()
    assert (outcome, server.accepted) == (Outcome.FAILED, [])
    assert "BadHeaderError" in message.last_error


def test_after_the_last_attempt_of_the_table_a_mail_fails(silent_smtp, write_mail):
    message = write_mail()
    Message.objects.update(attempts=len(retrying.DELAYS))

    outcome = sending.deliver(message.pk)

    assert outcome == Outcome.FAILED
    assert Message.objects.get(pk=message.pk).state == State.FAILED


def test_the_retry_table_covers_about_six_hours_and_waits_longer_each_time():
    assert timedelta(hours=5.5) < sum(retrying.DELAYS, timedelta()) < timedelta(hours=6.5)
    assert sorted(retrying.DELAYS) == retrying.DELAYS
    assert retrying.delay(len(retrying.DELAYS) + 1) is None


def test_what_failed_together_does_not_come_back_together():
    delays = {retrying.delay(8) for _ in range(50)}

    assert len(delays) > 40
    assert min(delays) >= retrying.DELAYS[7] * 0.8
    assert max(delays) <= retrying.DELAYS[7] * 1.2


def test_a_lease_keeps_others_away_until_it_ends(write_mail):
    message = write_mail()
    at = clock.now()

    assert sending.claim(message.pk, at=at) is not None
    assert sending.claim(message.pk, at=at + sending.LEASE - timedelta(microseconds=1)) is None
    assert sending.claim(message.pk, at=at + sending.LEASE) is not None


def test_a_mail_is_claimed_five_times_without_an_outcome_and_never_a_sixth_time(write_mail):
    message = write_mail()
    at = clock.now()

    tokens = [sending.claim(message.pk, at=at + number * sending.LEASE) for number in range(MAX_LOST_CLAIMS + 2)]

    assert [token is not None for token in tokens] == [True] * MAX_LOST_CLAIMS + [False, False]


def test_an_outcome_that_comes_after_the_lease_has_gone_to_another_changes_nothing(smtp, write_mail):
    """The sender holds the mail so long that another one takes it; its own token is then no longer the row's."""
    message = write_mail()
    at = clock.now()
    late_token = sending.claim(message.pk, at=at)
    sending.claim(message.pk, at=at + sending.LEASE)
    held = Message.objects.get(pk=message.pk)

    sending.store_success(held, late_token)

    message.refresh_from_db()
    assert (message.state, message.lease_token) == (State.SENDING, held.lease_token)
    assert message.history.count() == 1


def test_a_sender_that_dies_after_the_server_said_yes_leaves_a_second_copy_with_the_same_message_id(smtp, write_mail):
    message = write_mail()
    with smtp(Server()) as server:
        first_claim = sending.claim(message.pk, at=message.created_at)
        build(Message.objects.get(pk=message.pk)).send()

        with clock.stopped(message.created_at + sending.LEASE):
            outcome = sending.deliver(message.pk)

    copies = [email.message_from_bytes(content)["Message-ID"] for _recipients, content in server.accepted]
    assert first_claim is not None
    assert outcome == Outcome.SENT
    assert copies == [message.message_id] * 2


def test_a_secret_text_is_erased_as_soon_as_it_is_sent(smtp, write_mail):
    secret, other = write_mail(body="Your code: 123456", is_secret=True), write_mail()

    with smtp(Server()) as server:
        sending.deliver(secret.pk)
        sending.deliver(other.pk)

    secret.refresh_from_db()
    other.refresh_from_db()
    assert b"123456" in server.accepted[0][1]
    assert (secret.body, secret.body_erased_at) == ("", secret.sent_at)
    assert (other.body, other.body_erased_at) == ("It was recorded.\n", None)


def test_the_log_names_no_address_no_subject_and_no_text(smtp, write_mail, caplog):
    caplog.set_level(logging.DEBUG, logger="outbox")
    message = write_mail(cc=["refused@mission.example"])

    with smtp(Server(answer=refusing("550 5.1.1 <refused@mission.example>: unknown"))):
        sending.deliver(message.pk)

    logged = [record.getMessage() for record in caplog.records if record.name.startswith("outbox")]
    assert logged == [f"Mail {message.pk} (acknowledgement) was not sent: SomeRefused 550; outcome: failed."]


class PausedServer(Server):
    """Accepts the mail only once it is told to go on."""

    def __init__(self):
        super().__init__()
        self.arrived = threading.Event()
        self.go_on = threading.Event()

    async def handle_DATA(self, server, session, envelope):
        self.arrived.set()
        await asyncio.get_running_loop().run_in_executor(None, self.go_on.wait, 5)
        return await super().handle_DATA(server, session, envelope)


def claims_of_two_threads(message, claim):
    """Let two threads claim `message` at the same time and return how many got it."""
    barrier = threading.Barrier(2)
    won = []

    def act():
        try:
            if claim(message.pk, barrier):
                won.append(True)
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return len(won)


@pytest.mark.django_db(transaction=True)
def test_of_two_senders_that_claim_at_the_same_time_one_gets_the_mail(write_mail):
    def claim(pk, barrier):
        barrier.wait(10)
        return sending.claim(pk, at=clock.now())

    counts = [claims_of_two_threads(write_mail(), claim) for _ in range(10)]

    assert counts == [1] * 10


@pytest.mark.django_db(transaction=True)
def test_reading_first_and_writing_then_would_give_it_to_both(write_mail):
    """The negative control of the test above: without the condition in the UPDATE both get the mail."""

    def claim(pk, barrier):
        is_due = Message.objects.due(clock.now()).filter(pk=pk).exists()
        barrier.wait(10)
        return is_due and Message.objects.filter(pk=pk).update(attempts=1)

    assert claims_of_two_threads(write_mail(), claim) == 2


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_is_being_sent_is_not_sent_by_another(settings, smtp, write_mail):
    message = write_mail()
    outcomes = []

    def act():
        try:
            outcomes.append(sending.deliver(message.pk))
        finally:
            connection.close()

    with smtp(PausedServer()) as server:
        settings.EMAIL_TIMEOUT = 5
        first = threading.Thread(target=act)
        first.start()
        server.arrived.wait(5)
        second = sending.deliver(message.pk)
        server.go_on.set()
        first.join(10)

    assert (outcomes, second) == ([Outcome.SENT], None)
    assert len(server.accepted) == 1


def store_two_outcomes_at_once(message, store):
    """Store the outcomes of two senders, of whom the first held the mail until its lease ended; how many counted."""
    due = clock.now() - 2 * sending.LEASE
    Message.objects.update(created_at=due, queued_at=due, next_attempt_at=due)
    first = sending.claim(message.pk, at=due)
    second = sending.claim(message.pk, at=clock.now())

    assert together(lambda: store(message, first), lambda: store(message, second)) == ["done", "done"]
    message.refresh_from_db()
    assert message.history.count() == 2
    return message.attempts


@pytest.mark.django_db(transaction=True)
def test_of_two_outcomes_at_the_same_time_only_that_of_the_sender_who_holds_the_mail_counts(write_mail):
    message = write_mail()
    assert store_two_outcomes_at_once(message, sending.store_success) == 1
    assert message.state == State.SENT


@pytest.mark.django_db(transaction=True)
def test_without_the_fencing_token_both_outcomes_would_count(write_mail):
    """The negative control: an outcome is stored whichever sender holds the mail."""
    message = write_mail()

    def store(message, _token):
        now = clock.now()
        held = {"attempts": F("attempts") + 1, "state": State.SENT, "sent_at": now}
        Message.objects.filter(pk=message.pk).update(**held, lease_until=None, lease_token=None)
        Attempt.objects.create(message=message, at=now, outcome=Outcome.SENT)

    assert store_two_outcomes_at_once(message, store) == 2
