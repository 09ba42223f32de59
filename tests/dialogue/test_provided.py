"""Sign language and captions: said of each sitting that provides them, on pages, in calendars, to programs.  R-31"""

import re

import pytest
from icalendar import Calendar

from dialogue import releasing, versions
from dialogue.models import Meeting
from dialogue.previews import event
from tests.days import FIRST, HOUR, make_programme, make_sittings
from tests.factories import OPEN, STAFF

pytestmark = pytest.mark.django_db
PAGE = "/meetings/dialogue/"
SIGNED, CAPTIONED = "Sign language: International Sign", "Captions: English, French"


@pytest.fixture
def meeting():
    """A morning in International Sign with captions, an afternoon with other captions, an evening without either."""
    hours = [("morning", 10), ("afternoon", 15), ("evening", 19)]
    meeting = make_sittings(*((part, FIRST + begin * HOUR, FIRST + (begin + 3) * HOUR) for part, begin in hours))
    morning, afternoon, _evening = meeting.sittings.all()
    morning.sign_language, morning.captions = {"en": "International Sign"}, {"en": "English, French"}
    afternoon.captions = {"en": "Spanish", "fr": "espagnol"}
    for sitting in (morning, afternoon):
        sitting.save()
    make_programme(meeting, ("opening", "Opening", FIRST + 10 * HOUR))
    return meeting


def hours(html):
    """What the page says of each sitting, in a line."""
    lines = re.findall(r"<dd>(.*?)</dd>", html.split("Hours (")[1].split("</dl>")[0], re.S)[:3]
    return [" ".join(re.sub("<[^>]+>", " ", line).split()) for line in lines]


def test_the_page_of_the_meeting_says_it_of_each_sitting(meeting, client):
    morning, afternoon, evening = hours(client.get(PAGE).content.decode())

    assert morning.endswith(f"{SIGNED} {CAPTIONED}")
    assert afternoon.endswith("Captions: Spanish")
    assert "Sign language" not in afternoon
    assert "Captions" not in evening


def test_it_is_said_in_the_language_of_the_reader(meeting, client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"

    assert "espagnol" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("is_released", [False, True])
def test_the_programme_the_calendar_and_the_interface_say_it_too(meeting, client, is_released):
    if is_released:
        releasing.release(meeting, kind="provisional", comment="First issue", by=STAFF, at=OPEN)

    page = client.get(f"{PAGE}programme/").content.decode()
    events = Calendar.from_ical(client.get(f"{PAGE}programme.ics").content).walk("vevent")
    told = client.get("/api/v1/meetings/dialogue/programme").json()["sittings"]

    assert page.count("programme-provides") == 3
    assert [each["description"].split("\n")[-2:] for each in events] == [
        [SIGNED, CAPTIONED],
        ["Captions: Spanish"],
        [""],
    ]
    assert [(each.get("sign_language", ""), each.get("captions", "")) for each in told] == [
        ("International Sign", "English, French"),
        ("", "Spanish"),
        ("", ""),
    ]


def test_search_engines_read_it_as_a_feature_of_the_place(meeting):
    told = event.of(meeting)

    assert "amenityFeature" not in told["location"]
    features = [[each["name"] for each in part["location"].get("amenityFeature", [])] for part in told["subEvent"]]
    assert features == [[SIGNED, CAPTIONED], ["Captions: Spanish"], []]


def test_a_meeting_of_one_sitting_says_it_of_itself(meeting):
    for sitting in meeting.sittings.all()[1:]:
        sitting.delete()
    meeting = Meeting.objects.get()

    assert [each["name"] for each in event.of(meeting)["location"]["amenityFeature"]] == [SIGNED, CAPTIONED]


def test_what_changes_is_said_with_the_next_version_and_is_no_change_of_the_hours(meeting):
    before = versions.draft_of(meeting)
    morning, afternoon, _evening = meeting.sittings.all()
    morning.sign_language, afternoon.sign_language = "", {"en": "International Sign"}
    morning.save()
    afternoon.save()
    after = versions.draft_of(meeting)

    assert versions.difference(before, after, meeting) == ["Sign language or captions have changed."]
    assert versions.difference(after, after, meeting) == []
    assert not versions.changes_time_of_list(before, after)
