"""Two sittings at the same moment, in two rooms, each with a list of its own.  R-31 R-62 R-64"""

import json
from datetime import timedelta

import pytest
from django.utils import translation
from icalendar import Calendar

import clock
from dialogue.consistency import in_full
from dialogue.models import Meeting, Sitting
from floor import standings
from speakers import consistency
from speakers.forecast import list_forecast
from speakers.models import Inscription, SpeakersList
from speakers.order import precedence
from speakers.publishing import documents
from speakers.publishing.exports import as_pdf, as_text
from tests.days import FIRST, HOUR, SECOND, local, words_of
from tests.factories import OPEN, make_focal_point, signed_in
from tests.two_rooms import NAMES, ROOM, make_lines, make_two_rooms

pytestmark = pytest.mark.django_db
LISTS = ["", "round-table-1", "round-table-2"]


@pytest.fixture
def meeting():
    return make_two_rooms()


def said(meeting):
    meeting = Meeting.objects.get(pk=meeting.pk)
    return [each.words for each in consistency.objections(in_full(meeting)) if not each.is_missing]


def ahead_of(slug, at=OPEN):
    speakers_list = SpeakersList.objects.get(slug=slug)
    places = precedence.speaking_order(speakers_list)
    return places, list_forecast.forecast_list(speakers_list, places, at=at)


def planned(slug, at=OPEN):
    """The list by sitting, as pairs of the name of a sitting and the codes."""
    pairs = list_forecast.by_sitting(*ahead_of(slug, at))
    return {str(each): " ".join(place.inscription.delegation.code for place in held) for each, held in pairs}


def floor_time(slug, at=OPEN):
    return [(each.starts_at, each.ends_at) for each in ahead_of(slug, at)[1].stretches]


def test_the_meeting_contradicts_itself_nowhere_once_it_has_two_rooms(meeting):
    assert said(meeting) == []

    Meeting.objects.update(has_several_rooms=False)

    assert [words.partition(" at ")[0] for words in said(meeting)] == ["Two sittings overlap"] * 2


def test_two_sittings_in_one_room_overlap_even_if_only_in_part(meeting):
    begins = local(FIRST + 17 * HOUR)
    Sitting.objects.create(meeting=meeting, part="evening", starts_at=begins, ends_at=begins + HOUR, place={"en": ROOM})

    assert [words.partition(" at ")[0] for words in said(meeting)] == ["Two sittings overlap"]


def test_a_list_is_heard_in_one_of_two_sittings_held_at_once(meeting):
    SpeakersList.objects.filter(slug="round-table-1").update(heard_in=[each.pk for each in meeting.hours[1:3]])

    assert said(meeting) == [
        "Round table 1: The list is heard in one of several sittings held at the same time: choose which."
    ]


def test_a_list_that_names_no_sitting_is_heard_at_the_place_of_the_meeting(meeting):
    main = SpeakersList.objects.get(slug="")

    assert [str(each) for each in main.hours] == [NAMES[0], NAMES[1], NAMES[3]]
    assert "all sittings" not in main.terms_in_words


def test_each_list_is_planned_over_its_own_sittings(meeting):
    assert [planned(slug) for slug in LISTS] == [
        {NAMES[0]: "A01 A02 A03 A04", NAMES[1]: "A05 A06", NAMES[3]: ""},
        {NAMES[2]: "B01 B02 B03 B04", "None": "B05 B06"},
        {NAMES[4]: "C01 C02 C03 C04", "None": "C05 C06"},
    ]


def test_the_programme_of_one_room_takes_no_time_from_the_list_in_the_other(meeting):
    afternoon = FIRST + 15 * HOUR
    make_lines(
        meeting,
        ("floor", "Plenary", FIRST + 10 * HOUR, "", ""),
        ("resumption", "The plenary resumes", afternoon, "", ""),
        ("opening", "Opening of the round table", afternoon, {"en": ROOM}, ""),
        ("floor", "Round table 1", afternoon + HOUR / 2, {"en": ROOM}, "round-table-1"),
        ("closing", "Closing of the day", afternoon + 2.5 * HOUR, "", ""),
    )

    assert said(meeting) == []
    assert floor_time("") == [
        (local(FIRST + 10 * HOUR), local(FIRST + 13 * HOUR)),
        (local(afternoon), local(afternoon + 2.5 * HOUR)),
        (local(SECOND + 10 * HOUR), local(SECOND + 13 * HOUR)),
    ]
    assert floor_time("round-table-1") == [(local(afternoon + HOUR / 2), local(afternoon + 3 * HOUR))]


