"""The page of the live list: likely turns, the strip of all entries, and rows that are found.  R-43 R-59 R-71"""

import re
from datetime import UTC, datetime

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import clock
from speakers.publishing import documents, page
from tests.factories import (
    OPEN,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_meeting,
    make_panel,
    signed_in,
)

pytestmark = pytest.mark.django_db
LIST = "/meetings/dialogue/speakers/"


@pytest.fixture
def meeting():
    """Fifty-odd Member States and two groups: more than the morning has time for."""
    made = make_meeting(floor_opens_at=datetime(2016, 9, 6, 15, 0, tzinfo=UTC))
    make_inscription(made, make_delegation("RWA", "Rwanda"), capacity="group", group_name="African Group")
    make_inscription(made, make_delegation("TUR", "Türkiye"))
    make_inscription(made, make_delegation("RWA", "Rwanda"))
    for number in range(50):
        make_inscription(made, make_delegation(f"S{number}", f"State {number}"))
    make_inscription(made, make_delegation("PSE", "State of Palestine", band="observer_states"))
    with clock.stopped(OPEN):
        yield made


def row(words, anchor):
    return re.sub(r"\s+", " ", words.split(f'id="{anchor}"')[1].split("</tr>")[0])


def test_each_row_has_its_likely_turn_as_a_range_and_its_name_in_the_address(client, meeting):
    words = client.get(LIST).content.decode()

    assert '<td role="cell" class="roll-turn">11:05 a.m.</td>' in row(words, "TUR")
    assert re.search(r'"roll-turn">\d+:\d\d p\.m\. \(.+–.+ p\.m\.\)</td>', row(words, "PSE"))
    assert "on behalf of" in row(words, "RWA-1")
    assert "on behalf of" not in row(words, "RWA")


def test_at_a_meeting_of_several_days_the_turn_names_its_day(client, meeting):
    meeting.sittings.filter(part="afternoon").update(
        starts_at=datetime(2016, 9, 7, 14, 0, tzinfo=UTC), ends_at=datetime(2016, 9, 7, 17, 0, tzinfo=UTC)
    )
    type(meeting).objects.update(ends_at=datetime(2016, 9, 7, 17, 0, tzinfo=UTC))

    assert "Wednesday, 7 September" in row(client.get(LIST).content.decode(), "PSE")


def test_no_turn_is_shown_where_no_hours_are_known(client, meeting):
    panel = make_panel(meeting)
    make_inscription(panel.meeting_at_hand, make_delegation("TUR"))

    words = client.get(reverse("speakers:list", args=panel.address)).content.decode()

    assert 'id="TUR"' in words
    assert "roll-turn" not in words


def test_the_strip_has_every_entry_by_band_and_a_line_at_the_break(client, meeting):
    speakers_list = meeting.lists.get()
    strip = page.strip_of(documents.live(speakers_list, at=OPEN), speakers_list.meeting)

    assert [(str(run.name), run.first, run.last) for run in strip.runs] == [
        ("groups", 1, 1),
        ("Member States", 2, 53),
        ("observer States", 54, 54),
    ]
    (line,) = strip.lines
    assert 20 < line.after < 40
    assert line.words == "break, 1:00–3:00 p.m."
    words = re.sub(r"\s+", " ", client.get(LIST).content.decode())
    assert f"after place {line.after}: break, 1:00–3:00 p.m." in words
    assert "places 2 to 53" in words


def test_those_beyond_the_time_stand_after_a_line_of_their_own():
    rows = [{"band": "member_states", "place": n, "sitting": "morning" if n < 3 else ""} for n in (1, 2, 3)]
    sitting = {"name": "morning", "starts_at": "2016-09-06T10:00:00-04:00", "ends_at": "2016-09-06T13:00:00-04:00"}

    strip = page.strip_of({"speakers": rows, "sittings": [sitting]}, make_meeting())

    assert [(line.after, line.words) for line in strip.lines] == [(2, "the end of the time that is foreseen")]
    assert page.strip_of({"speakers": []}, make_meeting("other")) is None


@pytest.mark.parametrize(
    ("typed", "anchor"),
    [
        ("turkiye", "TUR"),
        ("Turkey", "TUR"),
        ("tur", "TUR"),
        ("african", "RWA-1"),
        ("RWANDA", "RWA"),
        ("pales", "PSE"),
    ],
)
def test_a_row_is_found_by_any_way_to_write_its_name(client, meeting, typed, anchor):
    answer = client.get(f"{LIST}find/", {"name": typed})

    assert (answer.status_code, answer.get("Location")) == (302, f"{LIST}#{anchor}")
    assert "no-store" in answer["Cache-Control"]


def test_a_name_that_is_on_no_row_is_answered_in_words_and_kept(client, meeting):
    answer = client.get(f"{LIST}find/", {"name": "<b>Atlantis"})

    assert answer.status_code == 200
    assert "“&lt;b&gt;Atlantis” is on no row" in answer.content.decode()
    assert 'value="&lt;b&gt;Atlantis"' in answer.content.decode()


def test_one_who_is_signed_in_is_led_to_the_own_row_and_others_to_sign_in_first(client, meeting):
    make_focal_point(make_delegation("TUR"))
    make_focal_point(make_delegation("KEN"))

    answers = [
        browser.get(f"{LIST}own-row/")
        for browser in (client, signed_in("tur@missions.example"), signed_in("ken@missions.example"))
    ]

    assert [each["Location"] for each in answers] == [
        f"{LIST}sign-in/?back={LIST}own-row/",
        f"{LIST}#TUR",
        f"{LIST}own/",
    ]
    assert all("no-store" in each["Cache-Control"] for each in answers)


def test_the_page_is_the_same_for_everyone_and_worked_out_once_a_second(client, meeting, settings):
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caches["pages"].clear()
    make_focal_point(make_delegation("TUR"))

    counts, pages = [], []
    for browser in (client, signed_in("tur@missions.example")):
        with CaptureQueriesContext(connection) as statements:
            pages.append(browser.get(LIST))
        counts.append(len(statements))

    assert pages[0].content == pages[1].content
    assert 0 < counts[0] <= 4
    assert counts[1] == 0
    assert not any(each.cookies for each in pages)
