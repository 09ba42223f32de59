"""Guesses of passwords are limited by account and by network, in the database, and a lead is told.  R-78"""

import threading
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

import clock
from journal import position
from journal.models import Entry
from outbox.models import Message
from secretariat.models import GuessCount
from secretariat.signing_in import limits
from secretariat.tasks import erase_personal_data
from speakers.delegations import guesses
from tests.secretariat import pages
from tests.secretariat.signing_in.conftest import FRONT, guess, sign_in

AT = datetime(2016, 9, 1, 12, 0, tzinfo=UTC)
TOO_MANY = "There were too many attempts to sign in. Try again in 15 minutes"
LIMIT = limits.Limit("key", 5, limits.ACCOUNT_REACHED)


def acts():
    return list(Entry.objects.filter(stream="secretariat").values_list("act", "subject"))


@pytest.mark.django_db
def test_after_ten_wrong_passwords_the_right_one_is_refused_in_words_with_the_time_to_wait(make_staff):
    make_staff("officer", "List officer")

    last_allowed = guess(10)
    answer = sign_in(Client())

    assert last_allowed.status_code == 200
    assert answer.status_code == 429
    assert TOO_MANY in pages.text(answer)
    assert "sessionid" not in answer.cookies


@pytest.mark.django_db
def test_a_quarter_of_an_hour_later_the_person_signs_in(make_staff):
    make_staff("officer", "List officer")
    with clock.stopped(AT):
        guess(12)

    with clock.stopped(AT + timedelta(minutes=14)):
        too_early = sign_in(Client())
    with clock.stopped(AT + timedelta(minutes=15)):
        in_time = sign_in(Client())

    assert "Try again in 1 minute," in pages.text(too_early)
    assert in_time.status_code == 302


@pytest.mark.django_db
def test_a_stranger_who_guesses_from_one_network_locks_no_one_out_on_another(make_staff):
    make_staff("officer", "List officer")
    guess(40, network="198.51.100.7")

    answer = sign_in(Client(), network="192.0.2.1")

    assert answer.status_code == 302


@pytest.mark.django_db
def test_guesses_for_one_account_from_many_networks_are_limited_too(make_staff):
    make_staff("officer", "List officer")
    for number in range(6):
        guess(5, network=f"198.51.100.{number}")

    answer = guess(1, network="198.51.100.99")

    assert answer.status_code == 429


@pytest.mark.django_db
def test_in_a_browser_in_which_they_signed_in_before_a_person_is_not_stopped_by_strangers(make_staff):
    make_staff("officer", "List officer")
    own = Client()
    sign_in(own)
    own.post("/secretariat/logout/")
    for number in range(7):
        guess(5, network=f"198.51.100.{number}")
    guess(31, network="192.0.2.1")

    assert sign_in(own).status_code == 302
    assert sign_in(Client()).status_code == 429


@pytest.mark.django_db
def test_a_known_browser_may_guess_ten_times_and_is_unknown_for_another_account(make_staff):
    make_staff("officer", "List officer")
    make_staff("lead", "Secretariat lead")
    own = Client()
    sign_in(own)
    own.post("/secretariat/logout/")

    answers = [sign_in(own, password=f"wrong {number}").status_code for number in range(11)]
    guess(10, "lead")

    assert answers == [200] * 10 + [429]
    assert sign_in(own, "lead").status_code == 429


@pytest.mark.django_db
def test_a_forged_mark_of_a_known_browser_is_none(make_staff):
    make_staff("officer", "List officer")
    guess(10)
    forged = Client()
    forged.cookies["known_browser"] = "secret:é"

    assert sign_in(forged).status_code == 429


@pytest.mark.django_db
def test_one_network_may_try_thirty_passwords_whatever_the_names(make_staff):
    make_staff("officer", "List officer")
    for number in range(30):
        guess(1, f"name-{number}")

    answer = sign_in(Client())

    assert answer.status_code == 429
    assert acts() == [("network limit reached", "network")]


@pytest.mark.django_db
def test_names_are_one_account_however_they_are_typed(make_staff):
    make_staff("officer", "List officer")
    guess(5, "Officer")
    guess(5, " officer ")

    assert sign_in(Client()).status_code == 429


@pytest.mark.django_db
def test_sign_ins_that_succeed_do_not_count(make_staff):
    make_staff("officer", "List officer")

    answers = {sign_in(Client()).status_code for _ in range(35)}

    assert answers == {302}
    assert acts() == []


@pytest.mark.django_db
def test_nothing_that_was_typed_is_kept_or_logged(make_staff, caplog):
    make_staff("officer", "List officer")

    guess(11, "my password by mistake")

    kept = str(list(GuessCount.objects.values_list())) + str(list(Entry.objects.values_list()))
    assert acts() == [("account limit reached", "user/unknown")]
    assert "mistake" not in kept + caplog.text
    assert "192.0.2.1" not in kept + caplog.text


