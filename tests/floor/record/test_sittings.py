"""In which sitting something was said: the same one in every file and on every page.  R-62 R-64"""

import json
from datetime import timedelta

import pytest
from django.test import Client
from lxml import etree

import clock
from dialogue.models import Meeting, Sitting, sitting_then
from floor.acts import hearing, inserting
from floor.record import record, tables
from floor.record.files import as_json
from secretariat.figures import page
from speakers.forecast import hours
from speakers.models import SpeakersList
from speakers.order import precedence
from tests.days import FIRST, HOUR, SECOND, fill, local, make_two_days
from tests.factories import STAFF
from tests.floor.record.test_record import SCHEMA
from tests.floor.room import OPENS, after, press, speak
from tests.two_rooms import NAMES, ROOM, make_two_rooms

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
LATER = local(SECOND + 20 * HOUR)


def said(meeting, moment, *, of_list=None, guest=""):
    """A statement of a minute from the `moment` on: of the next on the list that is heard, or of a `guest`."""
    seconds = (local(moment) - OPENS).total_seconds()
    if of_list is not None:
        press(meeting, hearing.hear, after(seconds - 1), slug=of_list)
    if guest:
        inserting.insert(meeting, prefix="Mr.", name=guest, title="", by=STAFF, at=after(seconds))
    speak(meeting, seconds, seconds + 60)


def in_the_record():
    """The sittings of the statements in the order in which they began, as the record has them on its page."""
    meeting = Meeting.objects.get()
    return [row["sitting"] for row in tables.statements(record.of(meeting, at=LATER), meeting).rows]


def in_the_api():
    with clock.stopped(LATER):
        found = Client().get("/api/v1/meetings/dialogue/record").json()["statements"]
    return [each["sitting"] for each in found]


def in_the_debate():
    """The sittings of the statements in Akoma Ntoso, which has each below the heading of its own."""
    names = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
    root = etree.fromstring(Client().get("/meetings/dialogue/debate-en.xml").content)
    speeches = sorted(root.xpath("//a:speech", namespaces=names), key=lambda each: each.get("startTime"))
    heading = "string(ancestor::a:debateSection[@name='sitting']/a:heading)"
    return [each.xpath(heading, namespaces=names) for each in speeches]


def counted():
    """For each list: how many spoke in each sitting, by its name, and how many in all."""
    found = {}
    for each in page.of_lists(page.lists_of(meeting__slug="dialogue"), LATER):
        balance = each["balance"]
        columns = dict(zip(balance.sittings, balance.in_all.of_sittings, strict=True))
        found[balance.name] = ({name: count for name, count in columns.items() if count}, balance.in_all.spoken)
    return found


def test_a_statement_that_begins_after_the_hour_is_in_the_sitting_held_last_everywhere():
    meeting = make_two_days()
    fill(meeting, 4)
    for moment in (FIRST + 12 * HOUR, FIRST + 13 * HOUR + 2 * MINUTE, SECOND + 15 * HOUR, SECOND + 18 * HOUR + MINUTE):
        said(meeting, moment)

    morning, last = "1st sitting, Tuesday morning", "4th sitting, Wednesday afternoon"
    assert in_the_record() == in_the_api() == in_the_debate() == [morning, morning, last, last]
    assert counted() == {"Main list": ({morning: 2, last: 2}, 4)}


def test_of_two_sittings_held_at_once_every_file_has_that_of_the_list():
    meeting = make_two_rooms(entries=2)
    SpeakersList.objects.update(closed_at=OPENS, closes_at=OPENS)
    afternoon = FIRST + 15 * HOUR
    said(meeting, afternoon)
    said(meeting, afternoon + 10 * MINUTE, of_list="round-table-1")
    said(meeting, afternoon + 20 * MINUTE, guest="Rapporteur")
    said(meeting, afternoon + 3 * HOUR + 2 * MINUTE)
    said(meeting, SECOND + 10 * HOUR, of_list="")

    assert in_the_record() == in_the_api() == in_the_debate() == [NAMES[1], NAMES[2], NAMES[2], NAMES[2], NAMES[3]]
    assert counted() == {
        "Main list": ({NAMES[1]: 1, NAMES[3]: 1}, 2),
        "Round table 1": ({NAMES[2]: 2}, 2),
        "Round table 2": ({}, 0),
    }


