"""A link used by two browsers, and codes guessed by many, at the same instant.  R-59"""

import threading

import pytest
from django.db.models import F
from django.test import Client

import clock
from speakers.delegations import signing_in
from speakers.models import SignIn, WrongCodes
from tests.at_once import together
from tests.factories import OPEN, make_meeting
from tests.speakers.delegations.test_access import ask, code_of, is_signed_in, last_mail, link_of, wrong

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mail():
    """The mail of one sign-in, while the clock stands."""
    with clock.stopped(OPEN):
        make_meeting()
        ask(Client())
        yield last_mail()


def press(browser, path, statuses):
    def act():
        with clock.stopped(OPEN):
            statuses.append(browser.post(path).status_code)

    return act


def use_link_in_two_browsers(mail):
    """How the two were answered, and how many are signed in then."""
    browsers, statuses = [Client(), Client()], []
    path = link_of(mail)

    assert together(*[press(browser, path, statuses) for browser in browsers]) == ["done", "done"]

    return sorted(statuses), sum(map(is_signed_in, browsers))


def test_a_link_used_at_once_by_two_browsers_signs_in_one(mail):
    assert use_link_in_two_browsers(mail) == ([302, 410], 1)


def test_without_the_condition_of_the_update_it_would_sign_in_both(mail, monkeypatch):
    """The negative control: both see that the link is not used, and then both use it."""
    both_have_seen = threading.Barrier(2)

    def spend(sign_in, at):
        is_free = SignIn.objects.filter(pk=sign_in.pk, used_at=None).exists()
        both_have_seen.wait(10)
        return is_free and SignIn.objects.filter(pk=sign_in.pk).update(used_at=at) == 1

    monkeypatch.setattr(signing_in, "_spend", spend)

    assert use_link_in_two_browsers(mail) == ([302, 302], 2)


def test_the_code_and_the_link_of_a_mail_used_at_once_sign_in_one(mail):
    asked, token, proved = [SignIn.objects.get().pk], link_of(mail).rstrip("/").rpartition("/")[2], []

    ends = together(
        lambda: proved.append(signing_in.use_code(code_of(mail), asked=asked, at=OPEN)),
        lambda: proved.append(signing_in.use_link(token, at=OPEN)),
    )

    assert ends == ["done", "done"]
    assert proved.count(None) == 1


THREADS = 10


def guess_at_once(mail, *, times):
    """Guess in ten threads, so many times each; how often the code was compared."""
    asked, guess = [SignIn.objects.get().pk], wrong(code_of(mail))

    def act():
        for _ in range(times):
            signing_in.use_code(guess, asked=asked, at=OPEN)

    assert together(*[act] * THREADS) == ["done"] * THREADS
    return WrongCodes.objects.get().number


def test_of_fifty_guesses_at_once_at_one_code_five_are_compared(mail):
    assert guess_at_once(mail, times=5) == signing_in.ATTEMPTS_PER_CODE
    assert SignIn.objects.get().failed_attempts == signing_in.ATTEMPTS_PER_CODE
    assert signing_in.use_code(code_of(mail), asked=[SignIn.objects.get().pk], at=OPEN) is None


def test_without_the_condition_of_the_update_more_would_be_compared(mail, monkeypatch):
    """The negative control: all see that the code was not tried, and then all try it."""
    all_have_seen = threading.Barrier(THREADS)

    def may_try(sign_in, at):
        is_within = SignIn.objects.get(pk=sign_in.pk).failed_attempts < signing_in.ATTEMPTS_PER_CODE
        if is_within:
            all_have_seen.wait(10)
            SignIn.objects.filter(pk=sign_in.pk).update(failed_attempts=F("failed_attempts") + 1)
        return is_within

    monkeypatch.setattr(signing_in, "_may_try", may_try)

    assert guess_at_once(mail, times=1) == THREADS
