"""The signals of microphones: their key, what they may do, and what they are answered."""

import json
import threading
from contextlib import contextmanager
from datetime import timedelta
from itertools import count

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import translation

import clock
from floor.acts import absence, calling, inserting
from floor.microphones import keys, showing, signalling
from floor.microphones.keys import KeyRefused
from floor.models import RoomSystem, Signal, Turn
from floor.models.microphones import LASTS
from journal.models import Entry
from tests.at_once import together
from tests.factories import STAFF, make_delegation, make_inscription, make_meeting
from tests.floor.room import OPENS, after, conclude, current, entry, make_room, press, speak, waiting

pytestmark = pytest.mark.django_db
PAGE = "/meetings/dialogue/floor/microphones/"
NUMBERS = count(1)


@pytest.fixture
def meeting():
    return make_room("AAA", "BBB", "CCC")


@pytest.fixture
def key(meeting):
    system, key = keys.make(meeting, "Room 4", by=STAFF, at=OPENS)
    keys.switch(system, is_on=True, by=STAFF, at=OPENS)
    return key


def post(key, content, at=OPENS, slug="dialogue", client=None, **headers):
    """What is answered to a signal that is sent as `content`: the status and the JSON."""
    headers = {"Authorization": f"Bearer {key}"} | headers
    with clock.stopped(at):
        answer = (client or Client()).post(
            f"/meetings/{slug}/microphones/", content, "application/json", headers=headers
        )
    assert answer["Content-Type"] in {"application/json", "application/problem+json"}
    return answer.status_code, answer.json()


def switch(key, place, is_on, at=OPENS):
    """The status and what a signal did, or why it was refused."""
    sent = {"delegation": place, "on": is_on, "id": str(next(NUMBERS))}
    status, found = post(key, sent, at)
    return status, found.get("result") or found["detail"]


def acts(subject="turn/"):
    found = Entry.objects.filter(subject__startswith=subject).order_by("pk")
    return list(found.values_list("act", "actor_role"))


def test_the_microphone_of_the_next_calls_it_and_begins_and_off_ends_it_and_the_journal_says_by_whom(meeting, key):
    assert switch(key, "aaa", True) == (200, "begun")
    assert switch(key, "AAA", False, after(120)) == (200, "ended")

    assert acts() == [("called", "microphones"), ("began", "microphones"), ("ended", "microphones")]
    assert Entry.objects.get(act="began").payload.actor_name == "Room 4"
    turn = Turn.objects.get(state="delivered")
    assert (turn.began_at, turn.ended_at, waiting(meeting)) == (OPENS, after(120), ["BBB", "CCC"])


def test_who_was_called_by_hand_begins_and_another_is_refused_in_words(meeting, key):
    press(meeting, calling.call)

    assert switch(key, "BBB", True) == (409, "Aaa has the floor.")
    assert switch(key, "AAA", True) == (200, "begun")
    assert switch(key, "AAA", True) == (200, "unchanged")
    assert switch(key, "BBB", False) == (200, "unchanged")


def test_no_signal_calls_anyone_but_the_next_and_the_officer_is_shown_what_was_refused(meeting, key, officer):
    status, words = switch(key, "CCC", True)

    assert (status, words) == (409, "Ccc is not next: Aaa is.")
    assert switch(key, "XXX", True) == (409, "“XXX” does not wait to be called. Next is Aaa.")
    assert (current(meeting), waiting(meeting)) == (None, ["AAA", "BBB", "CCC"])
    with clock.stopped(after(5)):
        page = officer.get("/meetings/dialogue/floor/").content.decode()
        news = officer.get("/meetings/dialogue/floor/state.json").json()["advice"]
    words = "Room 4: the microphone of XXX does nothing. “XXX” does not wait to be called. Next is Aaa."
    assert words in page
    assert words in news
    with clock.stopped(after(5) + showing.SHOWN_FOR):
        assert "does not wait" not in officer.get("/meetings/dialogue/floor/state.json").json()["advice"]


