"""Every page of the site passes axe with the rules of WCAG 2.2, and has room for its text, in every mode of reading.

Each is opened once in a language; colours, width and size of the text are changed in the open page.
"""

from pathlib import Path

import pytest

import clock
from tests.browser.access import pages
from tests.browser.access.looking import Look
from tests.browser.access.serving import keep, serving
from tests.hostile import meetings
from tests.hostile.meetings import AT
from tests.hostile.visitors import PUBLIC, Browser
from tests.scenes import undone

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LANGUAGES = ["en", "ar"]
# Fewer, and the scene has lost something.
AT_LEAST = 220
BROKEN = Path(__file__).with_name("broken.html")


@pytest.fixture(scope="module")
def every(chromium, django_db_setup, django_db_blocker):
    """Every page of the full meeting; the scene stays as long as they are read."""
    with django_db_blocker.unblock(), clock.stopped(AT), undone():
        meetings.full()
        yield pages.every()


@pytest.fixture
def look(chromium):
    """A function that looks at a page of `kept` content; see `Look.at`."""
    with serving() as (site, kept):
        window = Look(chromium, site)
        yield window, kept
        window.context.close()


def test_no_kind_of_page_is_forgotten(every):
    assert len(every) >= AT_LEAST
    assert {page.part for page in every} == set(pages.PARTS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", pages.PARTS)
def test_every_page_can_be_read_in_every_mode(every, look, part, language):
    window, kept = look
    browsers = {visitor: Browser(visitor) for visitor in (pages.STAFF, *PUBLIC)}
    found = []

    for page in [each for each in every if each.part == part]:
        keep(kept, page, browsers[page.visitor], language)
        for mode, rule, element in window.at(page.path, is_first=language == LANGUAGES[0]):
            found.append(f"{page}, {mode}: {rule}: {element}")

    assert not found, "\n".join(found)


def test_a_page_that_is_broken_on_purpose_is_found(look):
    window, kept = look
    kept["/broken/"] = {"Content-Type": "text/html; charset=utf-8"}, BROKEN.read_bytes()

    found = {(mode, rule) for mode, rule, _element in window.at("/broken/")}

    assert {
        ("light, 1280", "image-alt"),
        ("light, 1280", "target-size"),
        ("dark, 1280", "color-contrast"),
        ("dark, 390", "overflow"),
        ("light, 320", "overflow"),
        ("dark, 390", "hidden"),
        ("without motion, 1280", "moving"),
        ("few colours, 1280", "current"),
    } <= found
    assert ("light, 1280", "overflow") not in found
    assert ("light, 1280", "color-contrast") not in found
