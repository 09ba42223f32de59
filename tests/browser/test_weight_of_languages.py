"""A page in another language loads at most 60 KB of fonts more than in English, as a browser counts."""

import re

import pytest
from django.conf import settings

from tests.factories import make_delegation, make_inscription, make_meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MORE = 60_000
PATHS = ["", "meetings/dialogue/", "meetings/dialogue/speakers/"]


@pytest.fixture
def weight_of_fonts(visit, site):
    """A function: how many bytes of fonts a new visitor loads for a page in a language."""

    def weigh(path, language):
        page = visit().page
        loaded = []
        page.on("response", lambda answer: loaded.append(answer) if answer.request.resource_type == "font" else None)
        page.goto(f"{site}{path}?lang={language}", wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        assert page.locator("html").get_attribute("lang") == language
        return sum(len(answer.body()) for answer in loaded)

    return weigh


@pytest.mark.parametrize("path", PATHS)
def test_fonts_of_another_language_weigh_little(weight_of_fonts, path):
    meeting = make_meeting()
    for code in ("AAA", "BBB"):
        make_inscription(meeting, make_delegation(code))

    in_english = weight_of_fonts(path, "en")
    more = {language: weight_of_fonts(path, language) - in_english for language in ("ar", "fr", "ru", "es")}

    assert in_english > 0
    assert more["ar"] > 0
    assert all(weight <= MORE for weight in more.values()), more


@pytest.mark.parametrize("sheet", ["site", "framed", "secretariat"])
def test_a_reader_who_has_a_chinese_font_loads_none(sheet):
    text = (settings.BASE_DIR / f"static/css/{sheet}.css").read_text()

    stacks = re.findall(r"^  --(?:serif|sans|font-family-primary):([^;]*);", text, re.MULTILINE)
    assert stacks
    for each in stacks:
        assert -1 < each.find("Microsoft YaHei") < each.find("Noto Sans SC"), each
