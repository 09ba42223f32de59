"""A meeting with two rooms, made on the page of the meeting and in a file.  R-31 R-62"""

import pytest
from django.urls import reverse

from dialogue.models import Meeting
from journal.actors import SYSTEM
from speakers import loading
from speakers.models import SpeakersList
from tests.factories import OPEN, make_meeting
from tests.secretariat import pages
from tests.secretariat.test_whole_meeting import errors_of, typed_on
from tests.speakers.loading.test_exporting import exported, facts_of
from tests.two_rooms import NAMES, ROOM, make_two_rooms

pytestmark = pytest.mark.django_db
SECOND_ROOM = {
    "sittings-TOTAL_FORMS": "3",
    "sittings-2-part": "morning",
    "sittings-2-starts_at_0": "2016-09-06",
    "sittings-2-starts_at_1": "10:00",
    "sittings-2-ends_at_0": "2016-09-06",
    "sittings-2-ends_at_1": "13:00",
}


@pytest.fixture
def typed(lead):
    """The page of a meeting with two sittings, as typed, with a third one at the hours of the first."""
    meeting = make_meeting()
    return typed_on(lead, meeting) | SECOND_ROOM | {"sittings-2-meeting": meeting.pk}


def post(lead, typed):
    return lead.post(pages.meeting_page(Meeting.objects.get()), typed)


def test_a_sitting_in_a_second_room_is_added_at_the_hours_of_another(lead, typed):
    answer = post(lead, typed | {"has_several_rooms": "on", "sittings-2-place_2": ROOM})

    assert answer.status_code == 302, errors_of(answer)
    meeting = Meeting.objects.get()
    assert [str(each) for each in meeting.hours] == [
        "1st sitting, morning",
        f"2nd sitting, morning, {ROOM}",
        "3rd sitting, afternoon",
    ]
    assert [str(each) for each in meeting.speakers_list.hours] == ["1st sitting, morning", "3rd sitting, afternoon"]


@pytest.mark.parametrize("changes", [{"sittings-2-place_2": ROOM}, {"has_several_rooms": "on"}])
def test_one_room_or_one_place_for_both_is_refused_in_words(lead, typed, changes):
    answer = post(lead, typed | changes)

    [words] = {words for told in errors_of(answer).values() for words in told}
    assert words.startswith(("Two sittings overlap at 10:00 a.m.", "Another one on this page starts at the same time"))
    assert Meeting.objects.get().sittings.count() == 2


def test_each_list_chooses_among_the_sittings_by_their_rooms(lead, at_the_desk):
    make_two_rooms(entries=1)
    panel = SpeakersList.objects.get(slug="round-table-2")

    page = lead.get(reverse("admin:speakers_speakerslist_change", args=[panel.pk])).content.decode()
    board = lead.get("/secretariat/speakers/inscription/board/dialogue/plan/").content.decode()

    assert NAMES[4] in page
    assert [name for name in NAMES if name in board] == [NAMES[0], NAMES[1], NAMES[3]]


def test_a_file_gives_two_rooms_back_and_loads_again_as_an_equal_meeting(tmp_path):
    meeting = make_two_rooms(entries=0)
    told = facts_of(meeting)

    again = loading.load(exported(meeting, tmp_path), by=SYSTEM, at=OPEN)
    other = loading.load(exported(meeting, tmp_path), slug="another", by=SYSTEM, at=OPEN).meeting

    assert again == loading.Again(meeting, [])
    assert {**facts_of(other), "meeting": told["meeting"]} == told
    assert [each["place"] for each in told["sittings"]] == [{}, {}, {"en": ROOM}, {}, {"en": ROOM}]
    assert [each["heard_in"] for each in told["lists"]] == [[3], [5]]


def test_a_file_whose_list_is_heard_in_two_rooms_at_once_is_refused_with_its_line(tmp_path):
    path = exported(make_two_rooms(entries=0), tmp_path)
    path.write_text(path.read_text().replace("heard_in = [3]", "heard_in = [2, 3]"))

    with pytest.raises(loading.BadFile, match="heard in one of several sittings held at the same time"):
        loading.load(path, slug="another", by=SYSTEM, at=OPEN)


def test_an_empty_row_of_the_page_is_no_sitting(lead, typed):
    answer = post(lead, typed | {"has_several_rooms": "on", "sittings-2-place_2": ROOM, "sittings-2-starts_at_1": ""})

    assert "sittings-2-starts_at" in errors_of(answer)
