"""The state of the list on the meeting's page, before, during and after inscription.  R-01 R-02"""

import re
from datetime import timedelta

import pytest

import clock
from tests.factories import DEADLINE, OPEN, make_level, make_meeting, make_panel

pytestmark = pytest.mark.django_db


def page_at(client, at):
    make_meeting()
    with clock.stopped(at):
        return client.get("/meetings/dialogue/").content.decode()


def test_an_open_list_says_until_when_and_counts_down_by_the_clock_of_the_server(client):
    page = page_at(client, OPEN)

    assert "The list is open until Thursday, 1 September 2016, 1:00 p.m. (New York time)." in page
    assert "Closes in 1 day." in page
    assert f'data-now="{OPEN.isoformat()}"' in page


def test_a_closed_list_says_when_it_was_closed_and_counts_no_longer(client):
    page = page_at(client, DEADLINE)

    assert "The list was closed on Thursday, 1 September 2016, 1:00 p.m. (New York time)." in page
    assert "data-countdown" not in page


def test_a_list_not_yet_open_shows_its_opening_and_its_deadline(client):
    page = page_at(client, OPEN - timedelta(days=30))

    assert "Inscription on the list opens on Monday, 22 August 2016, 9:00 a.m. (New York time)." in page
    assert "Deadline: Thursday, 1 September 2016, 1:00 p.m. (New York time)" in page


def limits_on(client, address):
    return re.findall('class="deadline-limits">(.*?)</p>', client.get(address).content.decode())


def test_beside_the_list_stands_how_long_a_statement_may_take(client):
    make_meeting()

    assert limits_on(client, "/meetings/dialogue/") == ["Statements: up to three minutes."]


def test_beside_each_list_stand_its_own_limits_by_capacity_band_and_level(client):
    own = [{"band": "", "level": make_level("HOS").code, "seconds": 600}]
    meeting = make_meeting(group_limit=timedelta(minutes=5), civil_society_limit=timedelta(seconds=150), limits=own)
    make_panel(meeting, limits=[{"band": "observers", "level": "", "seconds": 90}])

    assert limits_on(client, "/meetings/dialogue/") == [
        "In national capacity: up to three minutes.",
        "On behalf of a group: up to five minutes.",
        "Civil society: up to two minutes and 30 seconds.",
        "HOS: up to 10 minutes.",
    ]
