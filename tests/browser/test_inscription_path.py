"""The whole path of a delegation in a real browser: code, form, receipt, list, change, withdrawal.

On every page: axe finds nothing wrong, the content security policy stops nothing, no request goes to another site.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from outbox.models import Message
from speakers.models import Inscription
from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_delegation, make_focal_point, make_inscription, make_level, make_meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(served):
    """A running site with one open list. Returns the address of the list's pages."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=3),
        starts_at=now + timedelta(days=8),
        ends_at=now + timedelta(days=8, hours=8),
    )
    make_focal_point(make_delegation("RWA", "Rwanda"))
    make_level("PR")
    make_level("MFA")
    make_inscription(meeting, make_delegation("KEN", "Kenya"), at=now - timedelta(hours=1))
    return f"{served}/meetings/dialogue/speakers/"


def sign_in(visitor, email="rwa@missions.example"):
    visitor.page.goto(f"{visitor.site}inscribe/")
    visitor.page.get_by_label("Your e-mail address").fill(email)
    visitor.press("Send me a code")
    visitor.page.get_by_label("Eight-digit code").fill(mailed_code(email))
    visitor.press("Sign in")


def fill_in(visitor, name="Name of the Speaker"):
    visitor.page.get_by_label("Form of address", exact=False).first.select_option("H.E. Ms.")
    visitor.page.get_by_label("Full name").fill(name)
    visitor.page.get_by_label("Functional title").fill("Permanent Representative")
    visitor.page.get_by_label("Level of representation").select_option("PR")
    visitor.page.get_by_label("Contact’s name").fill("First Secretary")


def last_mail(email):
    return next(mail for mail in Message.objects.filter(kind="sign-in").order_by("-pk") if mail.to == [email])


def mailed_code(email):
    return re.search(r"\b\d{8}\b", last_mail(email).body).group()


def mailed_link(email):
    return re.search(r"https?://\S+", last_mail(email).body).group()


@pytest.mark.parametrize("viewport", [WIDE, NARROW])
def test_a_delegation_inscribes_reads_its_receipt_changes_and_withdraws(visit, viewport):
    visitor = visit(viewport=viewport, compares=True)
    page = visitor.page

    page.goto(f"{visitor.site}inscribe/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to inscribe")
    visitor.finds_nothing_wrong()

    page.get_by_label("Your e-mail address").fill("rwa@missions.example")
    visitor.press("Send me a code")
    visitor.finds_nothing_wrong()

    page.get_by_label("Eight-digit code").fill(mailed_code("rwa@missions.example"))
    visitor.press("Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inscribe on the list of speakers")
    visitor.finds_nothing_wrong()

    fill_in(visitor)
    visitor.press("Inscribe")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rwanda")
    expect(page.locator(".stamp-number")).to_have_text("2")
    expect(page.locator(".place-now")).to_contain_text("2")
    visitor.finds_nothing_wrong()
    receipt = page.url

    page.goto(visitor.site)
    expect(page.get_by_role("main")).to_contain_text("Rwanda")

    page.goto(receipt)
    page.get_by_role("link", name="Change the speaker").click()
    visitor.finds_nothing_wrong()
    page.get_by_label("Full name").fill("Another Speaker")
    visitor.press("Change the speaker")
    expect(page.locator(".facts")).to_contain_text("Another Speaker")
    visitor.finds_nothing_wrong()

    page.get_by_role("link", name="Correct contact or language").click()
    visitor.finds_nothing_wrong()
    page.get_by_label("Contact’s name").fill("Another Desk")
    visitor.press("Correct")
    expect(page.locator(".facts")).to_contain_text("Another Desk")
    visitor.finds_nothing_wrong()

    page.get_by_role("link", name="Change the level").click()
    visitor.finds_nothing_wrong()
    page.get_by_label("Level of representation").select_option("MFA")
    visitor.press("Change the level")
    expect(page.locator(".question")).to_contain_text("Rwanda moves from place 2 to place 1.")
    expect(page.locator(".question")).to_be_focused()
    visitor.finds_nothing_wrong()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Yes, change the level")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".place-now")).to_contain_text("1")

    page.get_by_role("link", name="Withdraw from the list").click()
    expect(page.get_by_role("main")).to_contain_text("Rwanda gives up place 1.")
    visitor.finds_nothing_wrong()
    visitor.press("Withdraw")
    expect(page.get_by_role("main")).to_contain_text("Withdrawn on")
    visitor.finds_nothing_wrong()

    page.goto(visitor.site)
    page.reload()
    expect(page.get_by_role("main")).not_to_contain_text("Rwanda")


