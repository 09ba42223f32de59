"""Wrong codes over all addresses: how many are compared, and what a delegation does meanwhile.  R-11 R-59"""

import threading
from datetime import timedelta
from fractions import Fraction
from math import ceil

import pytest
from django.test import Client

import clock
from journal import position
from journal.models import Entry
from outbox.models import Message
from speakers.delegations import code_limit, guesses, signing_in
from speakers.forms import CodeForm
from speakers.models import SignIn, WrongCodes
from tests.at_once import together
from tests.factories import OPEN, make_focal_point, make_meeting
from tests.speakers.delegations.test_access import ask, code_of, enter, is_signed_in, last_mail, link_of, wrong

MISSIONS = 193
REFUSED = "no code is accepted for 180 minutes"


@pytest.fixture
def meeting(db):
    with clock.stopped(OPEN):
        made = make_meeting()
        make_focal_point()
        yield made


def wrong_so_far(number):
    WrongCodes.objects.create(pk=code_limit.ONLY, began_at=OPEN, number=number)


def number():
    return WrongCodes.objects.get().number


def refusals():
    return Entry.objects.filter(stream="secretariat", act=code_limit.REACHED).count()


def test_by_guessing_all_day_no_one_gets_in_by_more_than_one_chance_in_ten_thousand():
    windows = ceil(timedelta(days=1) / code_limit.WINDOW) + 1

    assert Fraction(windows * code_limit.MOST, 10**signing_in.DIGITS) < Fraction(1, 10_000)


def test_all_missions_may_use_up_the_attempts_of_a_code_at_the_deadline():
    assert MISSIONS * signing_in.ATTEMPTS_PER_CODE <= code_limit.MOST


def test_a_mailed_code_has_eight_digits_even_if_it_begins_with_zeros(meeting, monkeypatch):
    monkeypatch.setattr(signing_in.secrets, "randbelow", lambda most: 7 if most == 10**8 else most)

    ask(Client())

    assert code_of(last_mail()) == "00000007"


