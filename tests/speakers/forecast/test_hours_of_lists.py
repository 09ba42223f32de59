"""When each of several lists of a meeting is heard: by its sittings, and by the lines of the programme.  R-43 R-62"""

from datetime import UTC, datetime, timedelta

import pytest

from dialogue.models import Meeting, ProgrammeSlot
from speakers.forecast.list_forecast import forecast_list
from speakers.models import SpeakersList
from speakers.order import precedence
from tests.factories import OPEN, make_delegation, make_inscription, make_meeting, make_panel

pytestmark = pytest.mark.django_db


def at(hour, minute=0):
    """6 September 2016 in New York; the sittings are from 10 to 13 and from 15 to 18 hours."""
    return datetime(2016, 9, 6, hour + 4, minute, tzinfo=UTC)


@pytest.fixture
def meeting():
    return make_meeting()


@pytest.fixture
def panel(meeting):
    return make_panel(meeting)


def heard(speakers_list, moment=OPEN):
    """The floor time of the stored list, as pairs of hours on the clocks of the meeting."""
    found = SpeakersList.objects.get(pk=speakers_list.pk)
    ahead = forecast_list(found, precedence.bare_order(found), at=moment)
    local = [(each.starts_at, each.ends_at) for each in ahead.stretches]
    return [tuple(each.astimezone(found.meeting.zone).strftime("%H:%M") for each in pair) for pair in local]


def slot(meeting, position, moment, *, slug="", kind="floor"):
    facts = {"position": position, "starts_at": moment, "title": {"en": "Line"}}
    return ProgrammeSlot.objects.create(meeting=meeting, kind=kind, list_slug=slug, **facts)


def test_a_list_has_the_time_of_its_own_sittings(meeting, panel):
    SpeakersList.objects.filter(pk=panel.pk).update(heard_in=[meeting.hours[1].pk])

    assert heard(panel) == [("15:00", "18:00")]
    assert heard(meeting.speakers_list) == [("10:00", "13:00"), ("15:00", "18:00")]


def test_the_main_list_may_have_sittings_of_its_own_too(meeting, panel):
    SpeakersList.objects.filter(slug="").update(heard_in=[meeting.hours[0].pk])

    assert heard(meeting.speakers_list) == [("10:00", "13:00")]


def test_of_a_list_that_names_no_sitting_and_no_line_names_nothing_is_foreseen(meeting, panel):
    make_inscription(panel.meeting_at_hand, make_delegation("RWA"))
    found = SpeakersList.objects.get(pk=panel.pk)

    ahead = forecast_list(found, precedence.bare_order(found), at=OPEN)

    assert (ahead.has_hours, ahead.stretches, ahead.forecast.turns) == (False, [], ())


def test_lines_that_name_lists_share_the_sittings_among_them(meeting, panel):
    slot(meeting, 10, at(10, 30))
    slot(meeting, 20, at(11, 30), slug="panel")
    slot(meeting, 30, at(16))

    assert heard(meeting.speakers_list) == [("10:30", "11:30"), ("16:00", "18:00")]
    assert heard(panel) == [("11:30", "13:00"), ("15:00", "16:00")]


def test_what_the_programme_keeps_for_its_speakers_is_taken_from_the_list_that_is_heard_then(meeting, panel):
    slot(meeting, 10, at(10, 30))
    slot(meeting, 20, at(15), slug="panel")
    slot(meeting, 30, at(17), kind="panel")
    slot(meeting, 40, at(17, 30), slug="panel")

    assert heard(panel) == [("15:00", "17:00"), ("17:30", "18:00")]
    assert heard(meeting.speakers_list) == [("10:30", "13:00")]


def test_the_list_that_the_room_hears_has_the_time_from_now_on_whatever_the_programme_says(meeting, panel):
    slot(meeting, 10, at(10))
    slot(meeting, 20, at(15), slug="panel")
    Meeting.objects.update(hears="panel")

    assert heard(panel, at(11)) == [("11:00", "13:00"), ("15:00", "18:00")]
    assert heard(meeting.speakers_list, at(11)) == [("11:00", "13:00")]


def test_a_list_that_is_heard_outside_its_sittings_has_the_one_that_is_held(meeting, panel):
    SpeakersList.objects.filter(pk=panel.pk).update(heard_in=[meeting.hours[1].pk])
    Meeting.objects.update(hears="panel")

    assert heard(panel, at(12)) == [("12:00", "13:00"), ("15:00", "18:00")]
    assert heard(panel, at(16)) == [("16:00", "18:00")]


def test_a_line_that_names_a_list_begins_it(meeting, panel):
    slot(meeting, 10, at(15, 20), slug="panel")

    assert heard(panel) == [("15:20", "18:00")]
    assert heard(panel, at(15, 30) + timedelta(minutes=10)) == [("15:40", "18:00")]