def test_the_link_of_the_mail_signs_in_another_device(visit):
    desk, telephone = visit(viewport=WIDE), visit(viewport=NARROW)
    desk.page.goto(f"{desk.site}sign-in/")
    desk.page.get_by_label("Your e-mail address").fill("rwa@missions.example")
    desk.press("Send me a code")

    telephone.page.goto(mailed_link("rwa@missions.example"))
    telephone.finds_nothing_wrong()
    telephone.press("Sign in")

    expect(telephone.page.get_by_role("main")).to_contain_text("My mission")


@pytest.mark.smoke
def test_the_whole_form_is_filled_in_and_sent_by_keyboard_alone(visit):
    visitor = visit(viewport=WIDE)
    keys = visitor.page.keyboard
    sign_in(visitor)

    def go_to(name):
        for _tab in range(80):
            keys.press("Tab")
            if visitor.page.evaluate("document.activeElement.name || document.activeElement.innerText") == name:
                return
        raise AssertionError(f"{name} is not reached by the keyboard")

    go_to("speaker_name")
    keys.type("Name of the Speaker")
    go_to("level")
    keys.press("ArrowDown")
    go_to("contact_name")
    keys.type("First Secretary")
    go_to("Inscribe")
    keys.press("Enter")

    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("Rwanda")
    assert Inscription.objects.get(delegation__code="RWA").speaker_name == "Name of the Speaker"


def test_errors_take_the_focus_lead_to_their_fields_and_keep_what_was_typed(visit):
    visitor = visit(viewport=NARROW)
    page = visitor.page
    sign_in(visitor)
    fill_in(visitor, name="\u200b")

    visitor.press("Inscribe")

    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Contact’s name")).to_have_value("First Secretary")
    visitor.finds_nothing_wrong()
    page.locator(".error-summary").get_by_role("link", name="Full name").click()
    expect(page.get_by_label("Full name")).to_be_focused()


def test_fields_that_do_not_apply_are_hidden_until_they_do(visit):
    visitor = visit(viewport=WIDE)
    page = visitor.page
    sign_in(visitor)

    expect(page.get_by_label("Name of the group")).to_be_hidden()
    page.get_by_label("on behalf of a group").check()
    expect(page.get_by_label("Name of the group")).to_be_visible()
    page.get_by_label("to be confirmed").check()
    expect(page.get_by_label("Full name")).to_be_hidden()
    visitor.finds_nothing_wrong()

    page.get_by_label("Name of the group").fill("Group of Friends")
    page.get_by_label("Level of representation").select_option("PR")
    page.get_by_label("Contact’s name").fill("First Secretary")
    visitor.press("Inscribe")

    expect(page.locator(".facts")).to_contain_text("Group of Friends")
    expect(page.locator(".facts")).to_contain_text("to be confirmed")


def test_everything_works_without_javascript_and_an_unverified_person_reads_what_that_means(visit):
    visitor = visit(viewport=NARROW, java_script_enabled=False)
    page = visitor.page
    sign_in(visitor, "somebody@elsewhere.example")

    expect(page.get_by_role("main")).to_contain_text("This inscription will be unverified")
    page.get_by_label("Delegation").fill("rwanda")
    fill_in(visitor)
    visitor.press("Inscribe")
    expect(page.get_by_role("main")).to_contain_text("Received, not yet verified.")
    page.goto(visitor.site)

    expect(page.get_by_role("main")).not_to_contain_text("Rwanda")
    assert visitor.wrong == []
