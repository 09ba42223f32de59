"""Releasing a programme and importing a file, in a real browser."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from dialogue.models import ProgrammeSlot
from speakers.models import FocalPoint
from tests.browser.desk import sign_in
from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_delegation, make_meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize(("viewport", "colours"), [(WIDE, "light"), (NARROW, "dark")])


@SIZES
def test_the_lead_releases_the_programme(visit, site, viewport, colours):
    now = datetime.now(UTC).replace(microsecond=0)
    starts_at = now + timedelta(days=8)
    meeting = make_meeting(
        opens_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=3),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=8),
    )
    ProgrammeSlot.objects.create(meeting=meeting, position=1, kind="opening", title="Opening", starts_at=starts_at)
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = sign_in(visitor, site, to=f"/secretariat/dialogue/meeting/{meeting.pk}/acts/release-programme/")

    visitor.finds_nothing_wrong()
    page.get_by_label("What is new").fill("First issue")
    page.get_by_role("button", name="Release the programme").click()

    expect(page.locator(".messagelist")).to_contain_text("Provisional programme: released.")
    page.goto(f"{site}meetings/dialogue/programme/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Provisional programme")
    assert meeting.versions.count() == 1


@SIZES
def test_the_lead_imports_focal_points_after_seeing_what_changes(visit, site, viewport, colours):
    make_delegation("GHA", "Ghana")
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = sign_in(visitor, site, to="/secretariat/speakers/delegation/import/")
    head = "code,focal point e-mail\n"
    visitor.finds_nothing_wrong()

    for text in [f"{head}GHA,wrong\n", f"{head}GHA,focal@gha.example\n"]:
        file = {"name": "list.csv", "mimeType": "text/csv", "buffer": text.encode()}
        page.get_by_label("File").set_input_files(files=[file])
        page.get_by_role("button", name="Check the file").click()
        expect(page.locator(".module").first).to_contain_text("GHA" if "focal@" in text else "“wrong” is not an e-mail")
        visitor.finds_nothing_wrong()
    assert not FocalPoint.objects.exists()
    page.get_by_role("button", name="Import this").click()

    expect(page.locator(".messagelist")).to_contain_text("1 focal point is imported.")
    assert FocalPoint.objects.get().email == "focal@gha.example"
