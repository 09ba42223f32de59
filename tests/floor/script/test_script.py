"""The moderator's script: forms of address in order, what was said about time, private notes."""

from datetime import timedelta

import pytest
from django.utils import translation

import clock
from floor import standings
from floor.acts import calling, inserting
from floor.models import Turn
from floor.script import addressing, script
from speakers.models import Delegation, Inscription
from tests.factories import STAFF, make_delegation, make_inscription, make_meeting
from tests.floor.room import OPENS, entry, make_room, press
from tests.floor.views.test_typed_acts import reply, switch_replies_on

pytestmark = pytest.mark.django_db
SCRIPT = "/meetings/dialogue/floor/script/"


def a_turn(**facts):
    """A turn of Rwanda's Minister, with `facts` of the inscription changed."""
    meeting = make_room("KEN")
    rwanda = make_delegation("RWA", "Rwanda")
    Delegation.objects.filter(pk=rwanda.pk).update(formal_name={"en": "the Republic of Rwanda"})
    rwanda.refresh_from_db()
    speaker = {"speaker_prefix": "H.E. Ms.", "speaker_name": "Louise Mushikiwabo", "speaker_title": "Minister"}
    return Turn(inscription=make_inscription(meeting, rwanda, **speaker | facts))


@pytest.mark.parametrize(
    ("prefix", "said"),
    [("H.E. Mr.", "His Excellency Mr."), ("H.E. Ms.", "Her Excellency Ms."), ("Dr.", "Dr."), ("H.E. Dr.", "H.E. Dr.")],
)
def test_a_form_of_address_is_read_in_full_if_it_says_who_is_addressed(prefix, said):
    assert addressing.spoken_prefix(prefix) == said


def test_the_floor_is_given_with_person_title_and_delegation():
    said = addressing.announcement(a_turn())

    assert said == (
        "I now give the floor to Her Excellency Ms. Louise Mushikiwabo, Minister of the Republic of Rwanda."
    )


def test_a_title_that_names_the_delegation_does_not_name_it_twice():
    said = addressing.in_full(a_turn(speaker_title="Minister for Foreign Affairs of Rwanda"))

    assert said == "Her Excellency Ms. Louise Mushikiwabo, Minister for Foreign Affairs of Rwanda"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "the Republic of Rwanda"), ("ar", "رواندا"), ("fr", "la République du Rwanda")]
)
def test_a_delegation_is_named_in_full_in_a_language_that_has_its_formal_name_and_otherwise_in_short(language, said):
    formal = {"en": "the Republic of Rwanda", "fr": "la République du Rwanda"}
    short = {"en": "Rwanda", "ar": "رواندا", "fr": "Rwanda"}
    turn = a_turn()
    Delegation.objects.filter(code="RWA").update(short_name=short, formal_name=formal)
    turn = Turn(inscription=Inscription.objects.get(pk=turn.inscription.pk))
    turn.inscription.delegation_name = turn.inscription.delegation_in_full = ""

    with translation.override(language):
        assert addressing.delegation_in_full(turn) == said


def test_a_speaker_to_be_confirmed_is_the_representative_of_the_delegation():
    turn = a_turn(speaker_prefix="", speaker_name="", speaker_title="")

    assert addressing.in_full(turn) == "the representative of the Republic of Rwanda"


def test_a_group_is_named():
    turn = a_turn(capacity="group", group_name="the Group of Friends")

    assert addressing.in_full(turn).endswith(", who will speak on behalf of the Group of Friends")


def test_a_group_on_the_register_is_read_with_its_article():
    meeting = make_room("AAA")
    make_inscription(meeting, make_delegation("BBB"), capacity="group", group_name="African Group")

    said = script.lines(standings.read(meeting))[0].announcement

    assert ", who will speak on behalf of the African Group, to be followed by" in said


def test_the_script_names_who_follows_in_the_order_of_the_floor():
    meeting = make_room("AAA", "BBB")
    inserting.insert(meeting, prefix="Mr.", name="Jan Eliasson", title="Deputy Secretary-General", by=STAFF, at=OPENS)
    press(meeting, calling.call)

    said = [line.announcement for line in script.lines(standings.read(meeting))]

    assert said == [
        "I now give the floor to Mr. Jan Eliasson, Deputy Secretary-General, "
        "to be followed by Her Excellency Ms. Speaker of Aaa of Aaa.",
        "I now give the floor to Her Excellency Ms. Speaker of Aaa, Permanent Representative of Aaa, "
        "to be followed by Her Excellency Ms. Speaker of Bbb of Bbb.",
        "I now give the floor to Her Excellency Ms. Speaker of Bbb, Permanent Representative of Bbb.",
    ]


def test_a_reply_is_announced_as_one():
    meeting = make_room("AAA")
    switch_replies_on(meeting)
    reply(meeting, "BBB")

    said = script.lines(standings.read(meeting))[-1].announcement

    assert said == (
        "I now give the floor to the representative of Bbb, who has asked to speak in exercise of the right of reply."
    )


def test_what_was_said_about_time_is_kept_with_its_moment(officer):
    make_room()

    with clock.stopped(OPENS):
        officer.post(SCRIPT, {"form": "remark", "words": "Three minutes, please."})
        page = officer.get(SCRIPT).content.decode()

    assert '<span class="numeral">11:00 a.m.</span> Three minutes, please.' in page


@pytest.mark.parametrize("page", ["script", "paper"])
def test_script_and_paper_say_so_if_no_one_is_waiting(officer, page):
    make_meeting()

    answer = officer.get(f"/meetings/dialogue/floor/{page}/")

    assert answer.status_code == 200
    assert "No one is waiting to be called." in answer.content.decode()


def test_private_notes_stay_with_those_who_run_the_floor(officer, sign_in, client):
    meeting = make_room()

    officer.post(SCRIPT, {"form": "note", "note": "The Minister leaves at noon"})

    assert "The Minister leaves at noon" in officer.get(SCRIPT).content.decode()
    assert sign_in("List officer").get(SCRIPT).status_code == 403
    assert "leaves at noon" not in client.get(f"/meetings/{meeting.slug}/speakers/").content.decode()
    assert entry(meeting, "AAA")


@pytest.mark.parametrize("codes", [["AAA"], ["AAA", "BBB", "CCC", "DDD"]])
def test_the_script_costs_the_same_whatever_the_number_of_entries(officer, codes, django_assert_num_queries):
    make_room(*codes)

    with clock.stopped(OPENS), django_assert_num_queries(9):
        officer.get(SCRIPT)


def test_a_person_without_a_functional_title_is_said_with_the_delegation():
    turn = a_turn(speaker_title=" ")

    assert addressing.in_full(turn) == "Her Excellency Ms. Louise Mushikiwabo of the Republic of Rwanda"


def test_the_moderator_says_both_limits_where_groups_have_another():
    meeting = make_room(group_limit=timedelta(minutes=5))

    [said, *_others] = script.suggestions(standings.read(meeting))

    assert said.startswith(
        "Statements are limited to three minutes in national capacity and five minutes on behalf of a group. "
    )