def test_the_console_says_what_the_microphones_did_and_switches_them_off_and_on(meeting, key, officer):
    switch(key, "AAA", True)
    system = RoomSystem.objects.get()

    def console():
        with clock.stopped(after(5)):
            return officer.get("/meetings/dialogue/floor/").content.decode()

    assert "By the microphones, at 11:00:00 a.m.: Aaa has begun." in " ".join(console().split())
    with clock.stopped(after(5)):
        assert officer.post(f"{PAGE}{system.public_id}/switch/", {"is_on": "no"}).status_code == 302
        assert officer.post(f"{PAGE}{system.public_id}/switch/", {"is_on": "perhaps"}).status_code == 404
    assert "do nothing here" in console()
    status, words = switch(key, "AAA", False, after(6))
    assert (status, words) == (409, "The signals of the microphones are switched off on the console.")
    assert current(meeting).is_speaking
    assert "of AAA does nothing" not in console()


def test_officers_read_what_the_microphones_did_in_their_own_language_and_the_system_in_english(meeting, key, officer):
    in_french = {"headers": {"accept-language": "fr"}}
    switch(key, "AAA", True)
    assert switch(key, "BBB", True) == (409, "Aaa has the floor.")
    with clock.stopped(after(5)):
        console = officer.get("/meetings/dialogue/floor/", **in_french).content.decode()
        news = officer.get("/meetings/dialogue/floor/state.json", **in_french).json()["advice"]
        page = officer.get(PAGE, **in_french).content.decode()

    said = [signalling.HAS_BEGUN, signalling.HAS_THE_FLOOR]
    with translation.override("fr"):
        begun, has_the_floor = (translation.gettext(each) % {"name": "Aaa"} for each in said)
    assert has_the_floor in news
    assert all(begun in each for each in (console, page))
    assert all(has_the_floor in each for each in (console, page))
    assert all(words not in each for words in ("has begun", "has the floor") for each in (console, news, page))


def test_a_microphone_that_is_on_again_at_once_reopens_the_statement_and_later_does_not(meeting, key):
    switch(key, "AAA", True)
    switch(key, "AAA", False, after(60))

    assert switch(key, "AAA", True, after(70)) == (200, "reopened")
    assert switch(key, "AAA", False, after(100)) == (200, "ended")
    assert switch(key, "AAA", True, after(111)) == (409, "“AAA” does not wait to be called. Next is Bbb.")
    assert Turn.objects.get(state="delivered").ended_at == after(100)


def test_one_that_has_just_ended_and_is_next_is_left_to_the_officer(meeting, key):
    own, group = (
        entry(meeting, "AAA"),
        make_inscription(meeting, make_delegation("AAA"), capacity="group", group_name="G"),
    )
    first, second = (str(each.public_id) for each in (group, own))
    assert waiting(meeting)[:2] == ["AAA", "AAA"]
    assert switch(key, first, True) == (200, "begun")
    switch(key, first, False, after(60))

    assert switch(key, "AAA", True, after(62)) == (409, "Aaa has just ended, and is next: call it on the console.")
    assert switch(key, second, True, after(63)) == (200, "begun")


def test_an_absent_speaker_and_one_outside_the_list_are_called_on_the_console(meeting, key):
    press(meeting, calling.call)
    press(meeting, absence.note_absence)
    guest = inserting.insert(meeting, name="Guest", by=STAFF, at=OPENS)

    assert switch(key, "BBB", True) == (409, "Bbb is not next: Guest is.")
    assert switch(key, guest.identity, True) == (200, "begun")
    assert switch(key, guest.identity, False, after(30)) == (200, "ended")
    assert switch(key, "BBB", True, after(40)) == (200, "begun")


def test_before_its_time_and_once_concluded_nothing_is_called(meeting, key):
    early = meeting.starts_at - timedelta(hours=2)

    assert switch(key, "AAA", True, early)[1].startswith("It is early")
    conclude(meeting)
    assert switch(key, "AAA", True) == (409, "The meeting is concluded.")
    assert switch(key, "podium", True) == (200, "ignored")


def test_when_no_one_waits_the_words_say_so(key, meeting):
    for number, _code in enumerate(("AAA", "BBB", "CCC")):
        speak(meeting, 100 * number, 100 * number + 50)

    assert switch(key, "CCC", True, after(300)) == (409, "No one is waiting to be called.")


def test_a_repeated_signal_does_nothing_twice_and_is_answered_alike(meeting, key):
    sent = {"delegation": "AAA", "on": True, "id": "one"}
    first = post(key, sent)
    press(meeting, calling.end, after(30))

    assert post(key, sent, after(31)) == first == (200, {"result": "begun", "detail": "Aaa has begun."})
    assert current(meeting) is None
    refused = {"delegation": "CCC", "on": True, "id": "two"}
    assert post(key, refused, after(32)) == post(key, refused, after(33))
    assert post(key, sent | {"on": False}) == (422, post(key, sent | {"on": False})[1])
    assert Signal.objects.count() == 2


