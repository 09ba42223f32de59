"""The whole path of a mission and of an organization, read in Arabic and in Chinese from the mail with the code on.

Mail goes through a real SMTP server. On every page: its language and direction are said and right, nothing of it is in
English, nothing overflows a narrow screen; words are looked up in the catalogue. R-02 R-10 R-26 R-33 R-54
"""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import expect

from dialogue.models import Meeting, Sitting
from outbox.delivery import sweeping
from registration.models import Representative
from speakers.models import Inscription, SpeakersList
from tests.browser.reader import Reader
from tests.factories import make_delegation, make_focal_point, make_inscription, make_level, make_meeting
from tests.outbox.conftest import smtp  # noqa: F401  a fixture
from tests.outbox.smtp_server import Server
from tests.registration.factories import make_ticketing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Milliseconds after which something is broken, not only slow.
LATE = 15000
NAMES = {"KEN": "Kenya", "GHA": "Ghana", "CRI": "Costa Rica", "FRA": "France"}
FOCAL = "rwa@missions.example"


@pytest.fixture(params=["ar", "zh-hans"])
def language(request):
    return request.param


@pytest.fixture
def meeting():
    """A meeting in eight days whose list is open, with four delegations on it, and whose tickets can be requested."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=3),
        starts_at=now + timedelta(days=8),
        ends_at=now + timedelta(days=8, hours=8),
    )
    make_level("OTH")
    for code, name in NAMES.items():
        make_inscription(meeting, make_delegation(code, name), at=now - timedelta(hours=1))
        make_focal_point(make_delegation(code))
    make_focal_point(make_delegation("RWA", "Rwanda"))
    make_ticketing(
        meeting,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=4),
        pass_closes_at=now + timedelta(days=7),
    )
    return meeting


@pytest.fixture
def site(served, live, meeting):
    return served.replace("127.0.0.1", "localhost") + "/"


@pytest.fixture
def reader(visit, language):
    """Make readers of the language, each with a narrow browser of their own. At the end no page had a fault."""
    faults = []
    yield lambda: Reader(visit, language, faults)
    assert not faults, "\n".join(f"{url}: {found}" for url, found in faults)


@pytest.fixture
def mailed(smtp):  # noqa: F811
    """Send what waits, and return the subject of the last mail to an address in which `pattern` is found, and that."""
    with smtp(Server()) as server:

        def last_to(address, pattern):
            sweeping.drain()
            taken = [content for recipients, content in server.accepted if address in recipients]
            for mail in (message_from_bytes(content, policy=policy.default) for content in reversed(taken)):
                if found := re.search(pattern, mail.get_body(["plain"]).get_content()):
                    return mail["Subject"], found[0]
            raise AssertionError(f"no mail to {address} has {pattern}")

        yield last_to


def sign_in(mission, mailed, address=FOCAL):
    """Ask for a code on the page of the reader, read it in the mail, and sign in with it."""
    mission.open("meetings/dialogue/speakers/inscribe/")
    mission.field("Your e-mail address").fill(address)
    mission.press("Send me a code")
    mission.reads_it()
    subject, code = mailed(address, r"\b\d{8}\b")
    assert mission.english_on(f"<html><p>{subject}</p></html>") == []
    mission.field("Eight-digit code from the mail").fill(code)
    mission.press("Sign in")
    mission.reads_it()


def inscribe(mission):
    """Fill in the form, send it, and return the address of the receipt."""
    mission.page.locator("select[name$=prefix]").first.select_option("H.E. Ms.")
    mission.field("Full name, as it is to be announced").fill("Name of the Speaker")
    mission.field("Functional title").fill("Permanent Representative")
    mission.field("Level of representation").select_option("PR")
    mission.field("Contact’s name").fill("First Secretary")
    mission.press("Inscribe")
    expect(mission.page.locator(".stamp-number")).to_have_text("5")
    mission.reads_it()
    return mission.page.url


def change_the_speaker(mission):
    mission.follow("Change the speaker")
    mission.reads_it()
    mission.field("Full name, as it is to be announced").fill("Another Speaker")
    mission.press("Change the speaker")
    expect(mission.page.locator(".facts")).to_contain_text("Another Speaker")
    mission.reads_it()


def swap(mission, partner, officer, mailed):
    """Rwanda proposes to France to exchange places, France accepts, and staff let it take effect."""
    mission.follow("Propose a swap")
    mission.reads_it()
    mission.page.get_by_role("radio", name="France").check()
    mission.press("Propose the swap")
    mission.reads_it()
    mission.press("Yes, propose the swap")
    mission.reads_it()

    sign_in(partner, mailed, "fra@missions.example")
    partner.open(
        f"meetings/dialogue/speakers/inscriptions/{Inscription.objects.get(delegation__code='FRA').public_id}/"
    )
    partner.press("Accept the swap …")
    partner.reads_it()
    partner.press("Yes, accept the swap")
    partner.reads_it()

    officer.signs_in_as_staff(to="/secretariat/speakers/swapproposal/")
    officer.reads_it()
    officer.page.get_by_role("link", name="Rwanda ⇄ France").click()
    officer.reads_it()
    officer.follow("Approve the swap")
    officer.reads_it()
    officer.press("Approve the swap", officer.page.locator("#content"))
    effect = "The swap is in effect. Both delegations are being notified; no other delegation has moved."
    officer.sees(effect, ".messagelist")


def let_the_day_come(meeting):
    """The list has closed, and the sitting began a minute ago."""
    now = datetime.now(UTC).replace(microsecond=0)
    by = now - timedelta(minutes=1) - meeting.starts_at
    SpeakersList.objects.filter(meeting=meeting).update(closes_at=now - timedelta(hours=1))
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=meeting.starts_at + by, ends_at=meeting.ends_at + by)
    for sitting in Sitting.objects.filter(meeting=meeting):
        Sitting.objects.filter(pk=sitting.pk).update(starts_at=sitting.starts_at + by, ends_at=sitting.ends_at + by)


def hold(meeting, officer, screen, telephone):
    """The officer runs one statement; the screen of the room and the mission's telephone follow."""
    let_the_day_come(meeting)
    officer.open("meetings/dialogue/floor/")
    screen.open("meetings/dialogue/display/")
    telephone.open("meetings/dialogue/now/")
    officer.press("Call the next")
    expect(officer.page.locator(".now-name")).to_have_text("Kenya")
    officer.reads_it()
    expect(screen.page.locator(".display-name")).to_have_text("Kenya", timeout=LATE)
    screen.reads_it()
    expect(telephone.page.locator(".room-name")).to_have_text("Kenya", timeout=LATE)
    telephone.reads_it()
    telephone.press("We are in the room")
    telephone.reads_it()
    officer.press("Start the clock")
    officer.reads_it()
    officer.press("End and call the next")
    expect(officer.page.locator(".now-name")).to_have_text("Ghana")
    for page in ("script/", "forecast/", "record/", "statistics/"):
        officer.open(f"meetings/dialogue/floor/{page}")


