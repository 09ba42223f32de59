"""What the public sees of the room: screens, telephones, machines.  R-29 R-41 R-35"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from floor import standings
from floor.acts import calling, messaging
from speakers.delegations import access
from speakers.models import Inscription, SpeakersList
from tests.factories import STAFF, make_delegation, make_focal_point, make_inscription
from tests.floor.room import OPENS, after, entry, make_room, press

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_the_room():
    with clock.stopped(OPENS):
        yield


def signed_in(delegation_code):
    """A browser signed in as the focal point of a delegation."""
    client, address = Client(), f"{delegation_code.lower()}@missions.example"
    session = client.session
    session[access.ADDRESS] = address
    session.save()
    return client


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_display_says_who_speaks_how_long_and_who_follows_without_a_cookie_or_a_contact(client):
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin)
    messaging.show(meeting, "Lunch at one", by=STAFF, at=OPENS)

    with clock.stopped(after(45)):
        answer = client.get("/meetings/dialogue/display/")

    page = text(answer)
    assert '<p class="display-name" data-length="short">Aaa<' in page
    assert ">2:15<" in page
    assert page.index("Bbb") < page.index("Ccc")
    assert "Lunch at one" in page
    assert "@" not in page
    assert not answer.cookies


@pytest.mark.parametrize("page", ["display/", "now/"])
def test_a_speaker_without_a_functional_title_is_named_in_the_room_and_on_telephones(client, page):
    meeting = make_room()
    SpeakersList.objects.update(shows_speaker_names=True)
    Inscription.objects.update(speaker_name="Ms. Example", speaker_title="")
    press(meeting, calling.call)

    assert "Ms. Example</bdi>" in text(client.get(f"/meetings/dialogue/{page}"))


def test_the_clock_counts_up_once_the_limit_is_passed(client):
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin)

    with clock.stopped(after(187)):
        page = text(client.get("/meetings/dialogue/display/"))

    assert ">+0:07<" in page
    assert 'data-colour="red"' in page


def test_the_same_is_given_to_machines(client):
    meeting = make_room()
    press(meeting, calling.call)

    state = client.get("/meetings/dialogue/now.json").json()

    assert (state["current"]["name"], state["current"]["state"]) == ("Aaa", "called")
    assert [each["name"] for each in state["next"]] == ["Bbb", "Ccc"]
    assert state["sitting"]["ends_in_words"] == "1:00 p.m."


@pytest.mark.parametrize("page", ["display/", "now/", "now.json", "now/own/"])
def test_a_meeting_that_is_not_published_is_not_shown(client, page):
    make_room(is_published=False)

    assert client.get(f"/meetings/dialogue/{page}").status_code == 404


def test_a_delegation_sees_its_own_turn_and_says_that_it_is_in_the_room():
    meeting = make_room()
    make_focal_point(make_delegation("CCC"))
    browser = signed_in("CCC")

    page = text(browser.get("/meetings/dialogue/now/"))
    assert "2 speakers before you." in page
    assert "Place 3 on the list." in page

    address = f"/meetings/dialogue/now/{entry(meeting, 'CCC').public_id}/presence/"
    assert browser.post(address, {"present": "yes"}).status_code == 302
    assert "You said at 11:00 a.m. that you were in the room." in text(browser.get("/meetings/dialogue/now/"))
    assert browser.get("/meetings/dialogue/now.json").json()["next"][2]["is_present"]


def test_a_visitor_who_is_not_signed_in_is_led_to_sign_in_and_back_to_this_page(client):
    make_room()

    page = text(client.get("/meetings/dialogue/now/"))

    assert 'href="/meetings/dialogue/speakers/sign-in/?back=/meetings/dialogue/now/"' in page


def test_a_delegation_cannot_mark_another_present():
    meeting = make_room()
    make_focal_point(make_delegation("CCC"))
    address = f"/meetings/dialogue/now/{entry(meeting, 'AAA').public_id}/presence/"

    assert signed_in("CCC").post(address, {"present": "yes"}).status_code == 404
    assert Client().post(address, {"present": "yes"}).status_code == 302
    assert not Client().get("/meetings/dialogue/now.json").json()["next"][0]["is_present"]


def test_a_called_entry_can_no_longer_say_so_and_reads_why():
    meeting = make_room()
    make_focal_point(make_delegation("AAA"))
    press(meeting, calling.call)

    answer = signed_in("AAA").post(
        f"/meetings/dialogue/now/{entry(meeting, 'AAA').public_id}/presence/", {"present": "yes"}
    )

    assert answer.status_code == 422
    assert "not waiting to be called" in text(answer)


@pytest.mark.parametrize("page", ["display/", "now/", "now.json", "now/own/"])
def test_a_page_takes_the_same_queries_whatever_the_number_of_entries(client, page, django_assert_num_queries):
    meeting = make_room("AAA")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/meetings/dialogue/{page}")
    for code in ["BBB", "CCC", "DDD"]:
        make_inscription(meeting, make_delegation(code))
    standings.forget()

    with django_assert_num_queries(len(one)):
        client.get(f"/meetings/dialogue/{page}")


def test_only_pages_of_the_room_may_read_the_streams_if_these_have_a_port_of_their_own(client, settings):
    make_room()
    settings.LIVE_PORT = 8001

    policy = client.get("/meetings/dialogue/display/")["Content-Security-Policy"]

    assert "connect-src 'self' http://localhost:8001" in policy
    assert "http" not in client.get("/meetings/dialogue/")["Content-Security-Policy"]

    settings.LIVE_PORT = None
    assert "http" not in client.get("/meetings/dialogue/display/")["Content-Security-Policy"]
