"""Maintenance begins while a page is open: what was typed is not recorded and not lost."""

from datetime import UTC, datetime

import pytest
from django.conf import settings as project
from django.core.management import call_command
from playwright.sync_api import expect

from journal.actors import SYSTEM
from secretariat.maintenance import announcing
from speakers import loading
from tests.browser.visitor import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIGN_IN = "meetings/r2p-rehearsal/speakers/sign-in/"


@pytest.fixture
def site(served, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.SECRETARIAT_CONTACT = "General Assembly Affairs Branch, telephone 5063"
    path = project.BASE_DIR / "dialogue/meetings/r2p-2016.toml"
    loading.rehearse(path, slug="r2p-rehearsal", by=SYSTEM, at=datetime.now(UTC))
    return f"{served}/"


@pytest.mark.parametrize("viewport", [WIDE, NARROW])
def test_a_form_that_was_open_is_sent_again_after_the_maintenance(visit, viewport):
    visitor = visit(viewport=viewport)
    page = visitor.page
    page.goto(visitor.site + SIGN_IN)
    page.get_by_label("E-mail").fill("rwa@missions.example")

    call_command("maintenance", "on", "--until", "14:00", "--zone", "America/New_York")
    page.get_by_role("main").get_by_role("button").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("NOT recorded")
    expect(page.get_by_text("2:00 p.m. (New York time)")).to_be_visible()
    expect(page.get_by_text("poliakova@un.org")).to_be_visible()
    visitor.wrong = [words for words in visitor.wrong if "status of 503" not in words]
    visitor.finds_nothing_wrong()
    call_command("maintenance", "off")
    page.get_by_role("button", name="Send the same form again").click()
    expect(page.get_by_label("Code")).to_be_visible()


@pytest.mark.parametrize("viewport", [WIDE, NARROW])
def test_the_file_for_the_proxy_is_read_in_every_language_one_under_the_other(visit, viewport):
    call_command("maintenance", "on", "--until", "14:00", "--zone", "America/New_York")
    file = announcing.page().read_text()
    call_command("maintenance", "off")
    visitor = visit(viewport=viewport)
    page = visitor.page
    page.route("**/maintenance.html", lambda route: route.fulfill(body=file, content_type="text/html; charset=utf-8"))

    page.goto(f"{visitor.site}maintenance.html")
    page.get_by_role("link", name="Français").click()

    expect(page.locator("#fr").get_by_role("heading", level=1)).to_be_in_viewport()
    assert page.locator("main > [lang]").count() == len(project.SITE_LANGUAGES)
    assert page.locator("[dir=rtl]").count() == ("ar" in project.SITE_LANGUAGES)
    visitor.finds_nothing_wrong()