def test_a_mission_that_reads_no_english_goes_from_the_code_to_the_record(reader, meeting, mailed):
    mission, officer = reader(), reader()
    sign_in(mission, mailed)
    receipt = inscribe(mission)
    assert mission.english_on(f"<html><p>{mailed(FOCAL, 'Rwanda')[0]}</p></html>") == []
    change_the_speaker(mission)
    swap(mission, reader(), officer, mailed)
    mission.open("meetings/dialogue/speakers/")
    expect(mission.page.get_by_role("main")).to_contain_text("Rwanda")

    hold(meeting, officer, reader(), mission)

    mission.page.goto(receipt)
    mission.follow("Withdraw from the list …")
    mission.reads_it()
    mission.press("Withdraw")
    mission.reads_it()
    assert Inscription.objects.get(delegation__code="RWA").state == "withdrawn"


def request_tickets(applicant):
    """Ask for a ticket for one person who wishes to speak, in Arabic or Chinese."""
    applicant.open("meetings/dialogue/tickets/")
    applicant.field("Name of the organization").fill("Centre for Peace")
    applicant.field("Country in which it is based").fill("Kenya")
    applicant.field("Status with the United Nations").select_option("special")
    applicant.field("Your name").fill("Focal Point")
    applicant.field("Your e-mail address").fill("focal@ngo.example")
    applicant.field("First name").fill("Ada")
    applicant.field("Last name").fill("Lovelace")
    applicant.field("Own e-mail address").fill("ada@ngo.example")
    applicant.field("Wishes to take the floor").check()
    applicant.field("Topic of the statement").fill("Prevention")
    applicant.field("Outline").fill("What Organizations See")
    applicant.field("Language of the statement").select_option("fr")
    applicant.press("Send the request")
    applicant.reads_it()


def open_link(applicant, mailed, address):
    """Open the link of the last mail to `address`, whose subject is in the language of the request."""
    subject, link = mailed(address, r"https?://\S+")
    assert applicant.english_on(f"<html><p>{subject}</p></html>") == []
    applicant.page.goto(link.replace("127.0.0.1", "localhost"))
    applicant.reads_it()


def decide(office):
    """The office approves the request, releases the mail, and selects the person to speak."""
    for action in ("Approve the chosen", "Release the mails of the chosen"):
        office.page.goto(f"{office.site}secretariat/registration/representative/?state=all")
        office.reads_it()
        office.page.get_by_role("row", name="Ada Lovelace").get_by_role("checkbox").check()
        office.page.locator("select[name=action]").select_option(label=str(office.said(action)))
        office.page.locator(".actions button[type=submit]").first.click()
        office.reads_it()
        office.press(action, office.page.locator("#content"))
        office.reads_it()
    office.page.goto(f"{office.site}secretariat/registration/representative/?state=all")
    office.page.get_by_role("link", name="Ada Lovelace").click()
    office.reads_it()
    office.follow("Select to speak")
    office.reads_it()
    office.press("Select to speak", office.page.locator("#content"))
    office.reads_it()


def test_an_organization_that_reads_no_english_goes_from_its_request_to_the_door(reader, meeting, mailed):
    applicant, office = reader(), reader()
    request_tickets(applicant)
    open_link(applicant, mailed, "focal@ngo.example")
    applicant.press("Confirm this request")
    applicant.reads_it()
    private = applicant.page.url
    open_link(applicant, mailed, "ada@ngo.example")
    applicant.press("Confirm")
    applicant.reads_it()

    office.signs_in_as_staff(to="/secretariat/registration/representative/")
    decide(office)
    person = Representative.objects.get()
    assert person.inscription.receipt_no == 5
    applicant.page.goto(private)
    applicant.reads_it()

    applicant.page.locator("form[action$='/voucher/'] button").click()
    applicant.reads_it()
    office.open("meetings/dialogue/hand-over/")
    office.field("Name of this desk").fill("Desk 1")
    office.field("Scan the voucher, or type its code of eight characters").focus()
    office.page.keyboard.type(person.vouchers.get().code)
    office.page.keyboard.press("Enter")
    office.sees("Hand the ticket over", ".verdict")