def test_remarks_in_the_other_room_take_time_from_the_list_that_is_heard_there(meeting):
    begins = SECOND + 10 * HOUR
    make_lines(
        meeting,
        ("floor", "Round table 2", begins, {"en": ROOM}, "round-table-2"),
        ("panel", "The panel replies", begins + HOUR, {"en": ROOM}, ""),
        ("heading", "The debate goes on", begins + 1.5 * HOUR, {"en": ROOM}, ""),
    )

    assert floor_time("round-table-2") == [
        (local(begins), local(begins + HOUR)),
        (local(begins + 1.5 * HOUR), local(begins + 3 * HOUR)),
    ]
    assert floor_time("")[-1] == (local(begins), local(begins + 3 * HOUR))


def test_the_room_is_the_same_in_whatever_language_its_name_is_read(meeting):
    Sitting.objects.filter(pk=meeting.hours[4].pk).update(place={"en": ROOM, "fr": "Salle de conférence 4"})
    make_lines(meeting, ("panel", "The panel", SECOND + 10.5 * HOUR, {"en": ROOM}, ""))
    told = floor_time("round-table-2")

    with translation.override("fr"):
        assert floor_time("round-table-2") == told


@pytest.mark.parametrize("slug", LISTS)
def test_the_public_list_of_each_is_divided_by_its_own_sittings(meeting, client, slug):
    with clock.stopped(OPEN):
        words = words_of(client.get("/meetings/dialogue/" + (f"lists/{slug}/" if slug else "") + "speakers/"))

    own = {"": (0, 1, 3), "round-table-1": (2,), "round-table-2": (4,)}[slug]
    assert not [name for index, name in enumerate(NAMES) if name in words and index not in own]


def test_the_page_of_the_meeting_names_the_sittings_with_their_rooms(meeting, client):
    with clock.stopped(OPEN):
        words = words_of(client.get("/meetings/dialogue/"))

    assert all(name in words for name in NAMES)
    assert words.count(NAMES[2]) == words.count(NAMES[4]) == 2


def test_the_calendar_has_an_event_for_each_sitting_at_its_place(meeting, client):
    make_lines(
        meeting,
        ("resumption", "The plenary resumes", FIRST + 15 * HOUR, "", ""),
        ("floor", "Round table 1", FIRST + 15 * HOUR, {"en": ROOM}, "round-table-1"),
    )
    events = Calendar.from_ical(client.get("/meetings/dialogue/programme.ics").content).walk("VEVENT")

    venue = str(meeting.venue)
    assert [str(each["location"]) for each in events] == [venue, venue, ROOM, venue, ROOM]
    assert "Round table 1" in events[2]["description"]
    assert "Round table 1" not in events[1]["description"]
    assert "The plenary resumes" in events[1]["description"]


def test_the_turn_of_a_delegation_is_at_the_place_where_its_list_is_heard(meeting):
    told = {}
    for code in ("A01", "B01"):
        entry = Inscription.objects.get(delegation__code=code)
        with clock.stopped(OPEN):
            file = signed_in(entry.contact_email).get(entry.get_absolute_url().rstrip("/") + ".ics")
        [event] = Calendar.from_ical(file.content).walk("VEVENT")
        told[code] = str(event["location"])

    assert told == {"A01": str(meeting.venue), "B01": ROOM}


@pytest.mark.parametrize("kind", ["txt", "pdf"])
def test_the_paper_of_a_list_names_the_room_in_which_it_is_heard(meeting, kind):
    listed = SpeakersList.objects.get(slug="round-table-1")
    document = documents.live(listed, at=OPEN)
    page = as_text.write(document, listed).decode() if kind == "txt" else as_pdf.page(document, listed)

    assert f"Tuesday, 6 September – Wednesday, 7 September 2016, {ROOM}" in " ".join(page.split())
    assert str(meeting.venue) not in page


def test_programs_read_the_place_of_a_sitting(meeting, client):
    told = json.loads(client.get("/meetings/dialogue/programme.json").content)

    assert [each.get("place", "") for each in told["sittings"]] == ["", "", ROOM, "", ROOM]


def test_a_mission_sees_its_turn_in_each_room_on_the_bar_of_its_own_list(meeting):
    make_focal_point(Inscription.objects.get(delegation__code="B01").delegation)
    with clock.stopped(OPEN):
        words = words_of(signed_in("b01@missions.example").get("/mission/"))

    assert f"Tuesday, 6 September, about 3:00 p.m. (afternoon, {ROOM}, 3:00 p.m.–6:00 p.m.)" in words
    assert f"Afternoon, {ROOM}: 3:00–6:00 p.m." in words
    assert "Morning" not in words


def test_the_room_that_hears_a_round_table_counts_by_its_sitting(meeting):
    Meeting.objects.update(hears="round-table-2")
    begins = local(SECOND + 10 * HOUR)
    with clock.stopped(begins + timedelta(minutes=1)):
        floor = standings.read(Meeting.objects.get())

    assert [str(each) for each in floor.sittings] == [*NAMES[:3], NAMES[4]]
