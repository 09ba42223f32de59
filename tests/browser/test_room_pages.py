"""The pages beside the console in a real browser: record, statistics, paper, script, statements and handing in.  R-40

At both sizes, light and dark: axe finds nothing wrong, the policy stops nothing, nothing is wider than the page.
"""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import expect

from floor.acts import inserting, undoing
from floor.statements import handing_in
from journal.actors import FOCAL_POINT, Actor
from speakers.delegations import access
from tests.browser.busy_room import make_busy_room
from tests.browser.visitor import NARROW, WIDE
from tests.factories import STAFF, make_delegation, make_focal_point
from tests.floor.room import conclude, entry, press
from tests.floor.statements.files import docx, pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]
FOR_STAFF = [
    "",
    "forecast/",
    "script/",
    "insert/",
    "reply/",
    "limits/",
    "switches/",
    "paper/",
    "record/",
    "statistics/",
]
FOR_ALL = ["", "speakers/", "now/", "statements/"]


@pytest.fixture
def meeting():
    meeting = make_busy_room()
    for code in ["AUS", "RWA"]:
        make_focal_point(make_delegation(code))
    _hand_in(meeting, "AUS", pdf("Thank you, Mr. President"), "en")
    _hand_in(meeting, "AUS", docx("Merci, Monsieur le Président"), "fr")
    return meeting


def _hand_in(meeting, code, content, language):
    by = Actor(f"{code.lower()}@missions.example", FOCAL_POINT)
    at = meeting.speakers_list.closes_at
    handing_in.hand_in(meeting, entry(meeting, code), content=content, language=language, by=by, at=at)


@pytest.fixture
def site(served, live, meeting):
    return f"{served.replace('127.0.0.1', 'localhost')}/meetings/{meeting.slug}/"


@pytest.fixture
def officer(visit, site):
    """A member of staff who may do everything, with a browser."""

    def come(**context):
        client = Client()
        client.force_login(User.objects.get_or_create(username="officer", is_staff=True, is_superuser=True)[0])
        visitor = visit(**context)
        visitor.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        return visitor

    return come


@pytest.fixture
def mission(visit, site):
    """The focal point of a delegation, signed in, with a browser."""

    def come(code, **context):
        session = Client().session
        session[access.ADDRESS] = f"{code.lower()}@missions.example"
        session.save()
        visitor = visit(**context)
        visitor.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": site}])
        return visitor

    return come


def page_of_text(visitor, meeting, code):
    return f"{visitor.site}speakers/inscriptions/{entry(meeting, code).public_id}/statement/"


@pytest.mark.parametrize(("viewport", "colours"), LOOKS)
def test_nothing_is_wrong_with_any_page_of_staff(officer, meeting, viewport, colours):
    visitor = officer(viewport=viewport, color_scheme=colours)

    for page in [*FOR_STAFF, f"entries/{entry(meeting, 'URY').public_id}/"]:
        visitor.page.goto(f"{visitor.site}floor/{page}")
        visitor.finds_nothing_wrong()


@pytest.mark.parametrize(("viewport", "colours"), LOOKS)
def test_nothing_is_wrong_with_the_pages_of_the_public_and_of_a_delegation(visit, mission, meeting, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)
    for page in FOR_ALL:
        visitor.page.goto(visitor.site + page)
        visitor.finds_nothing_wrong()

    delegation = mission("RWA", viewport=viewport, color_scheme=colours)
    for page in [f"{delegation.site}now/", page_of_text(delegation, meeting, "RWA")]:
        delegation.page.goto(page)
        delegation.finds_nothing_wrong()


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["desk", "phone"])
def test_a_delegation_hands_in_its_text_by_key_and_reads_what_is_wrong_with_a_file(mission, meeting, viewport):
    visitor = mission("RWA", viewport=viewport)
    page = visitor.page
    page.goto(page_of_text(visitor, meeting, "RWA"))

    page.get_by_label("File").set_input_files({"name": "text.exe", "mimeType": "text/plain", "buffer": b"MZ"})
    page.get_by_role("button", name="Hand in").focus()
    page.keyboard.press("Enter")
    expect(
        page.get_by_text("This is neither a PDF nor a DOCX file. Save the statement as one of these.", exact=True)
    ).to_be_visible()
    expect(page.get_by_label("File")).to_have_attribute("aria-invalid", "true")
    visitor.finds_nothing_wrong()

    text = {"name": "statement.docx", "mimeType": "application/octet-stream", "buffer": docx("word " * 458)}
    page.get_by_label("File").set_input_files(text)
    page.get_by_role("button", name="Hand in").focus()
    page.keyboard.press("Enter")
    expect(
        page.get_by_text("458 words: about 4 min 10 s at an interpreter’s pace; the limit is 3 min.")
    ).to_be_visible()
    visitor.finds_nothing_wrong()

    page.get_by_role("button", name="Withdraw it").press("Enter")
    expect(page.get_by_text("The text is withdrawn.")).to_be_visible()


