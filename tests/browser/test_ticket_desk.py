"""The desk of the office in a real browser: balance, a decision on many with a text, drafts, selection."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from playwright.sync_api import expect

from outbox.models import Message
from registration.models import Representative
from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_delegation, make_level, make_meeting
from tests.registration.factories import make_representative, make_request, make_ticketing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long word of the office"
PEOPLE = [
    ("Centre for Peace", "Ada", "Lovelace", "woman", "Prevention and early warning", "special"),
    ("Centre for Peace", "Grace", "Hopper", "woman", "", "special"),
    ("Nairobi Human Rights Institute", "Wangari", "Kimani", "woman", "Local peace committees", "general"),
    ("Foro de Derechos", "José", "Martínez", "man", "Atrocity crimes and justice", "none"),
    ("Students for Protection", "Li", "Wei", "", "", "roster"),
]


@pytest.fixture
def site(served):
    """A running site with people who wait for a decision. Returns its address."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=2),
        closes_at=now + timedelta(days=8),
        starts_at=now + timedelta(days=14),
        ends_at=now + timedelta(days=14, hours=8),
    )
    make_level("OTH")
    make_ticketing(meeting, capacity=4, closes_at=now + timedelta(days=9), pass_closes_at=now + timedelta(days=13))
    kenya = make_delegation("KEN", "Kenya")
    type(kenya).objects.update(regional_group="african")
    requests = {}
    for organization, first, last, gender, topic, status in PEOPLE:
        if organization not in requests:
            requests[organization] = make_request(meeting, organization, consultative_status=status, at=now)
        speech = (
            {"wishes_to_speak": True, "topic": topic, "outline": topic, "statement_language": "en"} if topic else {}
        )
        names = {"first_name": first, "last_name": last, "gender": gender}
        make_representative(request=requests[organization], at=now, **names, **speech)
    organization = requests["Nairobi Human Rights Institute"].organization
    type(organization).objects.filter(pk=organization.pk).update(country=kenya)
    return f"{served}/"


@pytest.fixture
def sign_in(db):
    """Sign a visitor in as a member of the office, with its permissions: groups do not outlive a flush."""
    user = User(username="office", is_staff=True)
    user.set_password(PASSWORD)
    user.save()
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="registration"))

    def _sign_in(visitor):
        visitor.page.goto(f"{visitor.site}secretariat/login/")
        visitor.page.get_by_label("Username").fill("office")
        visitor.page.get_by_label("Password").fill(PASSWORD)
        visitor.page.get_by_role("button", name="Log in").click()
        visitor.page.goto(f"{visitor.site}secretariat/registration/representative/")

    return _sign_in


def do_to(page, name, *people):
    """Choose `people` in the queue and the action `name`, and go."""
    for person in people:
        page.get_by_role("row", name=person).get_by_role("checkbox").check()
    page.get_by_label("Action:").select_option(label=name)
    page.get_by_role("button", name="Run", exact=False).or_(page.get_by_role("button", name="Go")).click()


@pytest.mark.parametrize("viewport", [WIDE, NARROW])
def test_the_office_decides_on_many_releases_the_mails_and_selects_a_speaker(visit, sign_in, viewport):
    visitor = visit(viewport=viewport)
    page = visitor.page
    sign_in(visitor)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Civil society:")
    page.get_by_text("Balance by region").click()
    expect(page.locator(".balance-tables")).to_contain_text("African States")
    visitor.finds_nothing_wrong()

    do_to(page, "Approve the chosen", "Ada Lovelace", "Wangari Kimani")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Approve the chosen")
    visitor.finds_nothing_wrong()
    expect(page.get_by_role("heading", name="2 people would be approved.")).to_be_visible()
    page.get_by_label("Your words to the approved").fill("We look forward to seeing you.")
    page.get_by_role("button", name="Approve the chosen").click()
    expect(page.locator(".messagelist")).to_contain_text("2 people are approved.")

    page.goto(f"{visitor.site}secretariat/registration/representative/?state=let_in")
    page.get_by_role("link", name="Ada Lovelace").click()
    expect(page.locator(".field-drafts")).to_contain_text("We look forward to seeing you.")
    visitor.finds_nothing_wrong()

    page.goto(f"{visitor.site}secretariat/registration/representative/?state=let_in")
    do_to(page, "Release the mails of the chosen", "Ada Lovelace", "Wangari Kimani")
    expect(page.get_by_role("heading", name="Ticket: approved: 2 mails")).to_be_visible()
    expect(page.locator(".sample")).to_contain_text("We look forward to seeing you.")
    visitor.finds_nothing_wrong()
    page.get_by_role("button", name="Release the mails of the chosen").click()
    expect(page.locator(".messagelist")).to_contain_text("2 mails are released.")
    assert {mail.state for mail in Message.objects.all()} == {"queued"}

    page.goto(f"{visitor.site}secretariat/registration/representative/?state=let_in")
    page.get_by_role("link", name="Ada Lovelace").click()
    page.get_by_role("link", name="Select to speak").click()
    page.get_by_role("button", name="Select to speak").click()
    expect(page.locator(".messagelist")).to_contain_text("Selected, with receipt 1")
    assert Representative.objects.get(last_name="Lovelace").inscription.receipt_no == 1
    visitor.finds_nothing_wrong()


def test_the_terms_and_a_whole_request_have_nothing_wrong(visit, sign_in):
    visitor = visit(viewport=WIDE)
    page = visitor.page
    sign_in(visitor)
    for path, name in [("ticketing", "Informal interactive dialogue"), ("ticketrequest", "Centre for Peace")]:
        page.goto(f"{visitor.site}secretariat/registration/{path}/")
        visitor.finds_nothing_wrong()
        page.get_by_role("row").get_by_role("link", name=name).click()
        expect(page.get_by_role("link", name="Home")).to_be_visible()
        page.wait_for_url("**/change/")
        page.wait_for_load_state()
        visitor.finds_nothing_wrong()
