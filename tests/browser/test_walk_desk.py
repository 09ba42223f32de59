"""Lists, mail desk and board by keyboard alone: where the focus is after each step, and that it is seen."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from outbox.models import Message
from outbox.posting import post
from speakers.models import Inscription
from speakers.moves import pinning
from tests.browser.desk import enter
from tests.browser.keys import Keys
from tests.browser.visitor import NARROW, WIDE
from tests.factories import STAFF, make_delegation, make_inscription, make_meeting, order_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["desk", "telephone"])
LIST, MAIL = "speakers/inscription/", "outbox/message/"
BOARD = "speakers/inscription/board/dialogue/"


@pytest.fixture
def meeting():
    """Eight days from now: Ghana, Japan and Kenya on the list, France to be verified, and three mails that are held."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=3),
        starts_at=now + timedelta(days=8),
        ends_at=now + timedelta(days=8, hours=8),
    )
    at = now - timedelta(days=1)
    for name in ["Ghana", "Japan", "Kenya"]:
        make_inscription(meeting, make_delegation(name[:3].upper(), name), at=at)
    make_inscription(meeting, make_delegation("FRA", "France"), at=at, is_verified=False)
    for name in ["Ghana", "Japan", "Kenya"]:
        text = {"subject": f"A word to {name}", "body": "You speak.\n"}
        post(key=name, kind="speakers.bulk", to=["a@missions.example"], hold=True, **text)
    return meeting


@pytest.fixture
def site(served, live, meeting):
    return f"{served.replace('127.0.0.1', 'localhost')}/secretariat/"


@pytest.fixture
def at(visit, site):
    """The page `below` the secretariat's, before a superuser with a keyboard."""

    def come(below, viewport=WIDE, language="en"):
        visitor = visit(viewport=viewport)
        page = enter(visitor, site + below, language=language)
        return page, Keys(page)

    return come


def choose(page, keys, filter_name, choice):
    """Unfold a filter, and choose one of its choices."""
    keys.use(page.locator("summary", has_text=filter_name))
    keys.use(page.locator("details[open]").get_by_role("link", name=choice, exact=True))


@SIZES
def test_mails_are_filtered_chosen_looked_at_and_released(at, viewport):
    page, keys = at(MAIL, viewport)
    rows = page.locator("#result_list tbody tr")

    choose(page, keys, "State", "held")
    expect(page.locator("summary", has_text="State")).to_contain_text("held")
    expect(rows).to_have_count(3)
    keys.use(page.get_by_role("link", name="A word to Japan"))
    expect(page.get_by_role("main")).to_contain_text("You speak.")
    page.go_back()
    for number in (1, 2):
        keys.go_to(rows.nth(number).get_by_role("checkbox"))
        keys.press("Space")
    actions = page.get_by_label("Action:")
    keys.go_to(actions)
    keys.type("Release")
    keys.use(page.get_by_role("button", name="Go"))
    expect(page.get_by_role("main")).to_contain_text("A word to Ghana")
    keys.use(page.get_by_role("main").locator("input[type=submit], button[type=submit]").first)
    keys.is_on(page.locator(".messagelist"))

    assert list(Message.objects.filter(state="held").values_list("key", flat=True)) == ["Kenya"]


def test_a_text_with_a_fault_leads_to_what_is_wrong_and_from_there_to_the_field(at):
    page, keys = at("dialogue/mailtext/dialogue/acknowledgement/en/")

    keys.go_to(page.get_by_label("Subject"))
    keys.type("Received")
    keys.go_to(page.get_by_role("textbox", name="Text"))
    keys.press("Control+a")
    keys.type("Welcome, {nonsense}")
    keys.use(page.get_by_role("button", name="Preview"))
    keys.is_on(page.get_by_role("alert"))
    keys.go_to(page.get_by_role("textbox", name="Text"))
    text = "Plain text. Anything in braces is filled in for each mail. Unknown here: {nonsense}."
    expect(page.get_by_role("textbox", name="Text")).to_have_accessible_description(text)


@SIZES
def test_an_entry_of_the_list_is_found_verified_and_said_to_be(at, viewport):
    page, keys = at(LIST, viewport)
    rows = page.locator("#result_list tbody tr")

    choose(page, keys, "State", "to be verified")
    expect(rows).to_have_count(1)
    keys.go_to(rows.first.get_by_role("checkbox"))
    keys.press("Space")
    keys.go_to(page.get_by_label("Action:"))
    keys.type("Verify")
    keys.use(page.get_by_role("button", name="Go"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("erify")
    keys.use(page.locator(".submit-row input, .submit-row button").first)
    keys.is_on(page.locator(".messagelist"))

    assert Inscription.objects.get(delegation__code="FRA").state == "standing"


@SIZES
def test_a_row_of_the_board_is_moved_and_keeps_the_focus(at, meeting, viewport):
    page, keys = at(BOARD, viewport)
    handle = page.get_by_role("button", name="Pick up Kenya")

    keys.go_to(handle)
    keys.press("Enter", "ArrowUp")
    keys.is_on(handle)
    keys.press("Escape")
    keys.is_on(handle)
    keys.press("Enter", "ArrowUp", "ArrowUp", "Enter")
    keys.is_on(page.get_by_role("dialog").get_by_label("Reason"))
    keys.press("Escape")
    keys.is_on(handle)
    keys.press("Enter", "ArrowUp", "ArrowUp", "Enter")
    keys.is_on(page.get_by_role("dialog").get_by_label("Reason"))
    keys.type("Asked by the President")
    keys.use(page.get_by_role("dialog").get_by_role("button", name="Move", exact=True))
    expect(page.locator(".messagelist")).to_contain_text("Kenya was moved.")
    keys.is_on(handle)
    expect(page.locator("[data-announcer]")).to_contain_text("Kenya was moved.")
    keys.use(page.get_by_role("button", name="Undo the last move"), by="Shift+Tab")
    expect(page.locator(".messagelist")).to_contain_text("The last move was undone: Kenya.")
    keys.is_on(page.locator(".messagelist"))

    assert order_of(meeting) == ["GHA", "JAP", "KEN"]


def test_a_row_that_a_colleague_moves_keeps_the_focus(at, meeting):
    page, keys = at(BOARD)
    handle = page.get_by_role("button", name="Pick up Kenya")
    keys.go_to(handle)

    kenya, ghana = (meeting.speakers_list.inscriptions.get(delegation__code=code) for code in ["KEN", "GHA"])
    pinning.pin(kenya, before=ghana, reason="Agreed", by=STAFF, at=datetime.now(UTC))

    expect(page.locator("[data-news-shown]")).to_contain_text("Kenya was placed before Ghana.", timeout=15000)
    keys.is_on(handle)


@pytest.mark.parametrize("language", ["en", "ar"])
@SIZES
def test_every_stop_of_the_desk_is_seen(at, viewport, language):
    page, keys = at(BOARD, viewport, language)
    stops = {"the board": keys.walk()}

    for below in ("", "meetings/dialogue/", LIST, MAIL):
        page.goto(page.url.partition("/secretariat/")[0] + f"/secretariat/{below}")
        stops[below] = keys.walk()

    assert min(stops.values()) > 15
