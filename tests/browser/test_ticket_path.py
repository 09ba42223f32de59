"""The whole path of an organization in a real browser: request, confirmation, private page, offer, cancellation.

On every page: axe finds nothing wrong, the content security policy stops nothing, no request goes to another site.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from outbox.models import Message
from registration.decisions import deciding
from registration.models import Representative, TicketRequest
from registration.requests import ending
from tests.browser.visitor import NARROW, WIDE
from tests.factories import STAFF, make_delegation, make_meeting
from tests.registration.factories import make_representative, make_ticketing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def terms():
    """The terms of a meeting in two weeks, whose tickets can be requested now."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=8),
        starts_at=now + timedelta(days=14),
        ends_at=now + timedelta(days=14, hours=8),
    )
    make_delegation("KEN", "Kenya")
    closing = {"closes_at": now + timedelta(days=9), "pass_closes_at": now + timedelta(days=13)}
    return make_ticketing(meeting, opens_at=now - timedelta(days=1), **closing)


@pytest.fixture
def site(served, terms):
    return f"{served}/meetings/dialogue/tickets/"


def fill_in_organization(page):
    page.get_by_label("Name of the organization").fill("Centre for Peace")
    page.get_by_label("Country in which it is based").fill("kenya")
    page.get_by_label("Status with the United Nations").select_option("special")
    page.get_by_label("Your name").fill("Focal Point")
    page.get_by_label("Your e-mail address").fill("focal@ngo.example")


def fill_in_person(row, first, last, email):
    row.get_by_label("First name").fill(first)
    row.get_by_label("Last name").fill(last)
    row.get_by_label("Own e-mail address").fill(email)


def fill_in_speech(row):
    row.get_by_label("Wishes to take the floor").check()
    row.get_by_label("Topic of the statement").fill("Prevention")
    row.get_by_label("Outline").fill("What organizations see before anybody else does.")
    row.get_by_label("Language of the statement").select_option("fr")


def row_of(page, number):
    return page.get_by_role("group", name=f"Representative {number}", exact=True)


def mailed_link(address, kind="link"):
    mails = Message.objects.filter(kind=f"registration.{kind}").order_by("-pk")
    mail = next(mail for mail in mails if address in mail.to)
    return re.search(r"https?://\S+", mail.body).group()


def heading(page):
    return page.get_by_role("heading", level=1)


@pytest.mark.parametrize("viewport", [pytest.param(WIDE, marks=pytest.mark.smoke), NARROW])
def test_an_organization_requests_confirms_follows_amends_and_cancels(visit, viewport):
    visitor = visit(viewport=viewport, compares=True)
    page = visitor.page

    page.goto(visitor.site)
    expect(heading(page)).to_have_text("Request special event tickets")
    visitor.finds_nothing_wrong()

    fill_in_organization(page)
    fill_in_person(row_of(page, 1), "Ada", "Lovelace", "ada@ngo.example")
    fill_in_speech(row_of(page, 1))
    page.get_by_role("button", name="Add a representative").click()
    fill_in_person(row_of(page, 2), "Grace", "Hopper", "grace@ngo.example")
    expect(page.get_by_role("button", name="Add a representative")).to_be_hidden()
    visitor.finds_nothing_wrong()

    visitor.press("Send the request")
    expect(heading(page)).to_have_text("Now open the link in your mail")
    visitor.finds_nothing_wrong()

    page.goto(mailed_link("focal@ngo.example"))
    visitor.finds_nothing_wrong()
    visitor.press("Confirm this request")
    expect(heading(page)).to_have_text("Tickets for Centre for Peace")
    expect(page.get_by_role("main")).to_contain_text("has been asked to confirm their address")
    visitor.finds_nothing_wrong()
    private = page.url

    page.goto(mailed_link("ada@ngo.example"))
    visitor.finds_nothing_wrong()
    visitor.press("Confirm")
    expect(page.get_by_role("main")).to_contain_text("received, under review")
    visitor.finds_nothing_wrong()

    page.goto(private)
    page.get_by_text("Amend", exact=True).first.click()
    page.get_by_label("Last name").first.fill("King")
    visitor.press("Amend")
    expect(page.get_by_role("main")).to_contain_text("Ada King")
    visitor.finds_nothing_wrong()

    page.get_by_role("link", name="Cancel Grace Hopper").click()
    visitor.finds_nothing_wrong()
    visitor.press("Cancel")
    expect(page.locator(".ticket", has_text="Grace Hopper")).to_contain_text("Cancelled.")
    visitor.finds_nothing_wrong()

    page.get_by_text("Add a representative").click()
    row = page.locator(".adding")
    fill_in_person(row, "", "Hedy", "hedy@ngo.example")
    row.get_by_role("button", name="Add").click()
    expect(page.locator(".ticket", has_text="Hedy")).to_be_visible()
    assert TicketRequest.objects.get().representatives.count() == 3