@pytest.mark.parametrize(
    "typed",
    [
        *("12345678", "1234 5678", "1234-5678", "12 34 56 78", "1234\u20135678", "1234\u22125678", "1234\xa05678"),
        *("\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18", "١٢٣٤٥٦٧٨", "\u200e12345678", " 12345678\n"),
    ],
)
def test_a_code_is_taken_as_it_is_pasted(typed):
    form = CodeForm({"code": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["code"] == "12345678"


@pytest.mark.parametrize("typed", ["123456", "123456789", "1234567a", "--------", "/", "1234\x00567"])
def test_what_is_no_code_is_not_compared(typed):
    assert "code" in CodeForm({"code": typed}).errors


def test_each_wrong_code_counts_and_a_right_one_does_not(client, meeting):
    ask(client)
    code = code_of(last_mail())

    enter(client, wrong(code))
    enter(client, wrong(code))
    after_wrong = number()
    enter(client, code)

    assert is_signed_in(client)
    assert (after_wrong, number()) == (2, 2)


def test_the_thousandth_wrong_code_is_compared_and_the_next_is_refused_in_words_that_say_what_to_do(client, meeting):
    wrong_so_far(code_limit.MOST - 1)
    ask(client)
    code = code_of(last_mail())

    thousandth = enter(client, wrong(code))
    next_one = enter(client, code)

    words = next_one.content.decode()
    assert (thousandth.status_code, next_one.status_code) == (422, 429)
    assert next_one.headers["Retry-After"] == str(3 * 60 * 60)
    assert REFUSED in words
    assert "Open the link in the mail instead" in words
    assert "inscription@office.example" in words
    assert "212-963-5063" in words
    assert not is_signed_in(client)


def test_the_same_is_said_of_every_code_to_everyone_until_the_window_ends(client, meeting):
    wrong_so_far(code_limit.MOST + 1)
    ask(client)
    code = code_of(last_mail())
    stranger = Client()
    ask(stranger, "somebody@elsewhere.example")

    answers = [enter(client, code), enter(client, wrong(code)), enter(stranger, code)]

    assert [answer.status_code for answer in answers] == [429] * 3
    assert all(REFUSED in answer.content.decode() for answer in answers)
    assert list(SignIn.objects.values_list("failed_attempts", flat=True)) == [0, 0]


def test_meanwhile_links_sign_in_and_a_person_not_on_record_can_file(meeting):
    wrong_so_far(code_limit.MOST + 1)
    delegate, unknown = Client(), Client()
    ask(delegate)
    delegate.post(link_of(last_mail()))
    ask(unknown, "somebody@elsewhere.example")
    unknown.post(link_of(last_mail()))

    page = unknown.get("/meetings/dialogue/speakers/inscribe/")

    assert is_signed_in(delegate)
    assert "This inscription will be unverified" in page.content.decode()


def test_when_the_window_ends_codes_are_compared_again(client, meeting):
    wrong_so_far(code_limit.MOST + 1)

    with clock.stopped(OPEN + code_limit.WINDOW - timedelta(seconds=1)):
        ask(client)
        last_second = enter(client, code_of(last_mail()))
    with clock.stopped(OPEN + code_limit.WINDOW):
        enter(client, code_of(last_mail()))
        in_time = is_signed_in(client)

    assert last_second.headers["Retry-After"] == "1"
    assert "for 1 minute." in last_second.content.decode()
    assert in_time
    assert number() == 0


def test_a_new_window_begins_with_the_first_code_after_it(meeting):
    wrong_so_far(code_limit.MOST + 1)
    later = OPEN + timedelta(days=30)

    code_limit.count_code(later)

    counted = WrongCodes.objects.get()
    assert (counted.began_at, counted.number) == (later, 1)


def test_a_right_code_is_not_taken_back_from_the_window_after_its_own(meeting):
    counted = code_limit.count_code(OPEN)
    code_limit.count_code(OPEN + code_limit.WINDOW)

    code_limit.take_back(counted)

    assert number() == 1


def test_taking_back_what_is_not_counted_refuses_no_one(meeting):
    counted = code_limit.count_code(OPEN)

    code_limit.take_back(counted)
    code_limit.take_back(counted)

    assert number() == 0


def test_what_the_limits_of_one_code_refuse_does_not_count_for_all(client, meeting):
    ask(client)
    code = code_of(last_mail())

    for _attempt in range(9):
        enter(client, wrong(code))

    assert number() == signing_in.ATTEMPTS_PER_CODE


def test_a_code_of_a_browser_that_was_mailed_two_counts_as_two_comparisons(client, meeting):
    ask(client)
    ask(client)
    codes = [code_of(mail) for mail in Message.objects.filter(kind="sign-in")]

    enter(client, next(other for other in ("00000000", "11111111", "22222222") if other not in codes))

    assert number() == 2


def test_it_is_journalled_once_in_a_window_without_any_address(client, meeting):
    wrong_so_far(code_limit.MOST)
    ask(client)
    for _attempt in range(3):
        enter(client, "00000000")

    entry = Entry.objects.get(act=code_limit.REACHED)

    assert (entry.subject, entry.actor_role) == ("sign-in codes", "system")
    assert (entry.payload.before, entry.payload.after) == (None, None)


def test_staff_are_told_for_a_day(client, meeting):
    wrong_so_far(code_limit.MOST)
    ask(client)
    enter(client, "00000000")

    def told(after):
        return code_limit.sentences(position.times("secretariat", [code_limit.REACHED], after=after).total())

    assert [act for _words, act in told(OPEN - timedelta(hours=1))] == [code_limit.REACHED]
    assert "(1×), and for up to three hours no code was accepted" in told(OPEN - timedelta(days=1))[0][0]
    assert told(OPEN) == []


def count_one(answers):
    def act():
        try:
            answers.append(code_limit.count_code(OPEN))
        except code_limit.CodesRefused as refusal:
            answers.append(refusal)

    return act


def is_refused(answer):
    return isinstance(answer, code_limit.CodesRefused)


@pytest.mark.django_db(transaction=True)
def test_of_codes_at_the_same_time_no_more_are_compared_than_the_limit_and_one_entry_is_kept():
    wrong_so_far(code_limit.MOST - 1)
    answers = []

    assert together(*[count_one(answers)] * 4) == ["done"] * 4

    assert sorted(map(is_refused, answers)) == [False, True, True, True]
    assert number() == code_limit.MOST + 3
    assert refusals() == 1


@pytest.mark.django_db(transaction=True)
def test_of_first_codes_at_the_same_time_each_is_counted():
    answers = []

    assert together(*[count_one(answers)] * 4) == ["done"] * 4

    assert number() == 4


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_of_the_count_more_would_be_compared(monkeypatch):
    """The negative control: two that read the count before either has written it are both admitted."""
    wrong_so_far(code_limit.MOST - 1)
    both_have_read, answers = threading.Barrier(2), []

    class Unlocked:
        def __init__(self, rows):
            self.row = rows.get()

        def __enter__(self):
            both_have_read.wait(10)
            return self.row

        def __exit__(self, *_error):
            pass

    monkeypatch.setattr(guesses, "locked", Unlocked)

    together(*[count_one(answers)] * 2)

    assert [is_refused(answer) for answer in answers] == [False, False]
