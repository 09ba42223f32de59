"""The list in a frame of another site: of those on the allow-list alone, and no other page in any.  R-29"""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from tests.factories import OPEN, make_delegation, make_inscription, make_meeting, make_panel

pytestmark = pytest.mark.django_db
FRAMED = "/meetings/dialogue/speakers/embed/"
OTHER_PAGES = ["/", "/meetings/dialogue/", "/meetings/dialogue/speakers/", "/mission/", "/meetings/dialogue/display/"]
HOST = "https://www.example.org"


@pytest.fixture(autouse=True)
def _clock():
    with clock.stopped(OPEN):
        yield


@pytest.fixture
def meeting():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("RWA", "Rwanda"))
    return meeting


def frames_of(answer):
    """Who may show the page in a frame, by both headers that say so."""
    policy = re.search(r"frame-ancestors ([^;]+)", answer["Content-Security-Policy"])[1]
    return policy, answer.get("X-Frame-Options")


def test_no_one_may_frame_it_unless_the_site_says_so(meeting):
    assert frames_of(Client().get(FRAMED)) == ("'none'", "DENY")


@pytest.mark.parametrize("visits", [1, 2], ids=["fresh", "kept for a second"])
def test_the_hosts_of_the_site_may_frame_it_and_nothing_else_of_it(meeting, settings, visits):
    settings.FRAMED_BY = [HOST, "https://journal.example.org:8443"]

    for _visit in range(visits):
        answer = Client().get(FRAMED)

    assert frames_of(answer) == (f"{HOST} https://journal.example.org:8443", None)
    assert {"default-src 'none'", "script-src 'self'"} < set(answer["Content-Security-Policy"].split("; "))
    assert {frames_of(Client().get(page)) for page in OTHER_PAGES} == {("'none'", "DENY")}


def test_a_page_that_is_not_there_and_a_refused_request_stay_out_of_every_frame(meeting, settings):
    settings.FRAMED_BY = [HOST]

    assert Client().get("/meetings/none/speakers/embed/").status_code == 404
    assert frames_of(Client().get("/meetings/none/speakers/embed/"))[1] == "DENY"
    assert Client().post(FRAMED).status_code == 405


def test_it_has_the_rows_of_the_public_list_without_its_navigation(meeting):
    page = Client().get(FRAMED).content.decode()

    public = Client().get("/meetings/dialogue/speakers/").content.decode()
    rows = re.search(r'<table class="roll".*</table>', public, re.DOTALL)
    assert rows[0] in page
    assert "<nav" not in page
    assert "The list as it stood on Wednesday, 31 August 2016, 1:00 p.m. (New York time)." in page
    assert {re.search(r'target="(\w+)"', link)[1] for link in re.findall(r"<a [^>]+>", page)} == {"_top"}


def test_another_list_is_framed_by_itself(meeting):
    panel = make_panel(meeting)
    make_inscription(panel.meeting_at_hand, make_delegation("KEN", "Kenya"))

    page = Client().get("/meetings/dialogue/lists/panel/speakers/embed/").content.decode()

    assert ("Kenya" in page, "Rwanda" in page, "Panel" in page) == (True, False, True)


@pytest.mark.parametrize(
    ("asked", "opening"),
    [
        ("", '<html lang="en" dir="ltr">'),
        ("?language=ar&colours=dark", '<html lang="ar" dir="rtl" class="framed--dark">'),
        ("?language=none&colours=%22onload%3D", '<html lang="en" dir="ltr">'),
    ],
)
def test_its_address_says_in_which_language_and_colours(meeting, asked, opening):
    assert opening in Client().get(FRAMED + asked).content.decode()


def test_it_notices_the_next_act_by_the_version_that_the_room_tells(meeting):
    before = version_shown()
    assert before == version_of_the_room()

    make_inscription(meeting, make_delegation("KEN", "Kenya"))
    caches["pages"].clear()

    assert version_shown() == version_of_the_room() != before


def version_shown():
    return re.search(r'data-version="(\d+)"', Client().get(FRAMED).content.decode())[1]


def version_of_the_room():
    return str(Client().get("/meetings/dialogue/now.json").json()["version"])


def test_it_sets_no_cookie_and_costs_at_most_four_statements(meeting):
    for code in ("KEN", "GHA", "BEN"):
        make_inscription(meeting, make_delegation(code))

    with CaptureQueriesContext(connection) as statements:
        answer = Client().get(FRAMED)

    assert (len(statements) <= 4, answer.cookies, "cookie" in answer.get("Vary", "").lower()) == (True, {}, False)
