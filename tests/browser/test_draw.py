"""The order of a list and its draw in a real browser: staff take each step, everyone sees the public values.  R-21"""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from speakers.moves import drawing
from tests.browser.desk import sign_in
from tests.browser.visitor import NARROW, WIDE
from tests.factories import STAFF, make_delegation, make_inscription, make_meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize(("viewport", "colours"), [(WIDE, "light"), (NARROW, "dark")])
MINUTE = timedelta(minutes=1)


@pytest.fixture
def meeting():
    """A list that opened an hour ago with a draw committed to; three were received in its window."""
    opens_at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    meeting = make_meeting(
        policy="opening_window",
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=3),
        starts_at=opens_at + timedelta(days=8),
        ends_at=opens_at + timedelta(days=8, hours=8),
    )
    facts = {"window": 10 * MINUTE, "beacon": "The beacon of noon", "by": STAFF, "at": opens_at - MINUTE}
    drawing.commit(meeting.speakers_list, **facts)
    for code, name in [("GHA", "Ghana"), ("JPN", "Japan"), ("KEN", "Kenya")]:
        make_inscription(meeting, make_delegation(code, name), at=opens_at + MINUTE)
    return meeting


def act_page(meeting, name):
    return f"/secretariat/dialogue/meeting/{meeting.pk}/acts/{name}/"


@SIZES
def test_the_draw_is_held_and_everyone_can_read_its_public_values(visit, site, meeting, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = sign_in(visitor, site, to=act_page(meeting, "enter-beacon"))
    visitor.finds_nothing_wrong()
    page.goto(f"{site}meetings/dialogue/speakers/draw/")
    expect(page.get_by_role("main")).to_contain_text("The draw has not been held yet.")
    visitor.finds_nothing_wrong()

    page.goto(site.rstrip("/") + act_page(meeting, "enter-beacon"))
    page.get_by_label("The public value, exactly as published").fill("3f9a")
    page.get_by_label("Where anyone can read it").fill("https://beacon.example/noon")
    page.get_by_role("button", name="Enter the public value").click()
    page.get_by_role("link", name="Hold the draw").click()
    visitor.finds_nothing_wrong()
    page.get_by_role("button", name="Hold the draw").click()
    expect(page.locator(".messagelist")).to_contain_text("The draw is held and published.")

    page.goto(f"{site}meetings/dialogue/speakers/draw/")
    page.reload()  # bypass the browser's cache
    draw = meeting.speakers_list.draws.get()
    for value in (draw.commitment, draw.secret, "3f9a", "Ghana", "Japan", "Kenya"):
        expect(page.get_by_role("main")).to_contain_text(value)
    visitor.finds_nothing_wrong()


@SIZES
def test_the_order_is_changed_by_keys_alone_for_a_reason(visit, site, meeting, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = sign_in(visitor, site, to=act_page(meeting, "change-order"))
    visitor.finds_nothing_wrong()

    page.get_by_label("Order").focus()
    page.keyboard.press("Home")
    page.get_by_label("Reason").focus()
    page.keyboard.type("The draw could not be held")
    page.get_by_role("button", name="Change the order").focus()
    page.keyboard.press("Enter")
    visitor.finds_nothing_wrong()
    page.get_by_label("I have checked who moves and want it").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Change the order").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("The terms are changed and published as a revision.")
    meeting.refresh_from_db()
    assert meeting.speakers_list.policy == "customary_protocol"


@SIZES
def test_the_public_page_of_the_draw_is_reached_from_the_list_by_the_keyboard(visit, site, meeting, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = visitor.page
    page.goto(f"{site}meetings/dialogue/speakers/")

    page.get_by_role("main").get_by_role("link", name="draw").first.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("The draw")
    visitor.finds_nothing_wrong()
