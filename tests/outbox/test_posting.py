"""A mail is a row first.  R-10"""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from outbox.models import Message, State
from outbox.posting import post, together


@pytest.mark.django_db
def test_a_posted_mail_is_queued_with_a_message_id_of_its_own(write_mail):
    first, second = write_mail(), write_mail()

    assert first.state == second.state == State.QUEUED
    assert first.next_attempt_at == first.queued_at == first.created_at
    assert first.message_id != second.message_id
    assert first.message_id.endswith("@localhost>")


@pytest.mark.django_db
def test_posting_twice_under_one_key_keeps_the_first(write_mail):
    first = write_mail(key="receipt/1", subject="first")

    again = write_mail(key="receipt/1", subject="second")

    assert (again.pk, again.subject) == (first.pk, "first")
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_a_second_post_leaves_the_surrounding_transaction_usable(write_mail):
    with transaction.atomic():
        write_mail(key="receipt/1")
        write_mail(key="receipt/1")
        write_mail(key="receipt/2")

    assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_mail_of_an_act_that_is_rolled_back_is_never_sent(write_mail):
    with transaction.atomic():
        write_mail()
        transaction.set_rollback(True)

    assert Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_posting_under_one_key_at_the_same_time_writes_once(write_mail):
    barrier = threading.Barrier(4)
    seen = []

    def act():
        try:
            barrier.wait(10)
            with transaction.atomic():
                seen.append(write_mail(key="the same").message_id)
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert seen == [Message.objects.get().message_id] * 4


@pytest.mark.django_db
def test_mails_posted_together_are_written_as_cheaply_as_one(write_mail, django_assert_num_queries):
    with django_assert_num_queries(2 if connection.vendor == "postgresql" else 1), together():
        for number in (1, 2, 3):
            post(key=f"k/{number}", kind="k", subject=f"s {number}", body="b", to=["a@x.example"])

    assert [message.subject for message in Message.objects.order_by("key")] == ["s 1", "s 2", "s 3"]


@pytest.mark.django_db
def test_what_is_posted_together_is_not_written_where_the_act_fails(write_mail):
    @together()
    def act():
        post(key="k", kind="k", subject="s", body="b", to=["a@x.example"])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()

    assert Message.objects.count() == 0


@pytest.mark.django_db
def test_held_mail_waits_for_staff(write_mail):
    message = write_mail(hold=True)

    assert (message.state, message.queued_at, message.next_attempt_at) == (State.HELD, None, None)


@pytest.mark.django_db
def test_no_recipient_is_named_twice():
    post(
        key="k",
        kind="k",
        subject="s",
        body="b",
        to=["a@x.example", " A@X.example ", "b@x.example", ""],
        cc=["B@x.example", "c@x.example", "c@x.example"],
    )

    message = Message.objects.get(key="k")
    assert (message.to, message.cc) == (["a@x.example", "b@x.example"], ["c@x.example"])


@pytest.mark.django_db
def test_a_mail_to_copies_only_goes_to_the_first_of_them():
    post(key="k", kind="k", subject="s", body="b", to=[""], cc=["a@x.example", "b@x.example"])

    message = Message.objects.get(key="k")
    assert (message.to, message.cc) == (["a@x.example"], ["b@x.example"])


@pytest.mark.django_db
def test_a_mail_without_recipients_is_not_stored():
    post(key="k", kind="k", subject="s", body="b", to=[], cc=[" "])

    assert Message.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("one\r\nBcc: all@x.example", "one Bcc: all@x.example"),
        ("a\0b\x1bc\u2028d\u0085e\ud800f", "a b c d e f"),
        ("  Inscription   received  ", "Inscription received"),
        ("شكرا 中文", "شكرا 中文"),
        ("x" * 400, "x" * 250),
    ],
)
def test_a_subject_is_one_line_without_control_characters(write_mail, given, kept):
    assert write_mail(subject=given).subject == kept


@pytest.mark.django_db
def test_a_text_keeps_its_lines_and_loses_control_characters(write_mail):
    assert write_mail(body="one\r\ntwo\rthree\tfour\0\x07\ud800\n").body == "one\ntwo\nthree\tfour\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"state": State.SENDING},
        {"state": State.SENT},
        {"state": State.HELD},
        {"next_attempt_at": None},
        {"queued_at": None},
    ],
)
def test_the_database_refuses_a_state_that_makes_no_sense(write_mail, change):
    message = write_mail()

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**change)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("marks", "urgency"),
    [
        ({"is_secret": True}, 0),
        ({"kind": "speakers.acknowledgement"}, 1),
        ({"kind": "speakers.established"}, 2),
        ({"kind": "floor.in_lieu"}, 2),
        ({"kind": "registration.approved"}, 2),
        ({"kind": "registration.voucher", "is_secret": True}, 2),
    ],
)
def test_a_code_is_most_urgent_and_what_goes_to_many_least(marks, urgency):
    post(key="k", **{"kind": "notice", "to": ["a@missions.example"], "subject": "S", "body": "B"} | marks)

    assert Message.objects.get().urgency == urgency
