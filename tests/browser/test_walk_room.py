"""The console and the moderator's script by keyboard alone: where the focus is after each step, and that it is seen."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from floor.acts import calling, messaging, noting
from floor.models import Room, Turn
from tests.browser.desk import enter
from tests.browser.keys import Keys
from tests.browser.visitor import NARROW, WIDE
from tests.factories import STAFF, make_delegation, make_inscription, make_meeting
from tests.floor.room import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["desk", "telephone"])


@pytest.fixture
def meeting():
    """A meeting whose morning sitting is held now, with seven delegations on its list."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=9),
        closes_at=now - timedelta(days=5),
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=7),
    )
    for name in ["Australia", "Chile", "Denmark", "Ghana", "Japan", "Rwanda", "Slovenia"]:
        make_inscription(meeting, make_delegation(name[:3].upper(), name), at=now - timedelta(days=6))
    return meeting


@pytest.fixture
def site(served, live, meeting):
    return f"{served.replace('127.0.0.1', 'localhost')}/meetings/{meeting.slug}/floor/"


@pytest.fixture
def at(visit, site):
    """The page `below` the console, before a conference officer with a keyboard."""

    def come(below="", viewport=WIDE, language="en"):
        visitor = visit(viewport=viewport)
        page = enter(visitor, site + below, may=["run_room"], language=language)
        return page, Keys(page)

    return come


def button(page, name):
    return page.get_by_role("main").get_by_role("button", name=name)


@SIZES
def test_a_statement_is_called_begun_and_ended_and_the_end_taken_back(at, viewport):
    page, keys = at(viewport=viewport)
    name = page.locator(".now-name")

    keys.use(button(page, "Call the next"))
    expect(name).to_have_text("Australia")
    keys.is_on(name)
    keys.use(button(page, "Start the clock"))
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    keys.is_on(name)
    keys.use(page.get_by_role("button", name="Pause", exact=True))
    expect(page.locator(".clock-words")).to_contain_text("paused")
    keys.is_on(name)
    keys.use(button(page, "Resume the clock"))
    expect(page.locator(".clock-words")).not_to_contain_text("paused")
    keys.go_to(page.get_by_role("button", name="End", exact=True))
    keys.press("Enter")
    expect(button(page, "Call the next")).to_be_visible()
    keys.is_on(name)
    keys.press("u")
    keys.is_on(page.locator("[data-key=u]"))
    keys.press("g")
    expect(name).to_have_text("Australia")
    keys.is_on(name)

    assert Turn.objects.get(inscription__delegation__code="AUS").state == "speaking"


@SIZES
def test_a_message_and_a_point_of_order_are_typed_and_leave_the_next_key_to_an_act(at, viewport):
    page, keys = at(viewport=viewport)
    name = page.locator(".now-name")
    keys.press("n")
    expect(name).to_have_text("Australia")
    keys.press("s")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()

    keys.go_to(page.get_by_label("Message", exact=True))
    keys.type("Lunch at one")
    keys.press("Enter")
    expect(page.locator(".on-screens")).to_contain_text("Lunch at one")
    keys.is_on(page.get_by_role("heading", name="Message on the screens"))
    keys.press("o")
    keys.is_on(page.get_by_label("Raised by"))
    keys.type("Ghana")
    keys.press("Enter")
    expect(page.locator(".clock-words")).to_contain_text("paused: point of order, Ghana")
    keys.is_on(page.get_by_role("heading", name="Point of order"))
    keys.use(button(page, "Take it down"), by="Shift+Tab")
    expect(page.locator(".on-screens")).to_have_count(0)
    keys.is_on(page.get_by_role("heading", level=1))

    assert Room.objects.get().message == ""


