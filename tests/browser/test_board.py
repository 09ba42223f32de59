"""The board in a real browser: by mouse, by keys, without JavaScript, and two officers at once.  R-20"""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from playwright.sync_api import expect

from speakers.moves import pinning
from tests.browser.visitor import NARROW, WIDE
from tests.factories import STAFF, make_delegation, make_inscription, make_level, make_meeting, order_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long word of staff"


@pytest.fixture
def meeting():
    """Eight days from now; Ghana, Japan and Kenya in their national capacity, the Holy See, and one unverified."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=3),
        starts_at=now + timedelta(days=8),
        ends_at=now + timedelta(days=8, hours=8),
    )
    at = now - timedelta(days=1)
    for code, name in [("GHA", "Ghana"), ("JPN", "Japan"), ("KEN", "Kenya")]:
        make_inscription(meeting, make_delegation(code, name), at=at)
    make_inscription(meeting, make_delegation("VAT", "Holy See", band="observer_states"), at=at, speaker_name="")
    make_inscription(meeting, make_delegation("FRA", "France"), at=at, is_verified=False)
    make_level("MFA")
    return meeting


@pytest.fixture
def site(served, live):
    """The site with its live streams."""
    return f"{served}/"


@pytest.fixture
def officer(visit, meeting, site):
    """Make a visitor signed in as an officer called `name`, looking at the board."""
    may = ["view_inscription", "change_inscription", "add_inscription"]

    def come(name="officer", **context):
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=may))
        visitor = visit(**context)
        visitor.page.goto(f"{site}secretariat/login/?next=/secretariat/speakers/inscription/board/dialogue/")
        visitor.page.get_by_label("Username").fill(name)
        visitor.page.get_by_label("Password").fill(PASSWORD)
        visitor.page.get_by_role("button", name="Log in").click()
        expect(visitor.page.get_by_role("heading", level=1)).to_have_text("The board")
        visitor.page.wait_for_load_state()
        return visitor

    return come


def row(page, name):
    return page.locator(".board-list > li", has=page.get_by_role("link", name=name, exact=True))


def give_reason(page, words):
    page.get_by_role("dialog").get_by_label("Reason").fill(words)
    page.get_by_role("dialog").get_by_role("button", name="Move", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was moved.")


@pytest.mark.parametrize(
    ("viewport", "colours"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]
)
def test_an_officer_drags_an_entry_gives_the_reason_and_takes_the_move_back(officer, meeting, viewport, colours):
    visitor = officer(viewport=viewport, color_scheme=colours)
    page = visitor.page
    visitor.finds_nothing_wrong()

    handle = row(page, "Kenya").locator(".board-handle")
    handle.hover()
    target = row(page, "Ghana").bounding_box()
    page.mouse.down()
    page.mouse.move(target["x"] + 20, target["y"] + target["height"] / 2, steps=8)
    page.mouse.move(target["x"] + 20, target["y"] + 2, steps=4)
    page.mouse.up()

    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_have_text("Move Kenya")
    expect(dialog.get_by_label("Right before")).to_have_value(
        str(meeting.speakers_list.inscriptions.get(delegation__code="GHA").pk)
    )
    expect(dialog.get_by_label("Reason")).to_be_focused()
    visitor.finds_nothing_wrong()
    give_reason(page, "Travels at noon")

    assert order_of(meeting) == ["KEN", "GHA", "JPN", "VAT"]
    expect(row(page, "Kenya")).to_contain_text("Pinned before Ghana. Reason: Travels at noon")
    visitor.finds_nothing_wrong()
    page.get_by_role("button", name="Undo the last move").click()
    expect(page.locator(".messagelist")).to_contain_text("The last move was undone: Kenya.")
    assert order_of(meeting) == ["GHA", "JPN", "KEN", "VAT"]


def test_an_entry_is_moved_by_keys_alone_and_put_back_with_escape(officer, meeting):
    visitor = officer(viewport=WIDE)
    page, keys = visitor.page, visitor.page.keyboard
    handle = row(page, "Kenya").locator(".board-handle")
    names = page.locator("[data-rows] > li > a")

    handle.focus()
    keys.press("Enter")
    keys.press("ArrowUp")
    expect(names).to_have_text(["Ghana", "Kenya", "Japan", "Holy See"])
    expect(page.locator("[data-announcer]")).to_have_text("Before Japan, place 2.")
    keys.press("Escape")
    expect(names).to_have_text(["Ghana", "Japan", "Kenya", "Holy See"])
    expect(handle).to_be_focused()

    keys.press(" ")
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    keys.press("Enter")
    expect(page.get_by_role("dialog").get_by_label("Reason")).to_be_focused()
    keys.type("Asked by the President")
    keys.press("Tab")
    keys.press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("Kenya was moved.")
    assert order_of(meeting) == ["KEN", "GHA", "JPN", "VAT"]


def test_closing_the_question_puts_the_row_back(officer, meeting):
    page = officer(viewport=WIDE).page
    handle = row(page, "Kenya").locator(".board-handle")

    handle.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Back, change nothing").click()

    expect(page.locator("[data-rows] > li > a")).to_have_text(["Ghana", "Japan", "Kenya", "Holy See"])
    expect(handle).to_be_focused()


def test_across_bands_the_page_asks_twice_with_everything_typed(officer, meeting):
    visitor = officer(viewport=NARROW)
    page = visitor.page

    row(page, "Holy See").get_by_role("link", name="Move").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Right before").select_option(label="1. Ghana")
    dialog.get_by_label("Reason").fill("Leaves at noon")
    dialog.get_by_role("button", name="Move", exact=True).click()

    expect(page.get_by_label("Reason")).to_have_value("Leaves at noon")
    visitor.finds_nothing_wrong()
    page.get_by_label("Yes, across bands").check()
    page.get_by_role("button", name="Move Holy See").click()

    expect(page.locator(".messagelist")).to_contain_text("Holy See was moved.")
    assert order_of(meeting) == ["VAT", "GHA", "JPN", "KEN"]


@pytest.mark.smoke
def test_two_officers_see_each_others_moves_and_overwrite_nothing(officer, meeting):
    first, second = officer("first", viewport=WIDE), officer("second", viewport=WIDE)
    row(second.page, "Kenya").get_by_role("link", name="Move").click()
    dialog = second.page.get_by_role("dialog")
    dialog.get_by_label("Right before").select_option(label="2. Japan")
    dialog.get_by_label("Reason").fill("The second officer's words")

    row(first.page, "Kenya").get_by_role("link", name="Move").click()
    first.page.get_by_role("dialog").get_by_label("Right before").select_option(label="1. Ghana")
    give_reason(first.page, "The first officer's words")

    expect(dialog.locator("[data-changed]")).to_contain_text("Kenya was placed before Ghana.", timeout=15000)
    expect(dialog.get_by_label("Reason")).to_have_value("The second officer's words")
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(second.page.locator(".errornote")).to_be_visible()
    expect(second.page.get_by_text("Reason: The first officer's words")).to_be_visible()
    expect(second.page.get_by_label("Reason")).to_have_value("The second officer's words")
    assert order_of(meeting) == ["KEN", "GHA", "JPN", "VAT"]
    second.finds_nothing_wrong()

    second.page.get_by_role("button", name="Move Kenya").click()
    expect(second.page.locator(".messagelist")).to_contain_text("Kenya was moved.")
    assert order_of(meeting) == ["GHA", "KEN", "JPN", "VAT"]
    names = first.page.locator("[data-rows] > li > a")
    expect(names).to_have_text(["Ghana", "Kenya", "Japan", "Holy See"], timeout=15000)
    expect(first.page.locator("[data-news-shown]")).to_contain_text("second: Kenya was placed before Japan.")
    first.finds_nothing_wrong()


@pytest.mark.parametrize("hears", [True, False])
def test_a_board_that_listens_asks_only_when_something_happened_and_otherwise_every_few_seconds(
    settings, officer, meeting, hears
):
    if not hears:
        settings.LIVE_PORT = 9  # where nothing listens
    page, asked = officer(viewport=WIDE).page, []
    expect(page.locator("[data-live]")).to_have_attribute("data-connection", "live" if hears else "asking")
    page.on("request", lambda each: asked.append(each.url) if "/news/" in each.url else None)
    page.wait_for_timeout(9000)
    in_quiet = len(asked)

    kenya, ghana = (meeting.speakers_list.inscriptions.get(delegation__code=code) for code in ["KEN", "GHA"])
    pinning.pin(kenya, before=ghana, reason="Agreed", by=STAFF, at=datetime.now(UTC))

    assert in_quiet <= 1 if hears else in_quiet >= 2
    names = page.locator("[data-rows] > li > a")
    expect(names).to_have_text(["Kenya", "Ghana", "Japan", "Holy See"], timeout=3000 if hears else 15000)
    expect(page.locator("[data-news-shown]")).to_contain_text("Kenya was placed before Ghana.")


def test_everything_works_without_javascript(officer, meeting):
    kenya, ghana = (meeting.speakers_list.inscriptions.get(delegation__code=code) for code in ["KEN", "GHA"])
    pinning.pin(kenya, before=ghana, reason="Agreed", by=STAFF, at=datetime.now(UTC))
    page = officer(viewport=NARROW, java_script_enabled=False).page

    row(page, "Kenya").get_by_role("button", name="Unpin").click()
    expect(page.locator(".messagelist")).to_contain_text("The pin of Kenya was removed.")
    row(page, "Japan").get_by_role("link", name="Move").click()
    page.get_by_label("Right before").select_option(label="1. Ghana")
    page.get_by_label("Reason").fill("Agreed in the room")
    page.get_by_role("button", name="Move Japan").click()
    expect(page.locator(".messagelist")).to_contain_text("Japan was moved.")

    assert order_of(meeting) == ["JPN", "GHA", "KEN", "VAT"]
