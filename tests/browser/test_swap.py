"""A swap from proposal to effect: two delegations and staff, each in a separate browser.  R-26"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from outbox.models import Message
from speakers.models import Inscription
from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_delegation, make_focal_point, make_inscription, make_meeting, order_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long word of staff"
NAMES = {"RWA": "Rwanda", "KEN": "Kenya", "GHA": "Ghana", "FRA": "France", "CRI": "Costa Rica"}


@pytest.fixture
def meeting():
    """A closed list of five Member States and an observer, three days before the meeting."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=9),
        closes_at=now - timedelta(days=1),
        starts_at=now + timedelta(days=3),
        ends_at=now + timedelta(days=3, hours=8),
    )
    for code, name in NAMES.items():
        make_inscription(meeting, make_delegation(code, name), at=now - timedelta(days=2))
        make_focal_point(make_delegation(code))
    make_inscription(meeting, make_delegation("VAT", "Holy See", band="observer_states"), at=now - timedelta(days=2))
    return meeting


@pytest.fixture
def site(served, meeting):
    return f"{served}/meetings/{meeting.slug}/speakers/"


@pytest.fixture
def officer(transactional_db):
    """A member of staff; the groups of the tables are gone from a database that was emptied."""
    return User.objects.create_superuser("officer", password=PASSWORD)


def receipt_of(visitor, code):
    """Sign in as the delegation `code` by the code in its mail, and open its receipt."""
    page, address = visitor.page, f"{code.lower()}@missions.example"
    page.goto(f"{visitor.site}sign-in/")
    page.get_by_label("Your e-mail address").fill(address)
    visitor.press("Send me a code")
    mails = Message.objects.filter(kind="sign-in").order_by("-pk")
    mail = next(mail for mail in mails if mail.to == [address])
    page.get_by_label("Eight-digit code").fill(re.search(r"\b\d{8}\b", mail.body).group())
    visitor.press("Sign in")
    page.get_by_role("link", name=f"{NAMES[code]}, receipt").click()


@pytest.mark.parametrize(("viewport", "colours"), [(WIDE, "light"), (NARROW, "dark")])
def test_two_delegations_and_staff_swap_two_places(visit, served, meeting, officer, viewport, colours):
    ghana, costa_rica, desk = (visit(viewport=viewport, color_scheme=colours) for _each in range(3))

    receipt_of(ghana, "GHA")
    ghana.finds_nothing_wrong()
    ghana.page.get_by_role("link", name="Propose a swap").click()
    expect(ghana.page.get_by_role("radio", name="Rwanda")).to_be_disabled()
    expect(ghana.page.get_by_role("radio", name="Holy See")).to_be_disabled()
    expect(ghana.page.get_by_role("main")).to_contain_text("swaps are possible only within one part")
    ghana.finds_nothing_wrong()
    ghana.page.get_by_role("radio", name="Costa Rica").check()
    ghana.press("Propose the swap")
    expect(ghana.page.locator(".question")).to_contain_text("Ghana moves from place 3 to place 5.")
    expect(ghana.page.locator(".question")).to_be_focused()
    ghana.finds_nothing_wrong()
    ghana.press("Yes, propose the swap")
    expect(ghana.page.get_by_role("main")).to_contain_text("You have proposed to Costa Rica to exchange places.")
    ghana.finds_nothing_wrong()

    receipt_of(costa_rica, "CRI")
    expect(costa_rica.page.get_by_role("main")).to_contain_text("Your place would change from 5 to 3.")
    costa_rica.finds_nothing_wrong()
    costa_rica.press("Accept the swap")
    expect(costa_rica.page.locator(".question")).to_contain_text("Costa Rica moves from place 5 to place 3.")
    costa_rica.finds_nothing_wrong()
    costa_rica.press("Yes, accept the swap")
    expect(costa_rica.page.get_by_role("main")).to_contain_text("The secretariat decides.")
    costa_rica.finds_nothing_wrong()

    desk.page.goto(f"{served}/secretariat/login/?next=/secretariat/speakers/swapproposal/")
    desk.page.get_by_label("Username").fill("officer")
    desk.page.get_by_label("Password").fill(PASSWORD)
    desk.page.get_by_role("button", name="Log in").click()
    desk.page.get_by_role("link", name="Ghana ⇄ Costa Rica").click()
    desk.finds_nothing_wrong()
    desk.page.get_by_role("link", name="Approve the swap").click()
    expect(desk.page.locator("#content")).to_contain_text("Ghana: from place 3 to place 5")
    desk.finds_nothing_wrong()
    desk.page.get_by_role("button", name="Approve the swap").click()
    expect(desk.page.locator(".messagelist")).to_contain_text("The swap is in effect.")

    assert order_of(meeting) == ["RWA", "KEN", "CRI", "FRA", "GHA", "VAT"]
    ghana.page.reload()
    expect(ghana.page.locator(".place-now")).to_contain_text("5")
    expect(ghana.page.locator(".ladder")).to_contain_text("Swapped with Costa Rica")


@pytest.mark.smoke
def test_a_swap_is_chosen_by_keyboard_alone_and_nothing_chosen_is_said_in_focus(visit, meeting):
    ghana = visit(viewport=WIDE)
    receipt_of(ghana, "GHA")
    ghana.page.get_by_role("link", name="Propose a swap").click()

    ghana.press("Propose the swap")
    expect(ghana.page.locator(".error-summary")).to_be_focused()
    ghana.finds_nothing_wrong()
    while ghana.page.evaluate("document.activeElement.name") != "partner":
        ghana.page.keyboard.press("Tab")
    ghana.page.keyboard.press("Space")
    ghana.page.keyboard.press("Enter")
    expect(ghana.page.locator(".question")).to_be_focused()
    ghana.page.keyboard.press("Tab")
    ghana.page.keyboard.press("Enter")

    expect(ghana.page.get_by_role("main")).to_contain_text("You have proposed to France")
    assert Inscription.objects.get(delegation__code="FRA").meeting.speakers_list.swaps.count() == 1
