"""The public pages in a real browser: at both sizes, light and dark, on paper, and without JavaScript."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import expect

from dialogue.models import Meeting
from journal.actors import SYSTEM
from languages.lengths import left_in_words
from speakers import loading
from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_delegation, make_inscription

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ABOUT = ["privacy/", "accessibility/", "security/", "how-to-check/", "verify/"]
PAGES = ["", "meetings/r2p-rehearsal/", "meetings/r2p-rehearsal/programme/", "meetings/r2p-rehearsal/speakers/"]


@pytest.fixture
def site(served):
    """A running site with the rehearsal of the dialogue, whose list is open and holds three entries."""
    now = datetime.now(UTC)
    path = settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml"
    meeting = loading.rehearse(path, slug="r2p-rehearsal", by=SYSTEM, at=now).meeting
    make_inscription(meeting, make_delegation("KEN", "Kenya"), at=now)
    make_inscription(meeting, make_delegation("RWA", "Rwanda"), at=now, capacity="group", group_name="Friends")
    make_inscription(meeting, make_delegation("BOL", "Bolivia (Plurinational State of)"), "MFA", at=now)
    return f"{served}/"


@pytest.mark.parametrize(
    ("viewport", "colours"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]
)
def test_nothing_is_wrong_with_any_public_page(visit, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)

    for path in PAGES + ABOUT:
        visitor.page.goto(visitor.site + path)

        visitor.finds_nothing_wrong()


@pytest.mark.smoke
def test_every_page_reads_without_javascript(visit):
    visitor = visit(viewport=NARROW, java_script_enabled=False)
    page = visitor.page

    page.goto(visitor.site)
    page.get_by_role("link", name="Informal interactive dialogue").click()
    expect(page.get_by_text("Closes in ")).to_be_visible()
    page.get_by_role("link", name="Programme", exact=True).click()
    expect(page.get_by_text("Mr. Ivan Šimonović")).to_be_visible()
    page.get_by_role("link", name="List of speakers", exact=True).click()
    expect(page.get_by_role("row")).to_have_count(5)
    page.get_by_role("link", name="Inscribe on the list of speakers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to inscribe")


def test_the_countdown_counts_on_by_the_clock_of_the_server(visit):
    visitor = visit(viewport=WIDE)
    visitor.page.clock.install(time="2031-01-01T00:00:00Z")  # a browser whose clock is years wrong

    visitor.page.goto(f"{visitor.site}{PAGES[1]}")

    shows_what_is_left(visitor.page)


@pytest.mark.parametrize("days", [-3, 3])
def test_a_computers_clock_that_is_set_while_the_page_is_open_does_not_change_the_countdown(visit, days):
    visitor = visit(viewport=WIDE)
    visitor.page.clock.install()
    visitor.page.goto(f"{visitor.site}{PAGES[1]}")
    shows_what_is_left(visitor.page)

    visitor.page.clock.set_system_time(datetime.now(UTC) + timedelta(days=days))

    visitor.page.wait_for_timeout(2500)
    shows_what_is_left(visitor.page)


@pytest.mark.parametrize("language", ["zh-hans", "ru", "es"])
def test_the_countdown_joins_its_units_as_the_language_does(visit, language):
    visitor = visit(viewport=WIDE)

    visitor.page.goto(f"{visitor.site}{PAGES[1]}?lang={language}")
    visitor.page.wait_for_timeout(1500)  # the script has counted on by then

    now, closes_at = datetime.now(UTC), Meeting.objects.get().speakers_list.closes_at
    with translation.override(language):
        left = {left_in_words(closes_at - at) for at in [now - timedelta(minutes=1), now + timedelta(minutes=1)]}
        words = [gettext("Closes in %(left)s.") % {"left": each} for each in left]
    pattern = "|".join(r"\s".join(map(re.escape, each.split())) for each in words)
    expect(visitor.page.locator("[data-countdown]")).to_have_text(re.compile(f"^({pattern})$"))


def shows_what_is_left(page):
    now = datetime.now(UTC)  # a full hour may pass while one looks
    words = {countdown_of(Meeting.objects.get(), at) for at in [now - timedelta(minutes=1), now + timedelta(minutes=1)]}
    pattern = "|".join(f"^{re.escape(each)}$" for each in words)
    expect(page.locator("[data-countdown]")).to_have_text(re.compile(pattern))


def countdown_of(meeting, at):
    left = meeting.speakers_list.closes_at - at
    hours = left.seconds // 3600
    words = [f"{left.days} days" if left.days > 1 else "1 day" if left.days else ""]
    words.append("" if not hours else "1 hour" if hours == 1 else f"{hours} hours")
    return f"Closes in {' and '.join(word for word in words if word)}."


@pytest.mark.parametrize("path", PAGES + ABOUT)
def test_on_paper_a_page_is_its_text_alone(visit, path):
    visitor = visit(viewport=WIDE)
    visitor.page.goto(visitor.site + path)

    visitor.page.emulate_media(media="print")

    for part in [".masthead nav", ".meeting-bar", ".actions", ".deadline-actions", ".countdown", ".colophon"]:
        for element in visitor.page.locator(part).all():
            expect(element).to_be_hidden()
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    colours = "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    assert visitor.page.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_dark_is_not_printed_dark(visit):
    visitor = visit(viewport=WIDE, color_scheme="dark")
    visitor.page.goto(f"{visitor.site}{PAGES[1]}")

    visitor.page.emulate_media(media="print", color_scheme="dark")

    heading = visitor.page.get_by_role("heading", level=1)
    assert heading.evaluate("element => getComputedStyle(element).color") == "rgb(24, 33, 46)"