def test_a_delegation_not_reached_posts_in_lieu_and_its_text_stands_beside_those_delivered(mission, visit, meeting):
    _end_of(meeting)
    visitor, reader = mission("RWA", viewport=NARROW), visit(viewport=NARROW)
    page = visitor.page
    page.goto(page_of_text(visitor, meeting, "RWA"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Written statement in lieu of delivery")
    text = {"name": "statement.pdf", "mimeType": "application/pdf", "buffer": pdf("Thank you")}
    page.get_by_label("File").set_input_files(text)
    visitor.press("Hand in")
    expect(page.get_by_text("The text is saved: English.")).to_be_visible()

    reader.page.goto(reader.site)
    reader.page.get_by_role("link", name="Read the statements").click()

    lieu = reader.page.get_by_role("region", name="Written statements in lieu of delivery")
    expect(lieu).to_contain_text("Rwanda")
    expect(reader.page.get_by_role("region", name="Delivered")).to_contain_text("Australia")
    reader.finds_nothing_wrong()


def _end_of(meeting):
    at = datetime.now(UTC)
    press(meeting, undoing.undo, at)
    conclude(meeting, at)


def test_the_moderator_keeps_what_was_said_about_time_by_key_and_prints_without_forms(officer):
    visitor = officer(viewport=WIDE)
    page = visitor.page
    page.goto(f"{visitor.site}floor/script/")
    expect(page.locator(".script-line--now")).to_contain_text("Slovenia")

    page.get_by_role("button", name=re.compile("I have said this.*I remind")).press("Enter")
    expect(page.locator(".remarks")).to_contain_text("I remind speakers that they have three minutes")
    page.get_by_label("What was said about time").fill("Please be brief.")
    page.keyboard.press("Enter")
    expect(page.locator(".remarks")).to_contain_text("Please be brief.")
    visitor.finds_nothing_wrong()

    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Save it")).to_be_hidden()
    expect(page.get_by_text("Thank the interpreters.").last).to_be_visible()
    expect(page.get_by_text("I now give the floor to").first).to_be_visible()


@pytest.mark.parametrize("extension", ["pdf", "xlsx", "json"])
def test_the_record_is_saved_as_a_file_from_its_page(officer, extension):
    visitor = officer(viewport=WIDE)
    visitor.page.goto(f"{visitor.site}floor/record/")

    with visitor.page.expect_download() as started:
        visitor.page.get_by_role("link", name=extension.upper(), exact=True).press("Enter")

    assert started.value.suggested_filename == f"dialogue-record.{extension}"


def test_the_statistics_say_in_tables_what_their_pictures_show(officer):
    visitor = officer(viewport=WIDE)
    page = visitor.page
    page.goto(f"{visitor.site}floor/statistics/")

    for heading, row in [
        ("By region", "African States"),
        ("By level", "PR"),
        ("By capacity", "National capacity"),
    ]:
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        expect(page.get_by_role("rowheader", name=row, exact=True)).to_be_visible()
        expect(page.get_by_role("img", name=heading)).to_be_visible()


def test_the_list_on_paper_is_renewed_every_fifteen_minutes_and_stays_while_the_network_is_away(officer, meeting):
    visitor = officer(viewport=WIDE)
    page = visitor.page
    page.clock.install()
    page.goto(f"{visitor.site}floor/paper/")
    inserting.insert(meeting, name="Secretary-General", by=STAFF, at=datetime.now(UTC))

    visitor.go_offline()
    page.clock.fast_forward("15:00")
    expect(page.get_by_text("The site cannot be reached.")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Guatemala")).to_be_visible()
    visitor.go_online()
    page.clock.fast_forward("00:30")

    expect(page.get_by_role("rowheader", name="Secretary-General")).to_be_visible()


def test_the_list_on_paper_prints_itself_where_the_officer_asked_for_it_and_fits_a_page(officer):
    visitor = officer(viewport=WIDE)
    page = visitor.page
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; }")
    page.goto(f"{visitor.site}floor/paper/")
    assert page.evaluate("window.printed") == 0

    page.get_by_label("Print it now and every 15 minutes").press("Space")
    assert page.evaluate("window.printed") == 1
    page.reload()
    expect(page.get_by_label("Print it now and every 15 minutes")).to_be_checked()
    assert page.evaluate("window.printed") == 1

    page.emulate_media(media="print")
    expect(page.get_by_text("Print it now")).to_be_hidden()
    expect(page.get_by_role("rowheader", name="Guatemala")).to_be_visible()
