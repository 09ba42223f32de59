"""The officer's console without any script: forms, words, and who may press.  R-32 to R-37"""

import re
from html import unescape

import pytest
from django.test import Client

import clock
from floor import standings
from floor.acts import calling
from journal.models import Payload
from tests.factories import DEADLINE, STAFF
from tests.floor.room import OPENS, after, current, last_called, make_room, press, waiting

pytestmark = pytest.mark.django_db
CONSOLE = "/meetings/dialogue/floor/"
ASKED = r'(?s)<section class="asked".*?</section>'


def do(client, act, at=OPENS, **typed):
    """Press a button of the console at the moment `at`, and return the page that follows."""
    with clock.stopped(at):
        return client.post(f"{CONSOLE}acts/{act}/", typed, follow=True)


def look(client, at=OPENS):
    with clock.stopped(at):
        return client.get(CONSOLE)


def test_a_conference_officer_runs_a_whole_statement_with_forms_alone(officer):
    meeting = make_room()

    do(officer, "call")
    do(officer, "begin", expected=last_called(meeting))
    do(officer, "pause", after(60), expected=last_called(meeting))
    do(officer, "continue", after(90), expected=last_called(meeting))
    do(officer, "advance", after(200), expected=last_called(meeting))

    assert current(meeting).of.code == "BBB"
    assert waiting(meeting) == ["CCC"]


def test_a_refusal_comes_back_as_words_on_the_page(officer):
    meeting = make_room()
    press(meeting, calling.call)

    answer = do(officer, "call", expected="")

    assert "Someone else acted first: Aaa has been called" in answer.content.decode()


@pytest.mark.parametrize(("act", "typed"), [("call", {}), ("conclude", {"sure": "yes"})])
def test_before_its_time_the_page_asks_and_what_it_asks_can_be_pressed(officer, act, typed):
    meeting = make_room()
    before = standings.read(meeting).version

    asked = do(officer, act, DEADLINE, **typed)
    assert standings.read(meeting).version == before
    assert "It is early: the sitting starts on Tuesday, 6 September 2016" in asked.content.decode()
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', re.search(ASKED, asked.content.decode())[0]))
    done = do(officer, act, DEADLINE, **{name: unescape(value) for name, value in sent.items()})

    assert re.search(ASKED, done.content.decode()) is None
    assert standings.read(meeting).version > before


@pytest.mark.parametrize(
    ("act", "field", "typed"), [("message", "message", "Please\0"), ("point-of-order", "raised_by", "\u202eRwanda")]
)
def test_what_cannot_be_shown_is_told_at_its_field_and_nothing_is_done(officer, act, field, typed):
    meeting = make_room(shows_speaker_names=True)
    version = standings.read(meeting).version

    answer = do(officer, act, **{field: typed})

    assert answer.status_code == 422
    assert "This contains a character that cannot be shown" in str(answer.context["press"].errors[field])
    assert "This contains a character that cannot be shown" in answer.content.decode()
    assert standings.read(meeting).version == version


def test_a_stranger_is_sent_to_sign_in_and_other_staff_are_refused(sign_in):
    make_room()

    assert look(Client()).status_code == 302
    assert look(sign_in("Civil society officer")).status_code == 403
    assert do(sign_in("Read only"), "call").status_code == 403


def test_staff_who_may_only_read_are_led_to_the_record_which_links_to_no_page_closed_to_them(sign_in):
    make_room()
    reader = sign_in("List officer")

    answer = look(reader)

    assert answer.headers["Location"] == f"{CONSOLE}record/"
    assert f'href="{CONSOLE}script/"' not in reader.get(f"{CONSOLE}record/").content.decode()


def test_an_act_is_a_post_and_an_unknown_one_is_not_found(officer):
    make_room()

    assert officer.get(f"{CONSOLE}acts/call/").status_code == 405
    assert do(officer, "dance").status_code == 404


def test_the_page_costs_the_same_whatever_the_number_of_entries(officer, django_assert_max_num_queries):
    make_room(*[f"A{number:02d}" for number in range(30)])
    look(officer)

    with django_assert_max_num_queries(12):
        answer = look(officer)

    assert answer.status_code == 200


def test_the_name_of_the_officer_is_kept_with_the_act(officer):
    meeting = make_room()

    do(officer, "call")

    kept = Payload.objects.filter(entry__stream=meeting.journal_stream, entry__act="called").latest("pk")
    assert (kept.actor_name, kept.entry.actor_role) == ("conference-officer", STAFF.role)
