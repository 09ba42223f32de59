"""Why a delegation stands where it does, and its row on the public list, in a real browser.  R-22 R-43"""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_delegation, make_focal_point, make_inscription, make_meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(served):
    """A list that is open: a group, forty-odd Member States of two classes, an observer."""
    now = datetime.now(UTC).replace(microsecond=0)
    starts_at = (now + timedelta(days=9)).replace(hour=14, minute=0, second=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=9),
        closes_at=now + timedelta(days=1),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=8),
    )
    for number in range(46):
        delegation, level = make_delegation(f"S{number:02}", f"State {number}"), "PR" if number % 4 else "MFA"
        make_inscription(meeting, delegation, level, at=now)
    make_inscription(meeting, make_delegation("RWA", "Rwanda"), at=now)
    make_focal_point(make_delegation("RWA"))
    make_inscription(
        meeting, at=now, delegation=make_delegation("KEN", "Kenya"), capacity="group", group_name="African Group"
    )
    make_inscription(meeting, make_delegation("VAT", "Holy See", band="observer_states"), at=now)
    return f"{served}/meetings/{meeting.slug}/speakers/"


@pytest.mark.parametrize(("viewport", "colours"), [(WIDE, "light"), (NARROW, "dark")])
def test_a_delegation_finds_its_row_and_reads_why_it_stands_there(visit, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = visitor.page
    page.goto(visitor.site)
    visitor.finds_nothing_wrong()

    page.get_by_label("Find a delegation or a group").fill("rwanda")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{visitor.site}#RWA")
    row = page.locator("#RWA")
    expect(row).to_be_in_viewport()
    shown = "getComputedStyle(element.querySelector('td, th')).fontWeight"
    assert row.evaluate(f"element => {shown}") == "700"
    visitor.finds_nothing_wrong()

    visitor.sign_in_as("rwa@missions.example")
    page.goto(f"{visitor.site}own-row/")
    expect(page).to_have_url(f"{visitor.site}#RWA")
    page.goto(f"{visitor.site}own/")
    page.get_by_role("link", name="Rwanda, receipt").click()
    rungs = page.locator("ol.ladder > li")
    expect(rungs).to_have_count(4)
    expect(rungs.nth(1)).to_contain_text("places 2 to 48 of 49")
    expect(rungs.last).to_contain_text("Place")
    visitor.finds_nothing_wrong()
