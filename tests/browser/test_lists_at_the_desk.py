"""The lists of the secretariat in a real browser: the rows in view, sorting, filters, the work on a meeting."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from outbox import posting
from tests.browser.desk import sign_in
from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_delegation, make_inscription, make_meeting, make_panel
from tests.registration.factories import make_representative, make_ticketing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/secretariat/speakers/inscription/"
# How many rows of a list are wholly in the window.
IN_VIEW = """() => [...document.querySelectorAll("#result_list tbody tr")]
    .filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length"""
LEAST_HEIGHT = """(targets) => Math.min(...targets.map((each) => each.getBoundingClientRect().height))"""
GROUPS = ["Group of 77 and China", "Non-Aligned Movement", "Caribbean Community"]
LEVELS = ["HOS", "MFA", "VMIN", "PR", "DPR", "CDA"]


@pytest.fixture
def meeting():
    """A meeting with a long title and sixty entries as they are: groups, long levels, speakers to be confirmed."""
    now = datetime.now(UTC).replace(microsecond=0)
    starts_at = now + timedelta(days=8)
    meeting = make_meeting(
        title={"en": "High-level plenary meeting of the General Assembly on the prevention of sea-level rise"},
        opens_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=3),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=8),
    )
    for number in range(60):
        delegation = make_delegation(f"S{number:02}", f"Republic of State {number:02}")
        facts = {"capacity": "group", "group_name": GROUPS[number]} if number < len(GROUPS) else {}
        name = "" if number % 7 == 6 else "Alejandra de la Cruz Montenegro"
        level, at = LEVELS[number % len(LEVELS)], now - timedelta(days=1)
        make_inscription(meeting, delegation, level, at=at, speaker_name=name, is_verified=number != 9, **facts)
    return meeting


def with_tickets(meeting):
    """The `meeting`, open to requests for tickets."""
    closes_at = meeting.starts_at - timedelta(days=2)
    return make_ticketing(meeting, capacity=60, closes_at=closes_at, pass_closes_at=closes_at).meeting


def test_thirty_rows_of_the_list_are_in_view(visit, site, meeting):
    page = sign_in(visit(viewport=WIDE), site, to=LIST)

    assert page.evaluate(IN_VIEW) >= 30
    filters = page.locator("#changelist-filter summary")
    expect(filters).to_have_count(7)
    assert filters.evaluate_all(LEAST_HEIGHT) >= 24
    assert filters.last.bounding_box()["y"] < page.locator("#result_list").bounding_box()["y"]


@pytest.mark.parametrize("address", ["registration/representative/?state=any", "outbox/message/"])
def test_the_other_lists_show_as_many(visit, site, meeting, address):
    with_tickets(meeting)
    for number in range(40):
        make_representative(meeting, "confirmed", last_name=f"Name {number}")
        posting.post(
            key=f"k{number}", kind="speakers.withdrawn", to=["a@missions.example"], subject="Withdrawn", body="B"
        )
    page = sign_in(visit(viewport=WIDE), site, to=f"/secretariat/{address}")

    assert page.evaluate(IN_VIEW) >= 28


def test_the_list_is_sorted_filtered_and_acted_on_by_keyboard(visit, site, meeting):
    visitor = visit(viewport=WIDE)
    page = sign_in(visitor, site, to=LIST)
    first = page.locator("#result_list tbody tr").first

    page.get_by_role("link", name="Receipt").press("Enter")
    expect(page.locator("th.column-receipt")).to_have_attribute("aria-sort", "ascending")
    expect(first.locator(".field-receipt")).to_have_text("1")
    page.locator("summary", has_text="State").press("Enter")
    choice = page.get_by_role("link", name="to be verified", exact=True)
    expect(choice).to_be_visible()
    visitor.finds_nothing_wrong()
    page.keyboard.press("Escape")
    expect(choice).to_be_hidden()
    expect(page.locator("summary", has_text="State")).to_be_focused()
    page.keyboard.press("Enter")
    choice.press("Enter")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    expect(page.locator("summary", has_text="State")).to_contain_text("to be verified")
    expect(page.locator("th.column-receipt")).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_label("Action:")).to_be_hidden()
    first.get_by_role("checkbox").press("Space")
    page.get_by_label("Action:").select_option("verify_chosen")
    visitor.finds_nothing_wrong()
    page.get_by_role("button", name="Go").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("erify")


@pytest.mark.parametrize(
    ("viewport", "colours"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]
)
def test_axe_finds_nothing_on_the_pages_of_the_work(visit, site, meeting, viewport, colours):
    make_representative(with_tickets(meeting), "confirmed")
    make_panel(meeting)
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = sign_in(visitor, site)

    visitor.finds_nothing_wrong()
    for address in [
        f"{LIST}?o=-level",
        f"/secretariat/meetings/{meeting.slug}/",
        f"/secretariat/meetings/{meeting.slug}/figures/",
        "/secretariat/registration/representative/",
        f"/secretariat/outbox/message/?about={meeting.slug}",
    ]:
        page.goto(f"{site}{address[1:]}")
        visitor.finds_nothing_wrong()


def test_on_a_phone_a_row_keeps_its_name_in_view_as_the_table_is_moved(visit, site, meeting):
    page = sign_in(visit(viewport=NARROW), site, to=LIST)

    page.locator(".results").evaluate("(table) => table.scrollBy(400, 0)")

    name = page.locator("#result_list tbody th").first.bounding_box()
    assert 0 <= name["x"] < 40
    assert name["width"] <= 200
