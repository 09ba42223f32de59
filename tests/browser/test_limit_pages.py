"""The limits of a list in a real browser: typed by staff, read by a delegation.  R-65"""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from dialogue.models import Meeting
from speakers.models import SpeakersList
from tests.browser import test_inscription_path as path
from tests.browser.desk import sign_in
from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_delegation, make_focal_point, make_level, make_meeting
from tests.secretariat.pages import meeting_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS = [{"band": "observers", "level": "", "seconds": 90}, {"band": "", "level": "HOS", "seconds": 300}]


def a_meeting(**terms):
    """A meeting whose list is open, or opens tomorrow."""
    now = datetime.now(UTC).replace(microsecond=0)
    days = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=3)}
    days |= {"starts_at": now + timedelta(days=8), "ends_at": now + timedelta(days=8, hours=8)}
    make_level("HOS")
    return make_meeting(**days | terms)


@pytest.fixture
def site(served):
    return f"{served}/meetings/dialogue/speakers/"


@pytest.mark.parametrize(
    ("viewport", "colours"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]
)
def test_a_delegation_reads_the_limits_that_concern_it(visit, viewport, colours):
    a_meeting(group_limit=timedelta(minutes=5), limits=ROWS)
    make_focal_point(make_delegation("RWA", "Rwanda", band="observers", category="organization"))
    visitor = visit(viewport=viewport, color_scheme=colours)

    path.sign_in(visitor)
    expect(visitor.page.get_by_text("In national capacity: up to one minute and 30 seconds.")).to_be_visible()
    expect(visitor.page.get_by_text("HOS: up to five minutes.")).to_be_visible()
    visitor.finds_nothing_wrong()
    path.fill_in(visitor)
    visitor.press("Inscribe")

    expect(visitor.page.get_by_text("up to one minute and 30 seconds")).to_be_visible()
    visitor.finds_nothing_wrong()


def test_the_rows_of_terms_fit_a_narrow_window(visit, served):
    meeting = a_meeting(opens_at=datetime.now(UTC).replace(microsecond=0) + timedelta(days=1), limits=ROWS)
    visitor = visit(viewport=NARROW, color_scheme="dark")

    sign_in(visitor, f"{served}/", to=meeting_page(meeting))

    visitor.finds_nothing_wrong()


def test_staff_type_limits_and_levels_in_rows(visit, served):
    tomorrow = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    meeting = a_meeting(opens_at=tomorrow, limits=ROWS[:1])
    visitor = visit(viewport=WIDE)

    page = sign_in(visitor, f"{served}/", to=meeting_page(meeting))
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    page.locator('[name="lists-0-limits-1-level"]').select_option("HOS")
    page.locator('[name="lists-0-limits-1-limit"]').fill("5:00")
    page.locator('[name="lists-0-own_levels-0-code"]').select_option("HOS")
    page.locator('[name="lists-0-own_levels-0-class"]').fill("1")
    visitor.finds_nothing_wrong()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".messagelist")).to_contain_text("was changed")
    of_list = SpeakersList.objects.get(meeting=Meeting.objects.get())
    assert (of_list.limits, of_list.own_levels) == (ROWS, [{"code": "HOS", "class": 1}])