def test_rows_are_added_and_removed_without_javascript_and_nothing_typed_is_lost(visit):
    visitor = visit(viewport=NARROW, java_script_enabled=False)
    page = visitor.page
    page.goto(visitor.site)
    fill_in_organization(page)
    fill_in_person(row_of(page, 1), "Ada", "Lovelace", "ada@ngo.example")
    fill_in_speech(row_of(page, 1))

    visitor.press("Add a representative")

    expect(row_of(page, 1).get_by_label("Last name")).to_have_value("Lovelace")
    expect(row_of(page, 1).get_by_label("Outline")).to_have_value("What organizations see before anybody else does.")
    expect(page.get_by_label("Name of the organization")).to_have_value("Centre for Peace")
    expect(page.locator(".error-summary")).to_have_count(0)
    fill_in_person(row_of(page, 2), "Grace", "Hopper", "grace@ngo.example")
    visitor.press("Remove representative 1")
    expect(row_of(page, 1).get_by_label("Last name")).to_have_value("Hopper")
    expect(row_of(page, 2)).to_have_count(0)

    visitor.press("Send the request")
    page.goto(mailed_link("focal@ngo.example"))
    visitor.press("Confirm this request")

    expect(page.get_by_role("main")).to_contain_text("Grace Hopper")
    assert Representative.objects.get().last_name == "Hopper"
    assert visitor.wrong == []


def test_rows_are_removed_with_javascript_and_renumbered(visit):
    visitor = visit(viewport=WIDE)
    page = visitor.page
    page.goto(visitor.site)
    fill_in_person(row_of(page, 1), "Ada", "Lovelace", "ada@ngo.example")
    page.get_by_role("button", name="Add a representative").click()
    fill_in_person(row_of(page, 2), "Grace", "Hopper", "grace@ngo.example")

    page.get_by_role("button", name="Remove representative 1").click()

    expect(row_of(page, 1).get_by_label("Last name")).to_have_value("Hopper")
    expect(page.get_by_role("button", name=re.compile("Remove"))).to_have_count(0)
    expect(page.get_by_role("button", name="Add a representative")).to_be_visible()
    visitor.finds_nothing_wrong()


def test_the_enter_key_sends_the_request_and_adds_no_row(visit):
    visitor = visit(viewport=WIDE)
    page = visitor.page
    page.goto(visitor.site)
    fill_in_organization(page)
    fill_in_person(row_of(page, 1), "Ada", "Lovelace", "ada@ngo.example")

    row_of(page, 1).get_by_label("Last name").press("Enter")

    expect(heading(page)).to_have_text("Now open the link in your mail")


def test_errors_take_the_focus_and_lead_to_their_fields(visit):
    visitor = visit(viewport=NARROW)
    page = visitor.page
    page.goto(visitor.site)
    fill_in_organization(page)
    row_of(page, 1).get_by_label("First name").fill("Ada")
    row_of(page, 1).get_by_label("Wishes to take the floor").check()

    visitor.press("Send the request")

    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary")).to_contain_text("Representative 1: Last name")
    visitor.finds_nothing_wrong()
    page.locator(".error-summary").get_by_role("link", name="Topic of the statement").click()
    expect(row_of(page, 1).get_by_label("Topic of the statement")).to_be_focused()


@pytest.mark.parametrize("viewport", [WIDE, NARROW])
def test_a_freed_seat_is_accepted_on_a_telephone_and_the_old_links_end_on_demand(visit, terms, viewport):
    type(terms).objects.update(capacity=1)
    now = datetime.now(UTC)
    holder, waiting = (make_representative(terms.meeting, state) for state in ("approved", "confirmed"))
    deciding.approve(waiting, by=STAFF, at=now)
    ending.cancel(holder, by=STAFF, at=now)
    visitor = visit(viewport=viewport)
    page = visitor.page

    page.goto(mailed_link(waiting.email, "offered"))
    expect(heading(page)).to_have_text("A seat is offered to you")
    visitor.finds_nothing_wrong()
    visitor.press("Accept the seat")
    expect(page.get_by_role("main")).to_contain_text("Approved. The ticket is handed over")
    visitor.finds_nothing_wrong()

    page.goto(f"{visitor.site}link/")
    visitor.finds_nothing_wrong()
    page.get_by_label("Your e-mail address").fill(waiting.request.contact_email)
    visitor.press("Send me the link")
    page.goto(mailed_link(waiting.request.contact_email))
    visitor.press("Open the private page")
    first = page.url
    visitor.press("Mail me a new link and end this one")
    assert page.url != first
    page.goto(first)
    expect(heading(page)).to_have_text("This link is no longer valid")
    visitor.wrong = [each for each in visitor.wrong if "410" not in each]
    visitor.finds_nothing_wrong()