@pytest.mark.django_db
def test_a_lead_reads_on_the_front_page_that_a_limit_was_reached_and_others_do_not(make_staff):
    officer = make_staff("officer", "List officer")
    make_staff("lead", "Secretariat lead")
    guess(14)
    lead, other = Client(), Client()
    sign_in(lead, "lead")
    other.force_login(officer)

    told = lead.get(FRONT)

    assert acts() == [("account limit reached", f"user/{officer.pk}")]
    words = "Action needed: Too many passwords were tried for a staff account in the last 24 hours (1×)."
    assert words in pages.text(told)
    assert "/secretariat/journal/entry/?q=account+limit+reached" in told.content.decode()
    assert "Too many passwords" not in pages.text(other.get(FRONT))


def mailed():
    return list(Message.objects.order_by("pk").values_list("to", "body"))


@pytest.mark.django_db
def test_a_lead_is_mailed_what_the_front_page_says_and_others_are_not(make_staff):
    for name, group in [("lead", "Secretariat lead"), ("officer", "List officer"), ("former", "Secretariat lead")]:
        make_staff(name, group)
        User.objects.filter(username=name).update(email=f"{name}@office.example", is_active=name != "former")
    make_staff("silent", "Secretariat lead")

    with clock.stopped(AT):
        guess(11)

    [(to, body)] = mailed()
    assert to == ["lead@office.example"]
    assert "Too many passwords were tried for a staff account in the last 24 hours (1×)." in body
    assert "/secretariat/journal/entry/?q=account+limit+reached" in body


@pytest.mark.django_db
def test_a_lead_gets_at_most_one_mail_in_an_hour_of_each_kind(make_staff):
    make_staff("lead", "Secretariat lead")
    User.objects.update(email="lead@office.example")
    minutes = [0, 20, 59, 60, 61]

    for minute in minutes:
        for act in (limits.ACCOUNT_REACHED, limits.NETWORK_REACHED):
            at = AT + timedelta(minutes=minute)
            guesses.note_limit(act, subject="network", words=partial("{} {}".format, act), at=at)

    sent = [body.splitlines()[0] for _to, body in mailed()]
    assert sent == [f"{act} {number}" for number in (1, 4) for act in (limits.ACCOUNT_REACHED, limits.NETWORK_REACHED)]
    assert len(acts()) == 2 * len(minutes)


@pytest.mark.django_db
def test_a_day_later_the_front_page_is_silent_and_the_nightly_task_forgets_the_counts(make_staff):
    make_staff("officer", "List officer")
    with clock.stopped(AT):
        guess(11)
        told = limits.sentences(position.times("secretariat", limits.REACHED, after=AT - limits.TOLD_FOR))
    next_day = AT + timedelta(days=1)

    with clock.stopped(next_day):
        erase_personal_data()

    assert [act for _words, act in told] == [limits.ACCOUNT_REACHED]
    assert limits.sentences(position.times("secretariat", limits.REACHED, after=AT)) == []
    assert GuessCount.objects.count() == 0


def together(number, act):
    """Run `act` in so many threads that begin at the same time; what they returned or raised."""
    begin, answers = threading.Barrier(number), []

    def run():
        try:
            begin.wait(10)
            answers.append(act())
        except limits.TooManyGuesses as refusal:
            answers.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def count_one():
    return limits.count_guess([LIMIT], username="officer", at=AT)


@pytest.mark.django_db(transaction=True)
def test_of_guesses_at_the_same_time_no_more_are_admitted_than_the_limit_and_one_entry_is_kept():
    for _ in range(4):
        count_one()

    answers = together(2, count_one) + together(2, count_one)

    assert sum(isinstance(answer, limits.TooManyGuesses) for answer in answers) == 3
    assert len(acts()) == 1
    assert GuessCount.objects.get().number == 8


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_of_the_count_more_would_be_admitted(monkeypatch):
    for _ in range(4):
        count_one()
    both_have_read = threading.Barrier(2)

    class Unlocked:
        def __init__(self, rows):
            self.row = rows.get()

        def __enter__(self):
            both_have_read.wait(10)
            return self.row

        def __exit__(self, *_error):
            pass

    monkeypatch.setattr(guesses, "locked", Unlocked)

    answers = together(2, count_one)

    assert answers == [None, None]


@pytest.mark.django_db(transaction=True)
def test_two_browsers_at_the_same_time_do_not_pass_the_limit(make_staff):
    make_staff("officer", "List officer")
    guess(9)

    answers = together(2, lambda: sign_in(Client(), password="wrong").status_code)

    assert sorted(answers) == [200, 429]
