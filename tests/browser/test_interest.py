"""Two delegations ask for the one seat of a round table; staff select, one has its second choice, one is told.  R-62"""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from outbox.models import Message
from speakers.models import Interest, SpeakersList
from tests.browser import desk
from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_meeting, make_panel
from tests.speakers.interest.round_tables import codes_on, make_interest, make_state

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = {"KEN": "Kenya", "JPN": "Japan", "FRA": "France"}


@pytest.fixture
def tables():
    """Two round tables of a meeting of two days, both open; Japan has asked for a seat on the first."""
    now = datetime.now(UTC).replace(microsecond=0)
    start = now + timedelta(days=14)
    meeting = make_meeting(
        opens_at=now - timedelta(days=2),
        closes_at=now + timedelta(days=1),
        starts_at=start,
        ends_at=start + timedelta(days=1, hours=8),
    )
    terms = [(1, "Round table 1: rivers"), (2, "Round table 2: cities")]
    found = [
        make_panel(meeting, f"table-{number}", title={"en": title}, seats_by_selection=1) for number, title in terms
    ]
    for code, name in NAMES.items():
        make_state(code, name)
    make_interest(found[0], "JPN", at=now - timedelta(hours=1))
    make_interest(found[1], "FRA", at=now - timedelta(minutes=30))
    return found


@pytest.fixture
def site(served):
    return f"{served}/meetings/dialogue/"


def express(visitor, site):
    """Kenya expresses its interest with a second choice, sees it, and changes its mind twice."""
    page = visitor.page
    page.goto(site)
    page.get_by_role("link", name="Express interest: Round table 1").click()
    expect(page.get_by_role("main")).to_contain_text("There is 1 seat on this list. They are given by selection")
    visitor.finds_nothing_wrong()
    page.get_by_label("Second choice").select_option("Round table 2: cities")
    visitor.press("Express interest")
    expect(page.locator(".alert, .is-invalid, .invalid-feedback").first).to_be_visible()
    visitor.finds_nothing_wrong()
    page.get_by_label("Full name, as it is to be announced").fill("Ms. Wangari Example")
    page.get_by_label("Level of representation").select_option("PR")
    page.get_by_label("Contact’s name").fill("Mission of Kenya")
    visitor.press("Express interest")
    expect(page.get_by_role("main")).to_contain_text("Recorded. It awaits the selection.")
    visitor.finds_nothing_wrong()
    page.get_by_role("link", name="Change", exact=True).click()
    visitor.finds_nothing_wrong()
    page.get_by_label("Note to the secretariat").fill("By train")
    visitor.press("Change the expression of interest")
    expect(page.get_by_role("main")).to_contain_text("By train")
    page.goto(f"{site}speakers/own/")
    expect(page.get_by_role("main")).to_contain_text("awaits the selection · second choice: Round table 2: cities")
    visitor.finds_nothing_wrong()


def choose(page, action, *names):
    for name in names:
        page.get_by_role("row", name=name).get_by_role("checkbox").check()
    page.get_by_label("Action:").select_option(label=action)
    page.get_by_role("button", name="Run", exact=False).or_(page.get_by_role("button", name="Go")).click()


def select(visitor, served):
    """An officer gives both seats with the balance in view, and tells the delegation that has none."""
    may = ("view_interest", "change_interest")
    page = desk.sign_in(visitor, f"{served}/", may=may, to="/secretariat/speakers/interest/")
    expect(page.locator(".balance table")).to_have_count(2)
    expect(page.locator(".balance table").first).to_contain_text("African States")
    visitor.finds_nothing_wrong()
    give = "Give a seat to the chosen"
    choose(page, give, "Japan", "Kenya")
    expect(page.get_by_role("main")).to_contain_text("would be given a seat on “Round table 2: cities”")
    expect(page.locator("pre").first).to_contain_text("Your delegation is selected for a seat")
    visitor.finds_nothing_wrong()
    page.get_by_role("button", name=give).click()
    expect(page.locator(".messagelist")).to_contain_text("1 delegation has a seat on “Round table 2: cities”")
    choose(page, "Tell the chosen that no seat can be offered", "France")
    expect(page.locator("pre").first).to_contain_text("The secretariat thanks France")
    visitor.finds_nothing_wrong()
    page.get_by_label("Your words").fill("The Chair will invite written statements.")
    page.get_by_role("button", name="Tell the chosen that no seat can be offered").click()
    expect(page.locator(".messagelist")).to_contain_text("1 delegation is being mailed that no seat can be offered")


def withdraw(visitor, site):
    """One that was told of no seat reads what it can do, and withdraws its expression of interest."""
    visitor.page.goto(f"{site}speakers/own/")
    visitor.page.get_by_role("link", name="France, expression of interest").click()
    expect(visitor.page.get_by_role("main")).to_contain_text("To choose another, withdraw this one")
    visitor.finds_nothing_wrong()
    visitor.press("Withdraw the expression of interest")
    expect(visitor.page.get_by_role("main")).to_contain_text("Withdrawn on")


@pytest.mark.parametrize(("viewport", "colours"), [(WIDE, "light"), (NARROW, "dark")])
def test_interest_is_expressed_seats_are_given_and_the_others_are_told(visit, served, site, tables, viewport, colours):
    kenya, france, officer, public = (visit(viewport=viewport, color_scheme=colours) for _each in range(4))
    kenya.sign_in_as("ken@missions.example")
    france.sign_in_as("fra@missions.example")
    express(kenya, site)
    SpeakersList.objects.exclude(slug="").update(closes_at=datetime.now(UTC) - timedelta(minutes=1))

    select(officer, served)

    assert [codes_on(table) for table in tables] == [["JPN"], ["KEN"]]
    assert Interest.objects.get(delegation__code="FRA").state == Interest.State.NOT_SELECTED
    [mail] = Message.objects.filter(kind="speakers.no_seat")
    assert mail.to == ["fra@missions.example"]
    kenya.page.reload()
    expect(kenya.page.get_by_role("main")).to_contain_text("Kenya, receipt 1")
    kenya.page.get_by_role("link", name="Kenya, expression of interest").click()
    expect(kenya.page.get_by_role("main")).to_contain_text("your delegation has a seat on “Round table 2: cities”")
    kenya.finds_nothing_wrong()
    withdraw(france, site)
    public.page.goto(f"{site}lists/table-2/speakers/")
    expect(public.page.get_by_role("main")).to_contain_text("Kenya")
    expect(public.page.get_by_role("main")).not_to_contain_text("France")
    public.finds_nothing_wrong()
