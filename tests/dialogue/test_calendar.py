"""The sittings as a calendar file.  R-30"""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from tests.factories import make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(client):
    """A function that fetches the calendar and returns its events."""
    make_meeting()

    def fetch():
        return Calendar.from_ical(client.get("/meetings/dialogue/programme.ics").content).walk("VEVENT")

    return fetch


def test_each_sitting_is_an_event_in_utc_which_every_calendar_reads(events):
    morning, afternoon = events()

    assert morning["dtstart"].dt == datetime(2016, 9, 6, 14, 0, tzinfo=UTC)
    assert afternoon["dtend"].dt == datetime(2016, 9, 6, 22, 0, tzinfo=UTC)
    assert morning["dtstart"].to_ical() == b"20160906T140000Z"


def test_the_identity_of_an_event_never_changes_and_its_revision_is_numbered(events):
    first, second = events(), events()

    identities = [event["uid"] for event in first]
    assert identities == [event["uid"] for event in second]
    assert len(set(identities)) == 2
    assert {event["sequence"] for event in first} == {0}


def test_the_links_come_from_the_sites_own_address(events, settings):
    settings.SITE_URL = "https://speakers.example.org"

    assert {event["url"] for event in events()} == {"https://speakers.example.org/meetings/dialogue/programme/"}
