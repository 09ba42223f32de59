"""The receipt once its entry was called, or has ended: what was, and what is still possible.  R-05 R-32 R-40"""

import re
from datetime import timedelta

import pytest

import clock
from floor.acts import calling
from speakers.entries import closing, withdrawing
from tests.factories import DEADLINE, OPEN, STAFF, make_delegation, make_focal_point, make_inscription, signed_in
from tests.floor.room import after, conclude, entry, make_room, press, speak

pytestmark = pytest.mark.django_db
CHANGES = ["Change the speaker", "Propose a swap", "Withdraw from the list", "provisional", "Add to a calendar"]


@pytest.fixture
def meeting():
    made = make_room()
    for code in ["AAA", "BBB", "CCC"]:
        make_focal_point(make_delegation(code))
    return made


def receipt(meeting, code, at):
    with clock.stopped(at):
        page = signed_in(f"{code.lower()}@missions.example").get(entry(meeting, code).get_absolute_url())
    return re.sub(r"\s+", " ", page.content.decode())


def offered(page):
    return [words for words in CHANGES if words in page]


def test_while_it_waits_everything_is_offered(meeting):
    assert offered(receipt(meeting, "AAA", OPEN)) == CHANGES


def test_at_the_rostrum_nothing_is_offered_but_the_officer(meeting):
    press(meeting, calling.call, after(0))

    page = receipt(meeting, "AAA", after(1))

    assert "Called to the floor." in page
    assert offered(page) == []


def test_a_delivered_one_says_when_it_spoke_and_for_how_long_and_takes_its_text(meeting):
    speak(meeting, 0, 178)

    page = receipt(meeting, "AAA", after(200))

    assert "took the floor on Tuesday, 6 September 2016" in page
    assert "for two minutes and 58 seconds." in page
    assert "Hand in the text of the statement" in page
    assert "Read the statements" in page
    assert "It was called, and so its place no longer changes." in page
    assert offered(page) == []


def test_one_that_was_not_reached_may_post_a_statement_in_lieu(meeting):
    closing.close_due_lists(at=DEADLINE + timedelta(minutes=1))
    speak(meeting, 0, 178)
    conclude(meeting, after(300))

    page = receipt(meeting, "CCC", after(400))

    assert "The meeting was concluded before the turn of Ccc." in page
    assert "Post a written statement in lieu of delivery" in page
    assert offered(page) == []


def test_a_withdrawn_one_offers_to_inscribe_again_or_late_or_nothing(meeting):
    withdrawing.withdraw(entry(meeting, "BBB"), by=STAFF, at=OPEN)

    pages = [receipt(meeting, "BBB", at) for at in (OPEN, DEADLINE, after(60 * 60 * 24))]

    assert [("Inscribe again" in each, "File a late request" in each) for each in pages] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    assert all("Withdrawn on" in each and offered(each) == [] for each in pages)


def test_an_unverified_one_says_whom_to_ask_and_can_be_withdrawn(meeting):
    make_inscription(
        meeting, make_delegation("DDD"), is_verified=False, contact_email="ddd@missions.example", speaker_name="X"
    )

    page = receipt(meeting, "DDD", OPEN)

    assert "Received, not yet verified." in page
    assert "inscription@office.example" in page
    assert offered(page) == ["Change the speaker", "Withdraw from the list"]


def home(meeting, code, at):
    with clock.stopped(at):
        page = signed_in(f"{code.lower()}@missions.example").get("/mission/")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_my_mission_says_what_became_of_each_entry_and_foresees_no_turn_of_one_that_is_over(meeting):
    speak(meeting, 0, 178)
    waits = home(meeting, "BBB", after(200))
    assert "national capacity · standing" in waits
    assert "You are next." in waits

    conclude(meeting, after(300))
    delivered, not_reached = (home(meeting, code, after(400)) for code in ("AAA", "BBB"))

    assert "national capacity · delivered" in delivered
    assert "national capacity · not reached" in not_reached
    for page in (delivered, not_reached):
        assert "You are next." not in page
        assert "Likely turn" not in page
        assert "can be handed in" not in page
