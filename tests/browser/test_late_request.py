"""A late request from the closed list to the end of the band, with the desk between.  R-27"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from outbox.models import Message
from speakers.models import SpeakersList
from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_delegation, make_focal_point, make_inscription, make_level, make_meeting, order_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long word of staff"


@pytest.fixture
def meeting():
    """A list that closed yesterday, with Kenya and the Holy See on it; Rwanda is not."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=9),
        closes_at=now - timedelta(days=1),
        starts_at=now + timedelta(days=3),
        ends_at=now + timedelta(days=3, hours=8),
    )
    make_inscription(meeting, make_delegation("KEN", "Kenya"), "PR", at=now - timedelta(days=2))
    holy_see = make_delegation("VAT", "Holy See", band="observer_states")
    make_inscription(meeting, holy_see, "PR", at=now - timedelta(days=2))
    make_focal_point(make_delegation("RWA", "Rwanda"))
    make_level("HOS")
    User.objects.create_superuser("officer", password=PASSWORD)
    return meeting


@pytest.fixture
def site(served, meeting):
    return f"{served}/meetings/{meeting.slug}/speakers/"


def sign_in(visitor, address):
    """Sign in with the code in the mail, from the page that asks for the address."""
    visitor.page.get_by_label("Your e-mail address").fill(address)
    visitor.press("Send me a code")
    mails = Message.objects.filter(kind="sign-in").order_by("-pk")
    mail = next(mail for mail in mails if mail.to == [address])
    visitor.page.get_by_label("Eight-digit code").fill(re.search(r"\b\d{8}\b", mail.body).group())
    visitor.press("Sign in")


def fill_in(page):
    page.get_by_label("Full name").fill("Name of the President")
    page.get_by_label("Functional title").fill("President")
    page.get_by_label("Level of representation").select_option("HOS")
    page.get_by_label("Contact’s name").fill("First Secretary")


def desk_of(visit, served, viewport, colours):
    """A member of staff in a browser of their own, on the front page."""
    desk = visit(viewport=viewport, color_scheme=colours)
    desk.page.goto(f"{served}/secretariat/login/?next=/secretariat/")
    desk.page.get_by_label("Username").fill("officer")
    desk.page.get_by_label("Password").fill(PASSWORD)
    desk.page.get_by_role("button", name="Log in").click()
    return desk


@pytest.mark.parametrize(("viewport", "colours"), [(WIDE, "light"), (NARROW, "dark")])
def test_a_late_request_is_filed_accepted_and_read_as_late(visit, served, meeting, viewport, colours):
    rwanda = visit(viewport=viewport, color_scheme=colours)
    page = rwanda.page

    page.goto(f"{rwanda.site}inscribe/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The list is closed: file a late request")
    rwanda.finds_nothing_wrong()
    page.get_by_role("link", name="Sign in to file a late request").click()
    sign_in(rwanda, "rwa@missions.example")
    expect(page.get_by_role("main")).to_contain_text("It has no receipt number and takes no place.")
    rwanda.finds_nothing_wrong()
    fill_in(page)
    rwanda.press("File the late request")
    expect(page.get_by_role("main")).to_contain_text("Received, not yet decided.")
    rwanda.finds_nothing_wrong()

    desk = desk_of(visit, served, viewport, colours)
    desk.page.get_by_role("link", name="1 late request waits.").click()
    desk.page.get_by_role("link", name="Rwanda").click()
    expect(desk.page.get_by_role("link", name="Accept")).to_be_visible()
    desk.finds_nothing_wrong()
    desk.page.get_by_role("link", name="Accept").click()
    expect(desk.page.locator("#content")).to_contain_text("If accepted now, it takes place 2 of 3")
    desk.finds_nothing_wrong()
    desk.page.get_by_label("Reason").fill("There is time")
    desk.page.get_by_role("button", name="Accept").click()
    expect(desk.page.locator(".messagelist")).to_contain_text("Accepted as Rwanda (3).")

    assert order_of(meeting) == ["KEN", "RWA", "VAT"]
    page.reload()
    page.get_by_role("link", name="Open receipt 3").click()
    expect(page.locator(".ladder")).to_contain_text("entered late and so at the end of this part of the list")
    rwanda.finds_nothing_wrong()


@pytest.mark.smoke
def test_an_inscription_typed_across_the_deadline_is_sent_again_as_a_late_request(visit, meeting):
    rwanda = visit(viewport=NARROW)
    page = rwanda.page
    page.goto(f"{rwanda.site}sign-in/")
    sign_in(rwanda, "rwa@missions.example")
    SpeakersList.objects.update(closes_at=meeting.starts_at - timedelta(days=1))
    page.goto(f"{rwanda.site}inscribe/")
    fill_in(page)
    SpeakersList.objects.update(closes_at=meeting.speakers_list.closes_at)

    rwanda.press("Inscribe")
    expect(page.get_by_role("main")).to_contain_text("Nothing is recorded yet.")
    expect(page.get_by_label("Full name")).to_have_value("Name of the President")
    rwanda.finds_nothing_wrong()
    rwanda.press("File the late request")

    expect(page.get_by_role("main")).to_contain_text("Received, not yet decided.")


@pytest.mark.parametrize(("viewport", "colours"), [(WIDE, "light"), (NARROW, "dark")])
def test_an_unverified_entry_is_decided_on_one_page(visit, served, meeting, viewport, colours):
    at = meeting.speakers_list.closes_at - timedelta(hours=1)
    address = "colleague@missions.example"
    make_inscription(meeting, make_delegation("RWA"), at=at, is_verified=False, contact_email=address)
    desk = desk_of(visit, served, viewport, colours)

    desk.page.get_by_role("link", name="1 entry waits to be verified.").click()
    desk.page.get_by_role("link", name="Rwanda").click()
    desk.page.get_by_role("link", name="Verify").click()
    expect(desk.page.locator("#content")).to_contain_text("rwa@missions.example (at the same domain as the filer)")
    desk.finds_nothing_wrong()
    desk.page.get_by_label("Also enter this address as a focal point").check()
    desk.page.get_by_role("button", name="Verify").click()

    expect(desk.page.locator(".messagelist")).to_contain_text("its address is on record")
    assert order_of(meeting) == ["KEN", "RWA", "VAT"]
