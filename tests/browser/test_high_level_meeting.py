"""A high-level meeting of two days: copied from last year's, inscribed on three lists, run with an open floor.

R-58 R-62 R-64 R-70
"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dialogue.models import Meeting
from journal import chain
from journal.actors import SYSTEM
from speakers import loading
from speakers.models import SpeakersList
from tests.browser.desk import sign_in
from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_delegation, make_focal_point, make_inscription, make_level

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILE = Path(__file__).parent / "data" / "high-level-meeting.toml"
LISTS = {"rivers": "Round table on rivers", "cities": "Round table on cities"}
# Milliseconds after which something is broken, not only slow.
LATE = 15000
MISSIONS = 193


@pytest.fixture
def site(served, live):
    return served.replace("127.0.0.1", "localhost") + "/"


@pytest.fixture
def last_year():
    return loading.load(FILE, by=SYSTEM, at=datetime.now(UTC)).meeting


@pytest.fixture
def mission(visit, site):
    """Make a telephone on which the focal point of a delegation is signed in, on the pages of the new meeting."""

    def come(delegation):
        visitor = visit(viewport=NARROW)
        visitor.sign_in_as(make_focal_point(delegation).email)
        visitor.site = f"{site}meetings/this-year/"
        return visitor

    return come


def copy(page, first_day):
    """Copy last year's meeting to `first_day`, and publish it: the officer's work on the pages of the secretariat."""
    page.get_by_role("link", name="Copy “").click()
    page.get_by_label("Short name in addresses").fill("this-year")
    page.get_by_label("First day").fill(first_day.isoformat())
    page.get_by_label("A rehearsal").check()
    page.get_by_role("button", name="Copy this meeting").click()
    expect(page.get_by_text(f"Sitting 4: {first_day + timedelta(days=1):%A}")).to_be_visible()
    page.get_by_label("I have read this and want it").check()
    page.get_by_role("button", name="Copy this meeting").click()
    expect(page.locator(".success")).to_contain_text("This is the copy, a draft.")
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    page.locator("#id_is_published").check()
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".success")).to_be_visible()
    return Meeting.objects.get(slug="this-year")


def inscribe(visitor, name):
    """Inscribe on the list `name`, from the page that shows all lists of the meeting."""
    page = visitor.page
    page.goto(f"{visitor.site}speakers/own/")
    page.get_by_role("link", name=re.compile(f"Inscribe ?: {name}")).click()
    page.get_by_label("Form of address", exact=False).first.select_option("H.E. Ms.")
    page.get_by_label("Full name").fill("Name of the Speaker")
    page.get_by_label("Functional title").fill("Minister of Water")
    page.get_by_label("Level of representation").select_option("MIN")
    page.get_by_label("Contact’s name").fill("First Secretary")
    page.get_by_role("button", name="Inscribe").click()
    expect(page.get_by_role("main")).to_contain_text("Rwanda is inscribed on the list of speakers.")


def press(page, name, *, exact=False):
    page.get_by_role("main").get_by_role("button", name=name, exact=exact).first.click()


def test_a_meeting_of_two_days_and_three_lists_is_copied_inscribed_and_held(visit, site, last_year, mission):
    desk = visit(viewport=WIDE)
    page = sign_in(desk, site, to="/secretariat/dialogue/meeting/add/")
    meeting = copy(page, first_day=(datetime.now(UTC) + timedelta(days=15)).date())
    assert [each.slug for each in meeting.lists.order_by("slug")] == ["", "cities", "rivers"]
    desk.finds_nothing_wrong()

    # 192 missions, and one that inscribes on the plenary and on a round table from its telephone.
    make_level()
    at = meeting.moment(datetime.now(UTC))
    for number in range(1, MISSIONS):
        make_inscription(meeting, make_delegation(f"S{number:02X}", f"State {number:03}"), at=at)
    rivers = SpeakersList.objects.get(meeting=meeting, slug="rivers")
    make_inscription(rivers.meeting_at_hand, make_delegation("S01"), at=at)
    telephone = mission(make_delegation("RWA", "Rwanda"))
    inscribe(telephone, "Main list")
    inscribe(telephone, LISTS["rivers"])
    telephone.page.goto(f"{telephone.site}speakers/own/")
    expect(telephone.page.locator(".own-entries a")).to_have_text(
        ["Rwanda, receipt 193", "Rwanda, receipt 2"], use_inner_text=True
    )
    telephone.finds_nothing_wrong()

    # The public reads all lists.
    telephone.page.goto(telephone.site)
    for name in LISTS.values():
        expect(telephone.page.get_by_role("link", name=name, exact=False).first).to_be_visible()
    telephone.page.goto(f"{telephone.site}speakers/")
    expect(telephone.page.get_by_role("main")).to_contain_text("State 192")
    telephone.finds_nothing_wrong()

    # The day comes: the lists are closed by their moments, and the room hears the plenary.
    since = meeting.starts_at - datetime.now(UTC) + timedelta(minutes=15)
    Meeting.objects.filter(pk=meeting.pk).update(clock_shift=since)
    page.goto(f"{site}meetings/this-year/floor/")
    press(page, "Call")
    expect(page.get_by_role("main")).to_contain_text("Rwanda")
    press(page, "Start the clock")
    press(page, "End", exact=True)
    expect(page.get_by_role("main")).to_contain_text("No one has the floor")

    # The second day: the round table is proposed by the programme, and chosen.
    second_day = meeting.sittings.order_by("-starts_at").first().starts_at
    Meeting.objects.filter(pk=meeting.pk).update(clock_shift=second_day - datetime.now(UTC) + timedelta(minutes=5))
    page.goto(f"{site}meetings/this-year/floor/")
    press(page, "Hear “Round table on rivers”")
    expect(page.get_by_text("The room hears “Round table on rivers”.")).to_be_visible(timeout=LATE)
    press(page, "Call")
    expect(page.get_by_role("main")).to_contain_text("State 001")
    press(page, "Start the clock")

    # The open floor: a delegation asks from its telephone, and is heard.
    press(page, "Open the floor")
    telephone.page.goto(f"{telephone.site}now/")
    press(telephone.page, "We are in the room and ask for the floor")
    expect(telephone.page.get_by_role("main")).to_contain_text("No delegation asked before you.")
    telephone.finds_nothing_wrong()
    page.goto(f"{site}meetings/this-year/floor/")
    expect(page.get_by_role("main")).to_contain_text("1 delegation asks for the floor.")
    press(page, "End", exact=True)
    expect(page.get_by_role("main")).to_contain_text("No one has the floor")
    press(page, "Take next")
    expect(page.get_by_text("taken next")).to_be_visible(timeout=LATE)
    press(page, "Call the next")
    expect(page.get_by_role("heading", name="Rwanda")).to_be_visible(timeout=LATE)
    press(page, "Start the clock")
    press(page, "End", exact=True)
    expect(page.get_by_role("main")).to_contain_text("No one has the floor")
    desk.finds_nothing_wrong()

    # The record tells them apart, and the chain of each list is whole.
    page.goto(f"{site}meetings/this-year/floor/record/")
    for part in ("State 001", "open floor"):
        expect(page.get_by_role("main")).to_contain_text(part)
    desk.finds_nothing_wrong()
    streams = [each.journal_stream for each in meeting.lists.all()]
    assert {stream: chain.problems(stream) for stream in streams} == {stream: [] for stream in streams}
