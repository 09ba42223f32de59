"""A joint statement, by two sign-ins, and a recorded video; then what the public, the room and staff see.  R-12 R-29"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from floor.acts import calling
from outbox.models import Message
from speakers.models import Inscription, Joining
from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_delegation, make_focal_point, make_inscription, make_meeting
from tests.floor.room import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long word of staff"
NAMES = {"CRI": "Costa Rica", "DNK": "Denmark", "RWA": "Rwanda", "BOL": "Bolivia (Plurinational State of)"}


@pytest.fixture
def meeting():
    """An open list that takes recorded videos, three days before the meeting; two of four delegations are on it."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=9),
        closes_at=now + timedelta(days=1),
        starts_at=now + timedelta(days=3),
        ends_at=now + timedelta(days=3, hours=8),
        takes_videos=True,
        shows_speaker_names=True,
    )
    for code, name in NAMES.items():
        make_focal_point(make_delegation(code, name))
    for code in ("CRI", "DNK"):
        make_inscription(meeting, make_delegation(code), at=now - timedelta(days=2))
    return meeting


@pytest.fixture
def site(served, meeting):
    return f"{served}/meetings/{meeting.slug}/speakers/"


def sign_in(visitor, code, path):
    """Go to `path`, sign in there as the delegation `code` by the code in its mail, and come back."""
    page, address = visitor.page, f"{code.lower()}@missions.example"
    page.goto(path)
    page.get_by_label("Your e-mail address").fill(address)
    visitor.press("Send me a code")
    mails = Message.objects.filter(kind="sign-in").order_by("-pk")
    mail = next(mail for mail in mails if mail.to == [address])
    page.get_by_label("Eight-digit code").fill(re.search(r"\b\d{8}\b", mail.body).group())
    visitor.press("Sign in")


@pytest.mark.parametrize(("viewport", "colours"), [(WIDE, "light"), (NARROW, "dark")])
def test_a_statement_is_joined_and_recorded_and_all_read_it(visit, served, site, live, meeting, viewport, colours):
    costa_rica, rwanda, public, desk = (visit(viewport=viewport, color_scheme=colours) for _each in range(4))

    sign_in(costa_rica, "CRI", f"{site}sign-in/")
    costa_rica.page.get_by_role("link", name="Costa Rica, receipt").click()
    costa_rica.page.get_by_role("link", name="Correct contact, language or recording").click()
    expect(costa_rica.page.get_by_label("Link to the recording")).to_be_hidden()
    costa_rica.page.get_by_label("The statement is a recorded video").check()
    costa_rica.page.get_by_label("Link to the recording").fill("https://videos.example/costa-rica.mp4")
    costa_rica.page.get_by_label("Who presents it in the room").fill("H.E. Ms. Ana Example")
    costa_rica.page.get_by_label("Functional title of that person").fill("Permanent Representative")
    costa_rica.finds_nothing_wrong()
    costa_rica.press("Correct")
    expect(costa_rica.page.get_by_role("main")).to_contain_text("https://videos.example/costa-rica.mp4")
    costa_rica.finds_nothing_wrong()

    costa_rica.page.get_by_role("link", name="Joint statement").click()
    costa_rica.page.get_by_label("Delegations that are to join").fill("Rwanda, Atlantis")
    costa_rica.press("Ask them to join")
    expect(costa_rica.page.get_by_role("main")).to_contain_text("“Atlantis” is not the name of a delegation on record.")
    costa_rica.finds_nothing_wrong()
    costa_rica.page.get_by_label("Delegations that are to join").fill("rwanda\nBolivia\nDenmark")
    costa_rica.press("Ask them to join")
    expect(costa_rica.page.locator(".joint-named li")).to_have_count(3)
    costa_rica.finds_nothing_wrong()

    mail = Message.objects.get(kind="speakers.joint_named", to=["rwa@missions.example"])
    link = re.search(r"\S+/joint/\S+", mail.body).group()
    sign_in(rwanda, "RWA", link)
    expect(rwanda.page.get_by_role("heading", level=1)).to_have_text("Costa Rica asks Rwanda to join its statement")
    rwanda.finds_nothing_wrong()
    rwanda.press("Join the statement")
    expect(rwanda.page.get_by_role("main")).to_contain_text("Your delegation joins.")
    rwanda.finds_nothing_wrong()
    rwanda.page.get_by_role("link", name="All inscriptions from your address").click()
    expect(rwanda.page.get_by_role("main")).to_contain_text("Rwanda joins the statement of Costa Rica")
    rwanda.finds_nothing_wrong()

    public.page.goto(site)
    expect(public.page.locator(".roll").first).to_contain_text("joined by Rwanda")
    expect(public.page.locator(".roll").first).to_contain_text("by recorded video, presented by H.E. Ms. Ana Example")
    public.finds_nothing_wrong()
    public.page.goto(f"{served}/meetings/{meeting.slug}/display/")
    expect(public.page.locator(".display-next")).to_contain_text("joined by Rwanda")
    public.finds_nothing_wrong()

    User.objects.create_superuser("officer", password=PASSWORD)
    desk.page.goto(f"{served}/secretariat/login/?next=/meetings/{meeting.slug}/floor/")
    desk.page.get_by_label("Username").fill("officer")
    desk.page.get_by_label("Password").fill(PASSWORD)
    desk.page.get_by_role("button", name="Log in").click()
    expect(desk.page.locator(".next-list").first).to_contain_text("https://videos.example/costa-rica.mp4")
    desk.finds_nothing_wrong()
    desk.page.goto(f"{served}/meetings/{meeting.slug}/floor/script/")
    expect(desk.page.locator(".script-say").first).to_contain_text("to present the recorded video statement of")
    desk.finds_nothing_wrong()


@pytest.mark.parametrize("viewport", [WIDE, NARROW])
def test_however_many_have_joined_the_clock_stays_on_the_screen(visit, served, live, meeting, viewport):
    names = [f"Delegation with a long name, number {number}" for number in range(60)]
    delegations = [make_delegation(f"D{number:02d}", name) for number, name in enumerate(names)]
    codes = [each.code for each in delegations]
    entry = Inscription.objects.get(delegation__code="CRI")
    of_entry = {"speakers_list": entry.speakers_list, "inscription": entry, "asked_at": entry.arrived_at}
    for position, each in enumerate(delegations):
        Joining.objects.create(**of_entry, delegation=each, position=position)
    Inscription.objects.filter(pk=entry.pk).update(joined=codes, is_by_video=True, presenter_name="H.E. Ms. Example")
    press(meeting, calling.call, meeting.starts_at, identity=str(entry.public_id))
    press(meeting, calling.begin, meeting.starts_at)

    room = visit(viewport=viewport)
    room.page.goto(f"{served}/meetings/{meeting.slug}/display/")

    clock = room.page.locator("[data-clock-face]").bounding_box()
    assert clock["y"] + clock["height"] <= viewport["height"]
    room.finds_nothing_wrong()
