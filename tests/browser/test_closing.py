"""The moment of closing in an open page: it changes by itself, and keeps what was typed.  R-02 R-05 R-27"""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from speakers.models import LateRequest, SpeakersList
from tests.browser.visitor import NARROW
from tests.factories import make_delegation, make_focal_point, make_meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORM = "speakers/inscribe/"
# Does what has the focus end above the bar with the button?
IS_UNCOVERED = """() => document.activeElement.getBoundingClientRect().bottom
    <= document.querySelector(".send").getBoundingClientRect().top + 1"""


@pytest.fixture
def closing():
    """Let the list of the meeting of next week close so many seconds from now."""

    def close(seconds):
        SpeakersList.objects.update(closes_at=datetime.now(UTC) + timedelta(seconds=seconds))

    return close


@pytest.fixture
def site(served):
    now = datetime.now(UTC)
    dates = {"starts_at": now + timedelta(days=7), "ends_at": now + timedelta(days=7, hours=8)}
    meeting = make_meeting(opens_at=now - timedelta(days=1), closes_at=now + timedelta(hours=1), **dates)
    make_focal_point(make_delegation("RWA", "Rwanda"))
    return f"{served}{meeting.get_absolute_url()}"


def test_an_open_form_becomes_a_late_request_with_what_was_typed(visit, closing):
    visitor = visit(viewport=NARROW)
    visitor.sign_in_as("rwa@missions.example")
    page = visitor.page
    closing(8)
    page.goto(visitor.site + FORM)
    page.get_by_label("Full name, as it is to be announced").fill("Amina Example")
    page.get_by_label("Functional title").fill("Minister")
    page.get_by_label("Level of representation").select_option("MIN")
    page.locator("[name=contact_name]").fill("Permanent Mission")
    page.get_by_role("button", name="Inscribe").focus()
    page.context.set_offline(True)  # nothing has to be fetched

    expect(page.get_by_role("heading", level=1)).to_have_text("The list is closed: file a late request", timeout=20_000)
    expect(page.locator(".deadline .tag")).to_have_text("Closed")
    expect(page.get_by_role("alert")).to_contain_text("What you typed is kept")
    button = page.get_by_role("button", name="File the late request")
    expect(button).to_be_focused()
    page.context.set_offline(False)
    button.click()

    expect(page.get_by_text("Received, not yet decided.")).to_be_visible()
    assert LateRequest.objects.get().speaker_name == "Amina Example"


def test_the_button_of_a_form_stays_in_view_on_a_telephone_and_covers_nothing_that_has_the_focus(visit, closing):
    visitor = visit(viewport=NARROW)
    visitor.sign_in_as("rwa@missions.example")
    page = visitor.page
    page.goto(visitor.site + FORM)
    button, fields = page.get_by_role("button", name="Inscribe"), page.locator("form .form-control:visible")
    fields.first.scroll_into_view_if_needed()
    fields.first.focus()

    for _step in range(30):
        page.keyboard.press("Tab")
        if is_at_the_button := page.evaluate("document.activeElement.closest('.send') !== null"):
            break
        page.wait_for_function(IS_UNCOVERED)
        expect(button).to_be_in_viewport()
        expect(page.locator(".send .countdown")).to_be_in_viewport()
    assert is_at_the_button


def test_the_page_of_the_meeting_says_that_the_list_is_closed_and_offers_no_inscription(visit, closing):
    visitor = visit(viewport=NARROW)
    closing(6)
    visitor.page.goto(visitor.site)
    expect(visitor.page.get_by_role("link", name="Inscribe on the list of speakers")).to_be_visible()

    expect(visitor.page.locator(".deadline .tag")).to_have_text("Closed", timeout=20_000)
    expect(visitor.page.locator(".deadline")).to_contain_text("The list was closed on")
    expect(visitor.page.get_by_role("link", name="Inscribe on the list of speakers")).to_be_hidden()


def test_a_page_that_closed_too_early_because_the_deadline_was_moved_opens_again(visit, closing):
    visitor = visit(viewport=NARROW)
    visitor.sign_in_as("rwa@missions.example")
    page = visitor.page
    closing(6)
    page.goto(visitor.site + FORM)
    page.get_by_label("Functional title").fill("Minister")
    closing(3600)
    expect(page.locator(".deadline .tag")).to_have_text("Closed", timeout=20_000)

    expect(page.locator(".deadline .tag")).to_have_text("Open", timeout=40_000)
    expect(page.get_by_role("button", name="Inscribe")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inscribe on the list of speakers")
    expect(page.get_by_label("Functional title")).to_have_value("Minister")
