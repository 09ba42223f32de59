"""From the queue to security in a browser: many are approved, mails released, the sheet frozen and downloaded.  R-52"""

import hashlib
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from dialogue.models import Contact
from registration.models import Manifest
from tests.browser.desk import sign_in
from tests.browser.test_ticket_desk import do_to
from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_meeting
from tests.registration.factories import make_representative, make_request, make_ticketing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PEOPLE = [("Ada", "Lovelace"), ("عادل", "الإمام"), ("小明", "王"), ('=HYPERLINK("http://x.example")', "Formula")]
MAY = ["view_representative", "change_representative", "view_ticketing", "view_manifest", "add_manifest"]
QUEUE = "/secretariat/registration/representative/"


@pytest.fixture
def site(served):
    """A running site with four people who wait for a decision. Returns its address."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=2),
        closes_at=now + timedelta(days=8),
        starts_at=now + timedelta(days=14),
        ends_at=now + timedelta(days=14, hours=8),
    )
    Contact.objects.create(meeting=meeting, role="civil_society", name="The office", email="office@un.example")
    make_ticketing(meeting, closes_at=now + timedelta(days=9), pass_closes_at=now + timedelta(days=13))
    request = make_request(meeting, "Centre for Peace", at=now)
    for first, last in PEOPLE:
        make_representative(request=request, at=now, first_name=first, last_name=last)
    return f"{served}/"


def choose_all(page, action):
    """Choose everyone in the queue and the action, and go."""
    do_to(page, action, *(last for _first, last in PEOPLE))


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "390"])
def test_the_office_approves_releases_freezes_and_takes_the_sheet_out(visit, site, viewport, tmp_path):
    visitor = visit(viewport=viewport)
    page = sign_in(visitor, site, name="office", may=MAY, to=QUEUE)

    choose_all(page, "Approve the chosen")
    page.get_by_role("button", name="Approve the chosen").click()
    expect(page.locator(".messagelist")).to_contain_text("4 people are approved.")
    page.goto(f"{site}secretariat/registration/representative/?state=let_in")
    choose_all(page, "Release the mails of the chosen")
    page.get_by_role("button", name="Release the mails of the chosen").click()
    expect(page.locator(".messagelist")).to_contain_text("4 mails are released.")

    page.goto(f"{site}secretariat/registration/ticketing/")
    page.get_by_role("row").get_by_role("link", name="Informal interactive dialogue").click()
    page.get_by_role("link", name="Freeze the manifest for security").click()
    expect(page.get_by_role("heading", name="To be added")).to_be_visible()
    expect(page.get_by_text("Ada Lovelace, Centre for Peace")).to_be_visible()
    visitor.finds_nothing_wrong()
    page.get_by_role("button", name="Freeze the manifest for security").click()
    expect(page.locator(".messagelist")).to_contain_text("Manifest is frozen: 4 added, 0 withdrawn.")
    visitor.finds_nothing_wrong()

    taken = [take_out(page, tmp_path / f"{number}.xlsx") for number in (1, 2)]
    manifest = Manifest.objects.get()
    assert taken[0] == taken[1]
    assert hashlib.sha256(taken[0]).hexdigest() == manifest.sha256
    expect(page.get_by_text(manifest.sha256).first).to_be_visible()
    book = openpyxl.load_workbook(io.BytesIO(taken[0]))
    names = [row[2:0:-1] for row in book["Manifest"].iter_rows(min_row=2, values_only=True)]
    assert names == sorted(PEOPLE, key=lambda name: name[1].casefold())

    page.goto(f"{site}secretariat/registration/manifest/")
    expect(page.get_by_role("link", name="Manifest", exact=True)).to_be_visible()
    visitor.finds_nothing_wrong()


def take_out(page, path: Path):
    """The bytes of the file behind the button; its name ends with the first digits of its hash."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the file").click()
    waiting.value.save_as(path)
    content = path.read_bytes()
    assert waiting.value.suggested_filename == f"dialogue-manifest-1-{hashlib.sha256(content).hexdigest()[:12]}.xlsx"
    return content