def test_signals_out_of_order_or_from_long_ago_are_refused(meeting, key):
    def send(seconds, is_on):
        moment = after(seconds).isoformat()
        sent = {"delegation": "AAA", "on": is_on, "id": str(next(NUMBERS)), "at": moment}
        status, found = post(key, sent, after(60))
        return status, found.get("result") or found["detail"]

    assert send(50, True) == (200, "begun")
    assert send(49, False) == (409, "A later signal has been taken: this one came out of order.")
    assert send(-100, False) == (409, "The moment on the signal is more than two minutes away from now.")
    assert send(9999, False)[0] == 409
    assert send(50, False) == (200, "ended")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "delegation:"),
        ("[1]", "delegation:"),
        ("{" * 5000, "delegation:"),
        ({"delegation": "AAA", "on": "true", "id": "1"}, "on: Write true or false."),
        ({"delegation": "AAA", "on": 1, "id": "1"}, "on: Write true or false."),
        ({"delegation": ["AAA"], "on": True, "id": "1"}, "delegation: This is not a text."),
        ({"delegation": "AAA", "on": True, "id": 7}, "id: This is not a text."),
        ({"delegation": "AAA", "on": True}, "id: "),
        ({"delegation": "A" * 61, "on": True, "id": "1"}, "delegation: "),
        ({"delegation": "AA\0", "on": True, "id": "1"}, "delegation: "),
        ({"delegation": "AAA", "on": True, "id": "1", "at": "10:00"}, "at: Write a moment with its offset"),
        ({"delegation": "AAA", "on": True, "id": "1", "at": "2016-13-06T10:00:00Z"}, "at: Write a moment"),
        ({"delegation": "AAA", "on": True, "id": "1", "at": "2016-09-06T10:00:00"}, "at: Write a moment"),
        ({"delegation": "AAA", "on": True, "id": "1", "at": 5}, "at: Write a moment"),
        ({"delegation": "AAA", "on": True, "id": "1", "at": "9999-12-31T23:59:59-23:59"}, "at: Write a moment"),
        ({"delegation": "AAA", "on": True, "id": "1", "at": "0001-01-01T00:00:00+23:59"}, "at: Write a moment"),
        ('{"delegation": "AAA", "on": true, "id": "\\ud800"}', "id: This contains a character that cannot be shown"),
        ('{"delegation": "\\udfff", "on": true, "id": "1"}', "delegation: This contains a character"),
    ],
)
def test_what_is_no_signal_is_refused_in_json(meeting, key, content, words):
    status, found = post(key, content)

    assert (status, found["status"]) == (422, 422)
    assert words in found["detail"]
    assert not Signal.objects.exists()


def test_without_a_key_that_works_no_one_learns_anything(meeting, key):
    make_meeting("other")
    system, revoked = keys.make(meeting, "Revoked", by=STAFF, at=OPENS)
    keys.revoke(system, by=STAFF, at=OPENS)
    renewed, before = keys.make(meeting, "Renewed", by=STAFF, at=OPENS)
    keys.renew(renewed, by=STAFF, at=OPENS)
    sent = {"delegation": "AAA", "on": True, "id": "1"}

    answers = [post(each, sent) for each in ("", "wrong", revoked, before, RoomSystem.objects.first().token_hash)]
    answers += [post(key, sent, slug=slug) for slug in ("other", "none")]
    answers += [post(key, sent, at=meeting.ends_at + LASTS), post(key, sent, Authorization="Basic x")]

    assert {status for status, _found in answers} == {401}
    assert len({json.dumps(found) for _status, found in answers}) == 1
    assert current(meeting) is None


def test_every_answer_is_json_even_if_the_database_or_the_site_fails(meeting, key, monkeypatch):
    sent = {"delegation": "AAA", "on": True, "id": "1"}
    assert Client().get("/meetings/dialogue/microphones/").json()["status"] == 405
    client = Client(enforce_csrf_checks=True)
    assert post(key, sent, client=client)[0] == 200
    for error, status in ((DatabaseError("away"), 503), (ZeroDivisionError(), 500)):
        monkeypatch.setattr(signalling, "take", _raiser(error))
        answered, found = post(key, sent)
        assert answered == status
        assert "In the log of the site this has the number" in found["detail"]


