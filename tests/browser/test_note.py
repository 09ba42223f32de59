"""Finding one's way on the long page of a meeting: its contents, its footnotes and back, at both sizes."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from playwright.sync_api import expect

from journal.actors import SYSTEM
from speakers import loading
from tests.browser.visitor import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CONTENTS = [
    "Invitation",
    "Background",
    "Purpose",
    "Expected outcomes",
    "Provisional programme",
    "Contacts",
    "Documents",
]


@pytest.fixture
def site(served):
    """The page of the rehearsal of the dialogue."""
    path = settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml"
    loading.rehearse(path, slug="r2p-rehearsal", by=SYSTEM, at=datetime.now(UTC))
    return f"{served}/meetings/r2p-rehearsal/"


def contents(page):
    return page.get_by_role("navigation", name="On this page")


def test_beside_the_text_the_contents_stay_in_view_and_mark_what_is_read(visit):
    visitor = visit(viewport=WIDE, reduced_motion="reduce")
    page = visitor.page
    page.goto(visitor.site)
    expect(contents(page).get_by_role("link")).to_have_text(CONTENTS)

    contents(page).get_by_role("link", name="Expected outcomes").click()

    expect(page.get_by_role("heading", name="Expected outcomes")).to_be_in_viewport()
    expect(contents(page).get_by_role("link", name="Documents")).to_be_in_viewport()
    expect(contents(page).locator("[aria-current]")).to_have_text("Expected outcomes")
    visitor.finds_nothing_wrong()


def test_on_a_telephone_the_contents_are_folded_at_the_top_and_close_once_a_place_is_chosen(visit):
    visitor = visit(viewport=NARROW, reduced_motion="reduce")
    page = visitor.page
    page.goto(visitor.site)
    expect(contents(page).get_by_role("link")).to_have_count(0)

    page.get_by_role("heading", name="Purpose").scroll_into_view_if_needed()
    contents(page).get_by_text("On this page").click()
    expect(contents(page).get_by_role("link")).to_have_text(CONTENTS)
    visitor.finds_nothing_wrong()
    contents(page).get_by_role("link", name="Documents").click()

    expect(contents(page).get_by_role("link")).to_have_count(0)
    heading = page.get_by_role("heading", name="Documents")
    expect(heading).to_be_in_viewport()
    below = contents(page).bounding_box()
    assert heading.bounding_box()["y"] >= below["y"] + below["height"]


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_a_footnote_is_reached_from_the_text_and_leads_back_to_its_place(visit, viewport, has_script):
    visitor = visit(viewport=viewport, java_script_enabled=has_script, reduced_motion="reduce")
    page = visitor.page
    page.goto(visitor.site)

    page.get_by_label("Footnote 2", exact=True).click()
    expect(page).to_have_url(re.compile("#footnote-2$"))
    expect(page.get_by_text("A/RES/63/308", exact=False).first).to_be_in_viewport()

    page.get_by_label("Back to the text, footnote 2").click()
    expect(page).to_have_url(re.compile("#mark-2$"))
    expect(page.get_by_text("At the 2005 World Summit")).to_be_in_viewport()


def test_on_paper_the_letter_and_the_note_are_whole_and_the_contents_are_gone(visit):
    visitor = visit(viewport=WIDE)
    page = visitor.page
    page.goto(visitor.site)

    page.emulate_media(media="print")

    for text in ["Excellency,", "To all Permanent Representatives", "A/RES/60/1, paragraphs 138 and 139."]:
        expect(page.get_by_text(text, exact=False).first).to_be_visible()
    for part in page.locator(".contents, .footnotes [role=doc-backlink]").all():
        expect(part).to_be_hidden()
