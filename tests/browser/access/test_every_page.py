"""Every page of the site passes axe with the rules of WCAG 2.2, and has room for its text, in every mode of reading.

Each is opened once in each direction; colours, width, size of the text and language are changed in the open page. With
`--full-size`, each is opened in all six languages.
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
# Written as English is: the open page is given their words.
OTHERS = ["zh-hans", "fr", "ru", "es"]
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


def pytest_generate_tests(metafunc):
    """In the full size, each language is opened by itself and asked all that English and Arabic are."""
    if "language" in metafunc.fixturenames:
        is_full_size = metafunc.config.getoption("--full-size")
        metafunc.parametrize("language", [*LANGUAGES, *OTHERS] if is_full_size else LANGUAGES)


@pytest.mark.parametrize("part", pages.PARTS)
def test_every_page_can_be_read_in_every_mode(every, look, part, language):
    window, kept = look
    browsers = {visitor: Browser(visitor) for visitor in (pages.STAFF, *PUBLIC)}
    found = []

    for page in [each for each in every if each.part == part]:
        keep(kept, page, browsers[page.visitor], language)
        is_first = language == LANGUAGES[0]
        found += [f"{page}, {language}, {' '.join(each)}" for each in window.at(page.path, is_first=is_first)]
        for other in OTHERS if is_first else ():
            html = browsers[page.visitor].get(page.path, headers={"accept-language": other}).content.decode()
            found += [f"{page}, {other}, {' '.join(each)}" for each in window.in_another_language(html)]

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


def test_what_is_wrong_in_one_language_alone_is_found(look):
    window, kept = look
    of_others = "<html lang='ru'><title>А</title><main><h1>Об</h1><button></button><p>" + "о" * 60 + "</main></html>"
    kept["/whole/"] = {"Content-Type": "text/html; charset=utf-8"}, b"<html lang='en'><title>A</title><main><h1>A"

    assert window.at("/whole/") == []
    found = {(mode, rule) for mode, rule, _element in window.in_another_language(of_others)}
    assert {("light, 390", "overflow"), ("light, 390", "button-name"), ("text of 200%, 390", "overflow")} <= found
    assert window.in_another_language("<html lang='fr'><title>A</title><main><h1>A</h1></main></html>") == []
