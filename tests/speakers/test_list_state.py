"""The state of the list on the meeting's page, before, during and after inscription.  R-01 R-02"""

from datetime import timedelta

import pytest

import clock
from tests.factories import DEADLINE, OPEN, make_meeting

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


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({}, "Statements: up to three minutes<"),
        (
            {"group_limit": timedelta(minutes=5), "civil_society_limit": timedelta(seconds=150)},
            "Statements: up to three minutes; for a group, five minutes; for civil society, two minutes and 30 seconds",
        ),
    ],
    ids=["equal", "different"],
)
def test_beside_the_list_stands_how_long_a_statement_may_take(client, limits, words):
    make_meeting(**limits)

    assert words in client.get("/meetings/dialogue/").content.decode()
