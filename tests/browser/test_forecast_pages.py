"""The forecast where people read it: on the secretariat's front page and on a delegation's receipt.  R-43 R-44"""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from dialogue.models import ProgrammeSlot
from speakers.delegations import access
from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_delegation, make_focal_point, make_inscription, make_meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ENTRIES = 73


@pytest.fixture
def meeting():
    """Next week's meeting as the note has it: 290 minutes of floor, and 73 entries."""
    now = datetime.now(UTC).replace(hour=14, minute=0, second=0, microsecond=0)
    starts_at = now + timedelta(days=8)
    meeting = make_meeting(
        opens_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=3),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=8),
        floor_opens_at=starts_at + timedelta(hours=1),
    )
    closing = starts_at + timedelta(hours=7, minutes=50)
    ProgrammeSlot.objects.create(meeting=meeting, position=1, kind="closing", title="Closing", starts_at=closing)
    for number in range(ENTRIES):
        make_inscription(meeting, make_delegation(f"S{number:03d}"), at=now - timedelta(days=2))
    return meeting


@pytest.fixture
def officer_of():
    """Sign a visitor in as a member of staff."""

    def _sign_in(visitor):
        User.objects.create_superuser("officer", password="a long word of staff")
        visitor.page.goto(f"{visitor.site}secretariat/login/")
        visitor.page.get_by_label("Username").fill("officer")
        visitor.page.get_by_label("Password").fill("a long word of staff")
        visitor.page.get_by_role("button", name="Log in").click()
        return visitor.page

    return _sign_in


@pytest.mark.parametrize(
    ("viewport", "colours"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]
)
def test_staff_read_how_many_fit_and_see_it_against_the_sittings(visit, meeting, officer_of, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = officer_of(visitor)

    expect(page.locator(".needs")).to_contain_text("The time allows 69 of 73 statements: 4 are too many.")
    page.get_by_text("All that is going on").click()
    need = page.locator(".folded .need--ahead").first
    expect(need).to_contain_text("All can speak with this limit: 170 seconds. Suggested limit: 165 seconds.")
    expect(need).to_contain_text("at the latest")
    need.get_by_text("As a table").click()
    expect(need.get_by_role("row", name="Too many 4")).to_be_visible()
    visitor.finds_nothing_wrong()


@pytest.mark.parametrize("viewport", [WIDE, NARROW])
def test_a_delegation_reads_its_likely_turn_on_its_receipt(visit, meeting, viewport):
    inscription = meeting.speakers_list.inscriptions.get(receipt_no=66)
    session = SessionStore()
    session[access.ADDRESS] = make_focal_point(inscription.delegation).email
    session.create()
    visitor = visit(viewport=viewport)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": visitor.site}
    visitor.context.add_cookies([cookie])

    visitor.page.goto(visitor.site + inscription.get_absolute_url().lstrip("/"))

    turn = visitor.page.locator(".turn-likely")
    expect(turn).to_contain_text("about")
    expect(turn).to_contain_text("New York time")
    visitor.finds_nothing_wrong()
