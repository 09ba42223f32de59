"""A booth and the console side by side: the next ones, “please slow down”, and the end of a link.  R-73"""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from floor.acts import calling
from floor.booths import linking
from floor.models import Statement
from speakers.entries import correcting
from tests.browser.test_room import LATE, act, meeting, site  # noqa: F401  the meeting that sits now
from tests.browser.visitor import NARROW, WIDE
from tests.factories import STAFF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def url(meeting):  # noqa: F811
    return linking.make(meeting, "English booth", by=STAFF, at=datetime.now(UTC))[1].partition("/meetings/")[2]


def hand_in(entry):
    """A text of `entry` of 458 words, and how it will be delivered."""
    at = datetime.now(UTC)
    told = {"language": "fr", "text_mark": "check", "passage_language": "ar", "passage_page": 2}
    correcting.correct(entry, told, by=STAFF, at=at)
    facts = {"media_type": "application/pdf", "size": 1, "sha256": "0" * 64, "handed_in_by": "", "handed_in_at": at}
    return Statement.objects.create(inscription=entry, language="fr", count=458, **facts)


@pytest.mark.parametrize("viewport", [WIDE, NARROW])
def test_a_booth_asks_to_slow_down_and_its_page_ends_with_its_link(visit, meeting, url, viewport):  # noqa: F811
    hand_in(meeting.speakers_list.inscriptions.get(delegation__code="RWA"))
    act(meeting, calling.call)
    officer, booth = visit(viewport=WIDE), visit(viewport=viewport)
    User.objects.create_superuser("officer", password="a long word of staff")
    officer.page.goto(f"{officer.site}floor/")
    officer.page.get_by_label("Username").fill("officer")
    officer.page.get_by_label("Password").fill("a long word of staff")
    officer.page.get_by_role("button", name="Log in").click()
    booth.page.goto(f"{booth.site.partition('/meetings/')[0]}/meetings/{url}")
    booth.finds_nothing_wrong()
    booth.page.get_by_role("button", name="Open the page of this booth").click()
    expect(booth.page.get_by_text("with a passage in: Arabic, page 2")).to_be_visible()

    act(meeting, calling.begin)
    button = booth.page.get_by_role("button", name="Please slow down")
    expect(button).to_be_visible(timeout=LATE)
    button.click()

    signal = officer.page.get_by_text("1 booth asks the speaker to slow down: English booth.")
    expect(signal).to_be_visible(timeout=LATE)
    expect(button).to_have_count(0)
    booth.finds_nothing_wrong()
    officer.finds_nothing_wrong()
    expect(signal).to_have_count(0, timeout=2 * LATE)
    expect(button).to_be_visible(timeout=LATE)

    linking.revoke(meeting.booths.get(), by=STAFF, at=datetime.now(UTC))
    expect(booth.page.get_by_text("Rwanda")).to_have_count(0, timeout=LATE)


def test_an_officer_makes_a_link_and_the_page_has_no_faults(visit, meeting, url):  # noqa: F811
    officer = visit(viewport=NARROW)
    User.objects.create_superuser("officer", password="a long word of staff")
    officer.page.goto(f"{officer.site}floor/booths/")
    officer.page.get_by_label("Username").fill("officer")
    officer.page.get_by_label("Password").fill("a long word of staff")
    officer.page.get_by_role("button", name="Log in").click()
    officer.page.get_by_label("Booth or desk").fill("French booth")
    officer.page.get_by_role("button", name="Make a link").click()
    expect(officer.page.get_by_text("It is shown only now")).to_be_visible()
    officer.finds_nothing_wrong()
