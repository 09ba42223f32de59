"""The door by keyboard alone, at one desk and at two: where the focus is after each step, and that it is seen.  R-55"""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from registration.door import scanning
from registration.models import Scan
from tests.browser.desk import enter
from tests.browser.keys import Keys
from tests.browser.visitor import NARROW, WIDE
from tests.factories import STAFF, make_meeting
from tests.registration.factories import make_representative, make_request, make_ticketing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["desk", "telephone"])


@pytest.fixture
def meeting():
    """A meeting that begins in an hour."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=9),
        closes_at=now - timedelta(days=5),
        starts_at=now + timedelta(hours=1),
        ends_at=now + timedelta(hours=9),
    )
    closing = {"closes_at": now - timedelta(days=2), "pass_closes_at": now}
    make_ticketing(meeting, opens_at=now - timedelta(days=9), **closing)
    return meeting


@pytest.fixture
def ada(meeting):
    request = make_request(meeting, "Centre for Peace")
    return make_representative(request=request, state="approved", first_name="Ada", last_name="Lovelace")


@pytest.fixture
def site(served, meeting):
    return f"{served.replace('127.0.0.1', 'localhost')}/meetings/{meeting.slug}/hand-over/"


@pytest.fixture
def at(visit, site):
    """The page of the desk called `name`, before a person with a keyboard."""

    def come(name="desk-1", may=("scan_voucher", "supervise_hand_over"), viewport=WIDE, language="en"):
        visitor = visit(viewport=viewport)
        page = enter(visitor, site, name=name, may=may, language=language)
        return page, Keys(page)

    return come


def conflict(meeting, nonce):
    """A device without a network showed green for a code that no voucher has."""
    attempt = scanning.Attempt(nonce=nonce, code="0" * 40, told="green", device_at=datetime.now(UTC))
    scanning.scan(meeting, attempt, by=STAFF, at=datetime.now(UTC))


@SIZES
def test_code_after_code_is_typed_without_leaving_the_field(at, ada, viewport):
    page, keys = at(viewport=viewport)
    field = page.get_by_label("Scan the voucher")
    keys.is_on(field)

    for words in ["Hand the ticket over", "Stop: already used"]:
        keys.type(ada.vouchers.get().code)
        keys.press("Enter")
        expect(page.locator(".verdict")).to_contain_text(words)
        keys.is_on(field)
        expect(field).to_have_value("")


@SIZES
def test_a_person_is_found_by_name_and_gets_the_ticket_and_the_next_code_goes_to_the_field(at, ada, viewport):
    page, keys = at(viewport=viewport)
    keys.is_on(page.get_by_label("Scan the voucher"))

    keys.go_to(page.get_by_label("Name or organization"))
    keys.type("Nemo")
    keys.press("Enter")
    expect(page.get_by_text("No one by this name.")).to_be_visible()
    keys.is_on(page.get_by_role("list", name="Find by name"))
    keys.go_to(page.get_by_label("Name or organization"), by="Shift+Tab")
    keys.press("Control+a")
    keys.type("lovelace")
    keys.press("Enter")
    expect(page.get_by_text("Ada Lovelace").first).to_be_visible()
    keys.is_on(page.get_by_role("list", name="Find by name"))
    keys.use(page.get_by_role("button", name="Hand over to Ada Lovelace"))
    expect(page.locator(".verdict")).to_contain_text("Hand the ticket over")
    keys.is_on(page.locator(".verdict"))
    keys.type(ada.vouchers.get().code)
    keys.press("Enter")
    expect(page.locator(".verdict")).to_contain_text("Stop: already used")
    keys.is_on(page.get_by_label("Scan the voucher"))

    assert Scan.objects.count() == 2


def test_what_a_scanner_types_on_a_button_goes_to_the_field_and_a_space_presses_the_button(at, ada):
    page, keys = at()
    keys.go_to(page.get_by_role("button", name="Scan", exact=True))

    keys.type(ada.vouchers.get().code)
    keys.press("Enter")

    expect(page.locator(".verdict")).to_contain_text("Ada Lovelace")
    keys.go_to(page.locator("summary", has_text="What is counted"))
    keys.press("Space")
    expect(page.get_by_text("Expected: everyone with an approval")).to_be_visible()
    keys.is_on(page.locator("summary", has_text="What is counted"))


def test_a_conflict_is_settled_while_another_desk_adds_one(at, meeting):
    conflict(meeting, "first")
    (page, keys), (other, others) = at("desk-1"), at("desk-2", may=["scan_voucher"])
    keys.is_on(page.get_by_label("Scan the voucher"))
    settle = page.locator("[data-conflicts] a[href*='first']")

    keys.go_to(settle)
    others.is_on(other.get_by_label("Scan the voucher"))
    conflict(meeting, "second")
    expect(page.locator("[data-conflicts] a")).to_have_count(2, timeout=15000)
    expect(other.locator("[data-conflicts] li")).to_have_count(2, timeout=15000)
    keys.is_on(settle)
    others.is_on(other.get_by_label("Scan the voucher"))
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Settle a conflict")
    keys.use(page.get_by_role("button", name="Mark as settled"))
    keys.is_on(page.locator(".error-summary"))
    keys.use(page.locator(".error-summary a"))
    keys.is_on(page.get_by_role("main").get_by_role("textbox"))
    keys.type("Let in by the supervisor")
    keys.use(page.get_by_role("button", name="Mark as settled"))
    expect(page.locator("[data-conflicts] a")).to_have_count(1)

    assert Scan.objects.conflicts().count() == 1


@pytest.mark.parametrize("language", ["en", "ar"])
@SIZES
def test_every_stop_of_the_door_is_seen(at, ada, meeting, viewport, language):
    conflict(meeting, "first")
    _page, keys = at(viewport=viewport, language=language)

    assert keys.walk() > 20