def _raiser(error):
    def fail(*_args, **_named):
        raise error

    return fail


def test_a_system_that_sends_too_much_is_asked_to_wait(meeting, key):
    for _each in range(signalling.MOST):
        switch(key, "podium", True)

    assert switch(key, "AAA", True)[0] == 429
    assert switch(key, "AAA", True, after(signalling.WITHIN.seconds)) == (200, "begun")


def test_the_page_shows_a_key_once_and_the_latest_signals_to_officers_alone(meeting, officer, sign_in):
    with clock.stopped(OPENS):
        made = officer.post(PAGE, {"name": "Room 4"})
        again = officer.post(PAGE, {"name": "room 4"})
        system = RoomSystem.objects.get()
        key = made.context["shown"]["key"]
        keys.switch(system, is_on=True, by=STAFF, at=OPENS)
        switch(key, "CCC", True)
        shown = officer.get(PAGE).content.decode()
        renewed = officer.post(f"{PAGE}{system.public_id}/renew/")
        revoked = officer.post(f"{PAGE}{system.public_id}/revoke/", follow=True).content.decode()
        twice = officer.post(f"{PAGE}{system.public_id}/revoke/", follow=True).content.decode()
        switched = officer.post(f"{PAGE}{system.public_id}/switch/", {"is_on": "yes"}, follow=True).content.decode()

    assert key in made.content.decode()
    assert key not in shown
    assert (again.status_code, "renew its key" in again.content.decode()) == (422, True)
    assert "Ccc is not next: Aaa is." in shown
    assert renewed.context["shown"]["key"] != key
    assert "is revoked." in revoked
    assert "already been revoked" in twice
    assert "renew it first" in switched
    assert [act for act, _role in acts("microphones/")] == [
        "microphones key made",
        "microphones switched on",
        "microphones key renewed",
        "microphones key revoked",
    ]
    assert key not in json.dumps(list(Entry.objects.values("payload__after")))
    assert sign_in("Read only").get(PAGE).status_code == 403


def test_after_the_meeting_no_key_is_made_or_renewed(meeting, officer):
    system, _key = keys.make(meeting, "Room 4", by=STAFF, at=OPENS)
    late = meeting.ends_at + LASTS

    with pytest.raises(KeyRefused, match="over"):
        keys.make(meeting, "Room 5", by=STAFF, at=late)
    with clock.stopped(late):
        page = officer.post(f"{PAGE}{system.public_id}/renew/", follow=True).content.decode()
    assert "a key would have expired" in page


@contextmanager
def not_locked(of):
    """The negative control: the row as it is, which no one waits for."""
    yield of.get()


def both(key, one, other):
    """What two signals are answered that arrive at one instant."""
    answers = []

    def send(sent):
        return lambda: answers.append(post(key, sent))

    ends = together(send(one), send(other))
    return ends, answers


@pytest.mark.django_db(transaction=True)
def test_of_two_posts_at_once_exactly_one_acts_and_a_retry_is_answered_as_the_first(meeting, key):
    sent = {"delegation": "AAA", "on": True, "id": "one"}

    _ends, answers = both(key, sent, sent)
    _ends, others = both(key, sent | {"id": "two", "on": False}, sent | {"id": "three", "on": False})

    assert answers == [(200, {"result": "begun", "detail": "Aaa has begun."})] * 2
    assert sorted(found["result"] for _status, found in others) == ["ended", "unchanged"]
    assert [act for act, _role in acts()] == ["called", "began", "ended"]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_a_retry_at_the_same_instant_is_not_answered_as_the_first(meeting, key, monkeypatch):
    """The negative control: both find that the signal is new."""
    monkeypatch.setattr(signalling, "locked", not_locked)
    sent = {"delegation": "AAA", "on": True, "id": "one"}
    judged = signalling._judged  # noqa: SLF001  where both wait
    both_judge = threading.Barrier(2, timeout=5)

    def judge(signal, arrived_at):
        both_judge.wait()
        return judged(signal, arrived_at)

    monkeypatch.setattr(signalling, "_judged", judge)

    _ends, answers = both(key, sent, sent)

    assert len({json.dumps(each) for each in answers}) == 2
