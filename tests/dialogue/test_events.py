"""Lines of a programme that end, are held elsewhere, or are no part of a sitting.  R-31 R-64"""

import pytest
from django.db import IntegrityError, transaction
from icalendar import Calendar

from dialogue import versions
from dialogue.models import ProgrammeSlot
from speakers.forecast import list_forecast
from speakers.order import precedence
from tests.days import FIRST, HOUR, local, make_programme, make_two_days, words_of
from tests.factories import OPEN, make_meeting

pytestmark = pytest.mark.django_db
PAGE = "/meetings/dialogue/"


def add(meeting, kind, title, begin, end=None, place=""):
    position = meeting.slots.count() + 1
    facts = {"position": position, "kind": kind, "title": {"en": title}, "place": place and {"en": place}}
    return ProgrammeSlot.objects.create(meeting=meeting, starts_at=local(begin), ends_at=end and local(end), **facts)


@pytest.fixture
def meeting():
    """Two days; after the list of the first morning, a briefing at lunch time in another room."""
    meeting = make_two_days()
    make_programme(meeting, ("floor", "List of speakers", FIRST + 10 * HOUR))
    add(meeting, "event", "Briefing by UNITAR", FIRST + 13.25 * HOUR, FIRST + 14.75 * HOUR, "Conference Room 4")
    add(meeting, "closing", "Closing remarks", FIRST + 15 * HOUR, FIRST + 16 * HOUR)
    return meeting


def test_the_page_shows_hours_and_place_and_that_it_is_outside_the_sittings(client, meeting):
    words = words_of(client.get(f"{PAGE}programme/"))

    assert "1:15 p.m.–2:45 p.m. Briefing by UNITAR Conference Room 4 Outside the sittings" in words
    assert "3:00 p.m.–4:00 p.m. Closing remarks" in words


def test_it_is_an_event_of_its_own_in_the_calendar_and_in_no_sitting(client, meeting):
    events = Calendar.from_ical(client.get(f"{PAGE}programme.ics").content).walk("VEVENT")

    *sittings, briefing = events
    assert len(sittings) == 4
    assert (briefing["uid"], briefing["location"]) == ("dialogue-event-1@localhost", "Conference Room 4")
    assert str(briefing["summary"]).endswith(": Briefing by UNITAR")
    assert (briefing["dtstart"].dt, briefing["dtend"].dt) == (
        local(FIRST + 13.25 * HOUR),
        local(FIRST + 14.75 * HOUR),
    )
    assert not [each for each in sittings if "UNITAR" in str(each.get("description", ""))]
    assert "Tuesday, 6 September, 3:00–4:00 p.m.: Closing remarks" in str(sittings[1]["description"])


def test_programs_read_end_and_place_where_there_are_any(client, meeting):
    floor, briefing, _closing = client.get(f"{PAGE}programme.json").json()["slots"]

    assert briefing["ends_at"] == "2016-09-06T14:45:00-04:00"
    assert briefing["place"] == "Conference Room 4"
    assert not {"ends_at", "place"} & floor.keys()


def test_a_version_freezes_end_and_place_and_older_ones_read_as_before(meeting):
    draft = versions.draft_of(meeting)
    floor, briefing, _closing = draft["slots"]
    meeting.slots.filter(kind="event").update(place={"en": "Conference Room 2"})

    assert not {"ends_at", "place"} & floor.keys()
    assert briefing["place"] == {"en": "Conference Room 4"}
    assert versions.difference(draft, versions.draft_of(meeting), meeting) == [
        "Briefing by UNITAR: the printed details have changed."
    ]


def available(meeting):
    places = precedence.speaking_order(meeting.speakers_list)
    return list_forecast.forecast_list(meeting.speakers_list, places, at=OPEN).forecast.available


def test_the_forecast_keeps_the_time_of_a_line_until_its_end_and_none_for_what_is_elsewhere(meeting):
    """Twelve hours of sittings, less one for the closing remarks."""
    add(meeting, "panel", "A panel next door", FIRST + 15 * HOUR, place="Conference Room 2")

    assert available(meeting) == 11 * HOUR


def test_the_database_refuses_two_lines_at_one_time_in_one_place(meeting):
    add(meeting, "panel", "Next door", FIRST + 15 * HOUR, place="Conference Room 2")

    with pytest.raises(IntegrityError), transaction.atomic():
        add(meeting, "panel", "Here as well", FIRST + 15 * HOUR)
    with pytest.raises(IntegrityError, match="a_slot_starts_before_it_ends"), transaction.atomic():
        add(meeting, "panel", "Backwards", FIRST + 17 * HOUR, FIRST + 16 * HOUR)


def test_staff_enter_end_place_and_rooms_on_the_page_of_the_meeting(admin_client):
    meeting = make_meeting()
    page = admin_client.get(f"/secretariat/dialogue/meeting/{meeting.pk}/change/").content.decode()

    assert 'name="has_several_rooms"' in page
    assert 'name="slots-__prefix__-ends_at_0"' in page
    assert 'name="slots-__prefix__-place_0"' in page
