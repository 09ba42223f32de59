"""The page about the interface for programs, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_it_names_the_addresses_and_leads_to_the_description(visit, site, viewport):
    visitor = visit(viewport=viewport)
    visitor.page.goto(f"{site}api/v1/")

    expect(visitor.page.get_by_text("GET /api/v1/meetings/{slug}/list", exact=True)).to_be_visible()
    visitor.finds_nothing_wrong()

    visitor.page.get_by_role("link", name="OpenAPI document").click()
    expect(visitor.page.locator("body")).to_contain_text('"openapi"')
