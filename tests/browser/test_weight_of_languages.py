"""A page in another language loads at most 60 KB of fonts more than in English, as a browser counts.

Of the Chinese font, a reader who has one loads nothing.
"""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings

from speakers.models import Inscription
from tests.browser.chromium import program
from tests.browser.conftest import ARGUMENTS
from tests.browser.visitor import Visitor
from tests.languages import chinese_font
from tests.languages.full_list import make_full_list

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MORE = 60_000
LIST = "meetings/dialogue/speakers/"
CHINESE = re.compile("fonts/chinese/|noto-sans-sc|fonts/language-bar")
OF_THE_SYSTEM = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC"]


@pytest.fixture
def on_machine(chromium, tmp_path, site):
    """A function: makes visitors, each new to the site, whose machine has fonts of these families alone."""
    browsers = []

    def begin(*families):
        own = chinese_font.environment(tmp_path, *families)
        browsers.append(chromium.browser_type.launch(executable_path=program(), args=ARGUMENTS, env=own))
        return lambda: Visitor(browsers[-1], site)

    yield begin
    for browser in browsers:
        browser.close()


@pytest.fixture
def meeting(db):
    return make_full_list(datetime.now(UTC).replace(microsecond=0))


def fonts(visitor, path, language):
    """The names and weights of the fonts that a visitor loads for `path` in a language."""
    page, loaded = visitor.page, []
    page.on("response", lambda answer: loaded.append(answer) if answer.request.resource_type == "font" else None)
    page.goto(f"{visitor.site}{path}?lang={language}", wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    assert page.locator("html").get_attribute("lang") == language
    return {answer.url.rpartition("/static/")[2]: len(answer.body()) for answer in loaded}


def pages(meeting):
    """The pages that most people read, as pairs: the path, and the address of its reader, if it has only one."""
    receipt = Inscription.objects.get(delegation__code="RWA").get_absolute_url().lstrip("/")
    yield from (("", None), ("meetings/dialogue/", None), (LIST, None))
    yield f"{LIST}inscribe/", "vat@missions.example"
    yield receipt, "rwa@missions.example"


def weights(new_visitor, meeting, language):
    """The fonts of each page, by its path, as a visitor loads them who is new to the site."""
    found = {}
    for path, address in pages(meeting):
        visitor = new_visitor()
        if address:
            visitor.sign_in_as(address)
        found[path] = fonts(visitor, path, language)
        visitor.context.close()
    return found


@pytest.mark.parametrize("path", ["", "meetings/dialogue/", LIST])
def test_fonts_of_another_language_weigh_little(visit, meeting, path):
    in_english = sum(fonts(visit(), path, "en").values())
    more = {each: sum(fonts(visit(), path, each).values()) - in_english for each in ("ar", "fr", "ru", "es")}

    assert in_english > 0
    assert more["ar"] > 0
    assert all(weight <= MORE for weight in more.values()), more


def test_a_reader_without_a_chinese_font_loads_little_of_ours(on_machine, meeting):
    new_visitor = on_machine()
    chinese = weights(new_visitor, meeting, "zh-hans")

    of_ours = {path: sum(size for name, size in each.items() if CHINESE.search(name)) for path, each in chinese.items()}
    assert len(of_ours) == 5
    assert min(of_ours.values()) > 10_000
    assert max(of_ours.values()) <= MORE, of_ours


@pytest.mark.parametrize("family", OF_THE_SYSTEM)
def test_a_reader_who_has_a_chinese_font_loads_none(on_machine, meeting, family):
    chinese = weights(on_machine(family), meeting, "zh-hans")

    assert {name for each in chinese.values() for name in each if CHINESE.search(name)} == set()
    assert all(chinese.values())


@pytest.mark.parametrize("sheet", ["site", "framed", "secretariat", "language-bar"])
def test_the_fonts_of_the_system_come_before_ours(sheet):
    text = (settings.BASE_DIR / f"static/css/{sheet}.css").read_text()

    stacks = re.findall(r"^  (?:--serif|--sans|--font-family-primary|font-family):([^;]*SC[^;]*);", text, re.MULTILINE)
    assert stacks
    for each in stacks:
        assert all(-1 < each.find(family) < each.find("Noto Sans SC") for family in OF_THE_SYSTEM), each
