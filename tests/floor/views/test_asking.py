"""Asking for the floor from a telephone, and the queue on the console and the screens.  R-59 R-70"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from floor import standings
from floor.acts import asking, calling, opening, rounds
from floor.models import Room, Turn
from floor.state import state_of
from tests.factories import STAFF, make_delegation, make_focal_point
from tests.floor.acts.test_rounds import make_panel_slot
from tests.floor.room import OPENS, after, current, last_called, make_room, press, speak, waiting
from tests.floor.views.test_public import signed_in, text

pytestmark = pytest.mark.django_db
NOW = "/meetings/dialogue/now/"
FLOOR = "/meetings/dialogue/floor/"
ASK = "We are in the room and ask for the floor"


@pytest.fixture(autouse=True)
def _in_the_room():
    with clock.stopped(OPENS):
        yield


@pytest.fixture
def meeting():
    """A room in which the floor is open, AAA and BBB on the list."""
    meeting = make_room("AAA", "BBB")
    opening.open_floor(meeting, by=STAFF, at=OPENS)
    return meeting


def telephone(code):
    """A telephone signed in as the focal point of the delegation `code`."""
    make_focal_point(make_delegation(code))
    return signed_in(code)


def ask(meeting, code, second=0):
    return asking.ask(meeting, make_delegation(code), by=STAFF, at=after(second))


def do(client, act, **typed):
    return client.post(f"{FLOOR}acts/{act}/", typed, follow=True)


def test_a_delegation_asks_sees_how_many_asked_before_it_and_withdraws(meeting):
    ask(meeting, "YYY", -5)
    ask(meeting, "ZZZ", -4)
    browser = telephone("XXX")
    assert ASK in text(browser.get(NOW))

    assert browser.post(f"{NOW}XXX/ask/").status_code == 302
    page = text(browser.get(NOW))
    assert "2 delegations asked before you." in page
    assert "You asked at 11:00 a.m. for the floor." in page
    assert ASK not in page

    assert browser.post(f"{NOW}XXX/withdraw/").status_code == 302
    assert ASK in text(browser.get(NOW))
    assert waiting(meeting) == ["AAA", "BBB", "YYY", "ZZZ"]


def test_the_journal_names_who_asked_and_when_the_request_arrived(meeting):
    browser = telephone("XXX")

    with clock.stopped(after(7)):
        browser.post(f"{NOW}XXX/ask/")

    turn = Turn.objects.get(kind="open_floor")
    assert (turn.asked_at, turn.present_at) == (after(7), after(7))


def test_the_part_of_the_page_that_is_fetched_again_says_the_same(meeting):
    browser = telephone("XXX")
    assert ASK in text(browser.get(f"{NOW}own/"))

    browser.post(f"{NOW}XXX/ask/")

    assert "No delegation asked before you." in text(browser.get(f"{NOW}own/"))


def test_who_is_signed_in_and_has_no_turn_reads_so_and_the_page_fetches_it_again(meeting):
    opening.close_floor(meeting, by=STAFF, at=OPENS)
    browser = telephone("XXX")

    page = text(browser.get(f"{NOW}own/"))

    assert "You have no turn here." in page
    assert ASK not in page


def test_no_one_asks_for_another_delegation_and_a_stranger_is_led_to_sign_in(meeting):
    telephone("YYY")
    browser = telephone("XXX")

    for act in ("ask", "withdraw"):
        assert browser.post(f"{NOW}YYY/{act}/").status_code == 404
        answer = Client().post(f"{NOW}YYY/{act}/")
        assert answer["Location"] == "/meetings/dialogue/speakers/sign-in/?back=/meetings/dialogue/now/"
        assert browser.get(f"{NOW}XXX/{act}/").status_code == 405
    assert not Turn.objects.filter(kind="open_floor").exists()


def test_while_the_queue_is_muted_the_telephone_says_so_and_a_request_is_refused_in_words(meeting):
    browser = telephone("XXX")
    opening.mute(meeting, by=STAFF, at=OPENS)

    assert "No more requests are taken for now." in text(browser.get(NOW))
    answer = browser.post(f"{NOW}XXX/ask/")

    assert answer.status_code == 422
    assert "Those who asked keep their place." in text(answer)


def test_who_asked_before_the_floor_was_closed_still_sees_its_place(meeting):
    browser = telephone("XXX")
    browser.post(f"{NOW}XXX/ask/")
    opening.close_floor(meeting, by=STAFF, at=after(1))

    assert "No delegation asked before you." in text(browser.get(NOW))


def test_who_is_taken_by_the_moderator_and_called_reads_it(meeting):
    browser = telephone("XXX")
    browser.post(f"{NOW}XXX/ask/")
    turn = Turn.objects.get(kind="open_floor")
    asking.take_next(meeting, turn.identity, by=STAFF, at=after(1))
    assert "You are next." in text(browser.get(NOW))

    second = ask(meeting, "YYY", 2)
    asking.put_back(meeting, turn.identity, by=STAFF, at=after(3))
    asking.take_next(meeting, second.identity, by=STAFF, at=after(3))
    asking.take_next(meeting, turn.identity, by=STAFF, at=after(4))
    assert "The moderator takes you soon: 1 speaker before you." in text(browser.get(NOW))

    press(meeting, calling.call, after(5), identity=turn.identity)
    assert '<p class="own-state">called</p>' in text(browser.get(NOW))
    assert browser.post(f"{NOW}XXX/withdraw/").status_code == 422


def test_civil_society_is_not_offered_to_ask(meeting):
    assert ASK not in text(telephone("CS0123ABCD").get(NOW))


def test_the_public_reads_that_the_floor_is_open_and_who_speaks_from_it(meeting, client):
    turn = ask(meeting, "XXX")

    assert "The floor is open: 1 delegation asks for it." in text(client.get(NOW))
    assert "The floor is open" in text(client.get("/meetings/dialogue/display/"))
    press(meeting, calling.call, identity=turn.identity)
    press(meeting, calling.begin)

    for page in (NOW, "/meetings/dialogue/display/"):
        assert "open floor</span>" in text(client.get(page))
    state = client.get("/meetings/dialogue/now.json").json()
    assert (state["current"]["kind"], state["open_floor"]) == ("open_floor", {"state": "open", "asking": 0})
    press(meeting, calling.end, after(30))
    assert "open floor" in text(client.get("/meetings/dialogue/statements/"))


def test_a_member_of_the_panel_is_shown_by_name_and_title(meeting, client):
    slot = make_panel_slot(meeting)
    rounds.set_rounds(meeting, speakers_per_round=1, panel_slot=slot, by=STAFF, at=OPENS)
    rounds.give_panel_the_floor(meeting, by=STAFF, at=OPENS)
    press(meeting, calling.call)

    page = text(client.get("/meetings/dialogue/display/"))

    assert "Mr. Adama Dieng" in page
    assert "Special Adviser" in page
    assert "panel</span>" in page


@pytest.mark.parametrize(
    ("state", "is_muted", "word"), [(OPENS, False, "open"), (OPENS, True, "muted"), (None, False, "closed")]
)
def test_the_state_says_whether_the_floor_is_open(state, is_muted, word):
    meeting = make_room()
    Room.objects.create(meeting=meeting, floor_opened_at=state, is_muted=is_muted)

    assert state_of(meeting, OPENS)["open_floor"] == {"state": word, "asking": 0}


def test_the_officer_runs_the_open_floor_from_the_console(officer):
    meeting = make_room("AAA", "BBB")
    do(officer, "open-floor")
    for number, code in enumerate(["VVV", "WWW", "XXX", "YYY", "ZZZ"]):
        ask(meeting, code, number)
    page = text(officer.get(FLOOR))
    assert "5 delegations ask for the floor." in page
    assert page.index("Vvv") < page.index("Zzz")
    assert page.count('id="turn-') == 7

    chosen = Turn.objects.get(delegation__code="YYY").identity
    do(officer, "take-next", entry=chosen)
    assert waiting(meeting)[0] == "YYY"
    do(officer, "put-back", entry=chosen)
    assert waiting(meeting)[0] == "AAA"
    do(officer, "mute")
    do(officer, "call", expected=last_called(meeting), entry=chosen)
    assert current(meeting).of.code == "YYY"
    assert "Take requests again" in text(officer.get(FLOOR))
    do(officer, "unmute")
    do(officer, "close-floor")
    assert "Open the floor" in text(officer.get(FLOOR))


def test_the_officer_enters_a_raised_sign(officer, meeting):
    make_delegation("XXX", "Côte d’Ivoire")
    assert "Côte d’Ivoire" in text(officer.get(f"{FLOOR}sign/"))

    refused = officer.post(f"{FLOOR}sign/", {"delegation": "Atlantis"})
    assert refused.status_code == 422
    assert "“Atlantis” does not say which delegation." in text(refused)
    answer = officer.post(f"{FLOOR}sign/", {"delegation": " cote d'ivoire "}, follow=True)

    assert "Côte d’Ivoire is in the queue of the open floor." in text(answer)
    assert waiting(meeting) == ["AAA", "BBB", "XXX"]


def test_the_console_proposes_the_reply_of_the_panel(officer, meeting):
    slot = make_panel_slot(meeting)
    assert "The panel" in text(officer.get(f"{FLOOR}rounds/"))
    officer.post(f"{FLOOR}rounds/", {"speakers_per_round": 1, "panel_slot": slot.pk})
    speak(meeting, 0, 10)

    assert "1 speaker has been heard in this round: the panel may reply." in text(officer.get(FLOOR))
    do(officer, "panel")

    assert waiting(meeting) == ["Mr. Adama Dieng", "Dr. Jennifer Welsh", "BBB"]
    page = text(officer.get(FLOOR))
    assert "the panel may reply" not in page
    assert "Let the panel reply" not in page


@pytest.mark.parametrize("size", [1, 12])
def test_the_queue_costs_the_same_few_queries_whatever_its_length(officer, meeting, size):
    for number in range(size):
        ask(meeting, f"D{number:02d}", number)
    browser = telephone("XXX")

    costs = []
    for client, page in ((officer, FLOOR), (browser, NOW), (Client(), NOW)):
        standings.forget()
        client.get(page)
        standings.forget()
        with CaptureQueriesContext(connection) as captured:
            client.get(page)
        costs.append(len(captured))

    assert costs[1:] == [6, 3]
    assert costs[0] <= 12