def test_a_field_that_is_refused_gets_the_focus_back_with_what_was_typed(at):
    page, keys = at()
    keys.press("n")
    expect(button(page, "Start the clock")).to_be_visible()
    keys.press("s")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()

    keys.press("o")
    keys.type("Atlantis")
    keys.press("Enter")

    field = page.get_by_label("Raised by")
    expect(field).to_have_attribute("aria-invalid", "true")
    keys.is_on(field)
    expect(field).to_have_value("Atlantis")
    expect(field).to_have_accessible_description(re.compile("^“Atlantis” does not say which delegation"))


def test_the_floor_is_opened_muted_and_closed(at):
    page, keys = at()
    floor = page.get_by_role("heading", name="Open floor")

    keys.press("f")
    keys.is_on(button(page, "Open the floor"))
    keys.press("Enter")
    expect(page.locator(".open-floor .tag")).to_have_text("open")
    keys.is_on(floor)
    keys.use(button(page, "Mute the queue"))
    expect(page.locator(".open-floor .tag")).to_have_text("muted")
    keys.is_on(floor)
    keys.press("f")
    keys.is_on(button(page, "Close the open floor"))
    keys.press("Enter")
    expect(page.locator(".open-floor .tag")).to_have_text("closed")
    keys.is_on(floor)


def test_a_question_takes_the_focus_and_gives_it_back_when_it_is_closed(at, meeting):
    page, keys = at()

    keys.go_to(page.get_by_label("No one else is to be heard"))
    keys.press("Space")
    keys.use(button(page, "Conclude the meeting"))
    keys.is_on(page.get_by_role("heading", name="Conclude the meeting now?"))
    keys.use(page.get_by_role("link", name="No, wait"))

    expect(page.get_by_role("heading", name="Conclude the meeting now?")).to_have_count(0)
    keys.is_on(page.locator(".now-name"))
    assert Room.objects.filter(concluded_at__isnull=False).count() == 0


def test_what_a_colleague_does_moves_the_focus_only_if_its_place_is_gone(at, meeting):
    page, keys = at()
    chile = page.locator(".upcoming", has_text="Chile").get_by_role("button", name="Not seen yet")
    keys.go_to(chile)

    press(meeting, calling.call, datetime.now(UTC))
    expect(page.locator(".now-name")).to_have_text("Australia", timeout=15000)
    keys.is_on(chile)
    press(meeting, calling.begin, datetime.now(UTC))
    messaging.show(meeting, "A colleague's words", by=STAFF, at=datetime.now(UTC))
    expect(page.locator(".on-screens")).to_be_visible(timeout=15000)
    keys.is_on(chile)
    press(meeting, calling.advance, datetime.now(UTC))
    expect(page.locator(".now-name")).to_have_text("Chile", timeout=15000)
    keys.is_on(page.get_by_role("heading", name="Next", exact=True))


@SIZES
def test_the_script_takes_remarks_and_notes_and_says_that_they_are_saved(at, meeting, viewport):
    noting.note_meeting(meeting, "Thank the interpreters.", by=STAFF, at=datetime.now(UTC))
    page, keys = at("script/", viewport=viewport)

    keys.go_to(page.get_by_role("textbox").first)
    keys.type("Please keep to three minutes.")
    keys.use(button(page, "Save it"))
    keys.is_on(page.get_by_role("status"))
    expect(page.locator(".remarks")).to_contain_text("Please keep to three minutes.")
    keys.go_to(page.get_by_role("textbox").last)
    keys.press("Control+End")
    keys.type(" And the ushers.")
    keys.use(button(page, "Save the notes"))
    keys.is_on(page.get_by_role("status"))

    assert Room.objects.get().note == "Thank the interpreters. And the ushers."


@pytest.mark.parametrize("language", ["en", "ar"])
@SIZES
def test_every_stop_of_the_room_is_seen(at, meeting, viewport, language):
    page, keys = at(viewport=viewport, language=language)
    stops = {"console": keys.walk()}

    for below in ("script/", "forecast/", "insert/", "limits/", "switches/"):
        page.goto(page.url.partition("/floor/")[0] + f"/floor/{below}")
        stops[below] = keys.walk()

    assert min(stops.values()) > 15
