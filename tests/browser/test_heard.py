"""What the live pages announce, and what they do not, with a real act through the stream, in English and in Arabic.

The browser's accessibility tree says how urgent each part is; a clock that runs is never spoken.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from floor.acts import calling, messaging, pausing
from floor.models import Interruption
from tests.browser.desk import enter
from tests.browser.heard import heard, listen, tree
from tests.browser.visitor import NARROW, WIDE
from tests.factories import STAFF, make_delegation, make_inscription, make_meeting
from tests.floor.room import press
from tests.servers import free_port

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATE = 15000
LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])
PAGES = pytest.mark.parametrize("below", ["now/", "display/"])
WORDS = {
    "en": {"called": "Called", "speaking": "Now speaking", "order": "Point of order: Ghana"},
    "ar": {"called": "نودي", "speaking": "يتكلم الآن", "order": "نقطة نظام"},
}
# What stands in Latin letters on an Arabic page: what was typed for this test.
TYPED = ["Informal interactive dialogue", "Trusteeship Council Chamber", "Lunch at one", "Prefix Name of the Speaker"]
TYPED += ["Kenya", "Rwanda", "Chile", "Ghana", "H.E. Ms.", "Minister for Foreign Affairs"]
# What the browser calls the parts of a field for a time, in the language in which it is installed.
OF_THE_BROWSER = ["Show time picker", "AM/PM", "Minutes", "Hours"]


@pytest.fixture
def meeting():
    """A meeting that sits now, with four delegations on its list."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=9),
        closes_at=now - timedelta(days=2),
        starts_at=now - timedelta(minutes=30),
        ends_at=now + timedelta(hours=6),
    )
    for name in ["Kenya", "Rwanda", "Chile", "Ghana"]:
        make_inscription(meeting, make_delegation(name[:3].upper(), name), at=now - timedelta(days=3))
    return meeting


@pytest.fixture
def site(served, live):
    return served.replace("127.0.0.1", "localhost") + "/meetings/dialogue/"


@pytest.fixture
def at(visit, site):
    """The page `below` that of the meeting, in `language`, before an officer who listens."""

    def come(below, language, viewport=WIDE, connection="live"):
        page = enter(visit(viewport=viewport), site + below, language=language)
        expect(page.locator("[data-live]")).to_have_attribute("data-connection", connection, timeout=LATE)
        listen(page)
        return page

    return come


def act(meeting, rule, **typed):
    press(meeting, rule, datetime.now(UTC), **typed)


def told(page):
    """What is announced within the next second and a half."""
    page.wait_for_timeout(1500)
    return heard(page)


@PAGES
@LANGUAGES
def test_a_new_speaker_is_announced_once_and_the_clock_never(at, meeting, below, language):
    page = at(below, language, NARROW if below == "now/" else WIDE)
    face = page.locator("[data-clock-face]").first
    told(page)

    act(meeting, calling.call)
    expect(page.locator(".room-name, .display-name")).to_have_text("Kenya", timeout=LATE)
    called = told(page)
    act(meeting, calling.begin)
    expect(face).not_to_have_text("3:00", timeout=LATE)
    speaking = told(page)
    before = face.text_content()
    page.wait_for_timeout(2500)

    assert [how for how, _words in called] == ["polite"]
    assert (WORDS[language]["called"] in called[0][1], "Kenya" in called[0][1]) == (True, True)
    assert [how for how, _words in speaking] == ["polite"]
    assert WORDS[language]["speaking"] in speaking[0][1]
    assert face.text_content() != before
    assert heard(page) == []
    clocks = [each for each in tree(page) if each[0] == "timer"]
    assert len(clocks) == 1
    assert clocks[0][2] in {"", "off"}


@PAGES
@LANGUAGES
def test_points_of_order_and_messages_are_announced(at, meeting, below, language):
    act(meeting, calling.call)
    act(meeting, calling.begin)
    page = at(below, language)
    told(page)

    act(meeting, pausing.pause, ground=Interruption.Ground.POINT_OF_ORDER, raised_by=make_delegation("GHA"))
    expect(page.locator(".room-order, .display-order")).to_be_visible(timeout=LATE)
    order = told(page)
    messaging.show(meeting, "Lunch at one", by=STAFF, at=datetime.now(UTC))
    expect(page.get_by_text("Lunch at one")).to_be_visible(timeout=LATE)
    message = told(page)

    assert [how for how, _words in order] == ["polite"]
    assert WORDS[language]["order"] in order[0][1]
    assert message == [("polite", "Lunch at one")]


@PAGES
@LANGUAGES
@pytest.mark.usefixtures("meeting")
def test_a_lost_connection_is_announced(at, settings, below, language):
    settings.LIVE_PORT = free_port()
    page = at(below, language, connection="asking")

    page.route("**/now.json*", lambda route: route.abort())
    expect(page.locator("[data-lost]")).to_be_visible(timeout=40000)

    lost = [words for how, words in heard(page) if how in {"polite", "assertive"}]
    assert lost == [" ".join(page.locator("[data-lost]").inner_text().split())]


def test_what_the_officer_hears_at_the_console(at, meeting):
    page = at("floor/", "en")
    page.keyboard.press("n")
    expect(page.locator(".now-name")).to_have_text("Kenya")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="End", exact=True)).to_be_visible()
    told(page)

    page.wait_for_timeout(2500)
    quiet = heard(page)
    page.keyboard.press("o")
    page.keyboard.type("Atlantis")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Raised by")).to_be_focused()

    assert quiet == []
    found = tree(page)
    assert [each[2] for each in found if each[0] == "timer"] in ([""], ["off"])
    assert ("combobox", "Raised by (a part of the name is enough)", "") in [(*each[:2], "") for each in found]


@pytest.mark.parametrize("below", ["now/", "display/", "floor/", "floor/script/", "hand-over/"])
def test_in_arabic_every_name_is_arabic(at, visit, site, meeting, below):
    act(meeting, calling.call)
    page = enter(visit(viewport=WIDE), site + below, language="ar")

    names = {name for role, name, _live in tree(page) if role not in {"RootWebArea", "StaticText", "InlineTextBox"}}

    left = {name for name in names if re.search("[A-Za-z]{2,}", _without_typed(name))}
    assert left <= {"English", "Français", "Español"}
    assert len(names) > 3


def _without_typed(name):
    for each in TYPED + OF_THE_BROWSER:
        name = name.replace(each, "")
    return name
