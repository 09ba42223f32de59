"""The public pages of revisions in a real browser: from the live list to the check of a hash, wide and narrow."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from speakers.entries import withdrawing
from speakers.publishing import revisions
from tests.browser.visitor import NARROW, WIDE
from tests.factories import STAFF, make_delegation, make_inscription, make_meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime(2016, 8, 31, 17, 0, tzinfo=UTC)


@pytest.fixture
def site(served):
    """A meeting whose list was published twice. Returns the address of the list's pages."""
    meeting = make_meeting(shows_speaker_names=True)
    rwanda = make_delegation("RWA", "Rwanda")
    make_inscription(meeting, rwanda, level="MFA", capacity="group", group_name="Group of Friends", group_key="friends")
    leaving = make_inscription(meeting, make_delegation("KEN", "Kenya"))
    make_inscription(meeting, make_delegation("EGY", "مصر"), speaker_name="سامح شكري")
    revisions.publish(meeting.speakers_list, by=STAFF, at=NOW + timedelta(hours=1))
    withdrawing.withdraw(leaving, by=STAFF, at=NOW + timedelta(hours=2))
    make_inscription(meeting, make_delegation("CHN", "中国"), level="MFA", speaker_name="")
    revisions.publish(
        meeting.speakers_list, by=STAFF, at=NOW + timedelta(hours=3), comment="For the Journal of 1 September."
    )
    return f"{served}/meetings/dialogue/speakers/"


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_the_live_list_to_the_newest_revision_and_back_to_the_first(visit, site, viewport, scheme):
    visitor = visit(viewport=viewport, color_scheme=scheme)
    page, main = visitor.page, visitor.page.get_by_role("main")
    page.goto(site)
    visitor.finds_nothing_wrong()

    main.get_by_role("link", name="revision 2").click()
    expect(main.get_by_role("heading", level=1)).to_have_text("List of speakers, revision 2")
    expect(main.get_by_text("For the Journal of 1 September.")).to_be_visible()
    expect(main.get_by_text("Kenya, which stood at place 2")).to_be_visible()
    expect(main.get_by_text("中国, at place 2")).to_be_visible()
    visitor.finds_nothing_wrong()

    main.get_by_role("link", name="revision 1").click()
    expect(main.get_by_text("A later list was frozen")).to_be_visible()
    visitor.finds_nothing_wrong()

    main.get_by_role("link", name="All revisions").click()
    expect(main.get_by_role("heading", level=2, name=re.compile("^Revision"))).to_have_count(2)
    visitor.finds_nothing_wrong()


def test_the_picture_marks_the_line_of_an_address_and_runs_from_the_right_in_arabic(visit, site, settings):
    visitor = visit(viewport={"width": 320, "height": 700})
    page = visitor.page
    page.goto(f"{site}revisions/#RWA-1")
    first, last = (page.locator(".bump-number").nth(number) for number in (0, 1))

    visitor.finds_nothing_wrong()
    assert page.evaluate("document.querySelector('.bump-line:target').id") == "RWA-1"
    assert first.bounding_box()["x"] < last.bounding_box()["x"]
    settings.LANGUAGE_CODE = "ar"
    page.goto(f"{site}revisions/?past=the-cache")
    visitor.finds_nothing_wrong()
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert first.bounding_box()["x"] > last.bounding_box()["x"]
    text, picture = (page.locator(each).first.bounding_box() for each in (".bump-line text", ".bump svg"))
    assert picture["x"] <= text["x"]
    assert text["x"] + text["width"] <= picture["x"] + picture["width"]


def test_the_downloaded_file_has_the_hash_that_the_page_shows(visit, site):
    visitor = visit(viewport=WIDE)
    visitor.page.goto(f"{site}revisions/2/")

    with visitor.page.expect_response("**/2.json") as answer:
        visitor.page.get_by_role("link", name="JSON, for programs").click()

    sha256 = hashlib.sha256(answer.value.body()).hexdigest()
    visitor.page.goto(f"{site}revisions/2/")
    expect(visitor.page.get_by_role("main")).to_contain_text(sha256)


def test_the_pages_are_walked_through_by_the_keyboard(visit, site):
    visitor = visit(viewport=WIDE)
    visitor.page.goto(site)

    visitor.page.get_by_role("link", name="revision 2").focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/revisions/2/")
    visitor.page.get_by_role("link", name="All revisions").focus()
    visitor.page.keyboard.press("Enter")

    visitor.page.wait_for_url("**/revisions/")