def test_a_list_heard_in_a_sitting_that_is_not_its_own_is_recorded_at_the_place_of_the_meeting():
    meeting = make_two_rooms(entries=2)
    SpeakersList.objects.update(closed_at=OPENS, closes_at=OPENS)
    said(meeting, FIRST + 15 * HOUR + 10 * MINUTE, of_list="round-table-2")

    assert in_the_record() == in_the_api() == in_the_debate() == [NAMES[1]]
    listed = SpeakersList.objects.get(slug="round-table-2")
    held = hours.sittings_of(listed, LATER, precedence.speaking_order(listed))
    assert [str(each) for each in held] == [NAMES[1], NAMES[4]]


def test_before_any_list_was_heard_it_is_the_sitting_at_the_place_of_the_meeting():
    meeting = make_two_rooms(entries=1)
    said(meeting, FIRST + 15 * HOUR, guest="President")

    assert in_the_record() == in_the_api() == in_the_debate() == [NAMES[1]]


def test_the_record_as_a_file_tells_two_sittings_at_once_apart_by_their_place():
    meeting = make_two_rooms(entries=1)
    SpeakersList.objects.update(closed_at=OPENS, closes_at=OPENS)
    said(meeting, FIRST + 15 * HOUR)
    said(meeting, FIRST + 15 * HOUR + 10 * MINUTE, of_list="round-table-1")

    document = json.loads(as_json(record.of(Meeting.objects.get(), at=LATER), meeting))

    assert [error.message for error in SCHEMA.iter_errors(document)] == []
    told = [(each["sitting"], each.get("sitting_place")) for each in document["statements"]]
    assert told == [("afternoon", None), ("afternoon", ROOM)]


def test_a_meeting_without_sittings_has_none_to_name():
    meeting = make_two_days()
    fill(meeting, 1)
    Sitting.objects.all().delete()
    said(meeting, FIRST + 12 * HOUR)

    assert (in_the_record(), in_the_api(), in_the_debate()) == ([""], [""], [str(meeting)])


def held(part, place=""):
    """A sitting from and to these hours of the first day: “10-13”."""
    begins, ends = (local(FIRST + float(each) * HOUR) for each in part.split("-"))
    return Sitting(pk=hash((part, place)), starts_at=begins, ends_at=ends, place={"en": place} if place else "")


@pytest.mark.parametrize(
    ("sittings", "at", "own", "found"),
    [
        (["10-13", "15-18"], 9, [], 0),
        (["10-13", "15-18"], 10, [], 0),
        (["10-13", "15-18"], 13, [], 0),
        (["10-13", "15-18"], 15, [], 1),
        (["10-13", "15-18"], 23, [], 1),
        (["10-13", "10-13 hall"], 9, [1], 1),
        (["10-13", "10-13 hall"], 11, [], 0),
        (["10-13 hall", "10-13"], 11, [], 1),
        (["10-13", "10-13 hall"], 11, [1], 1),
        (["10-12 hall", "10-11", "11.5-13"], 12.1, [0], 0),
        (["10-12 hall", "10-11", "11.5-13"], 12.1, [1, 2], 2),
        (["10-11", "10.5-12 hall"], 11.1, [0], 0),
        (["10-13 hall", "15-18"], 15.1, [0], 1),
        (["10-13", "15-18 hall", "15-18 annex"], 15.1, [2], 2),
    ],
)
def test_it_is_the_one_held_or_held_last_and_of_those_at_once_the_lists_own(sittings, at, own, found):
    sittings = [held(*each.split()) for each in sittings]

    chosen = sitting_then(sittings, local(FIRST + at * HOUR), [sittings[number] for number in own])

    assert sittings.index(chosen) == found


def test_without_sittings_there_is_none():
    assert sitting_then([], OPENS) is None
