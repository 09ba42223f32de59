"""Programmes of real meetings: turns are foreseen, and lists printed, by the sittings of their files.  R-43 R-64"""

import re
import tomllib
from datetime import timedelta
from html import unescape

import pytest

from dialogue.models import Meeting
from journal.actors import SYSTEM
from speakers import loading
from speakers.forecast import hours, list_forecast
from speakers.models import SpeakersList
from speakers.order import precedence
from speakers.publishing import documents
from speakers.publishing.exports import as_pdf, as_text
from tests.factories import make_delegation, make_inscription
from tests.speakers.loading.test_shown import AT, FILES, IDS

pytestmark = pytest.mark.django_db
ENTRIES, MINUTE, DAY = 30, timedelta(minutes=1), timedelta(days=1)
FACTOR = 1.4
TAKES_TIME = {"opening", "introduction", "panel", "closing"}


@pytest.fixture(params=FILES, ids=IDS)
def file(request):
    return tomllib.loads(request.param.read_text(encoding="utf-8")), request.param


@pytest.fixture
def listed(file):
    """The main list of the meeting of the `file`, with so many entries that their statements fill all its time."""
    make_delegation("AUL")
    meeting = loading.load(file[1], by=SYSTEM, at=AT).meeting
    Meeting.objects.filter(pk=meeting.pk).update(is_published=True)
    listed = SpeakersList.objects.get(meeting=meeting, slug="")
    free = hours.time_of(listed, list(meeting.slots.all()), meeting.starts_at - DAY)
    assert free
    length = sum((each.length for each in free), timedelta(0)) / ENTRIES / FACTOR
    listed.national_limit = timedelta(seconds=int(length.total_seconds()))
    listed.limits = []
    listed.save()
    for number in range(ENTRIES):
        make_inscription(listed.meeting_at_hand, make_delegation(f"X{number:02}"), at=listed.opens_at)
    return listed


def sittings_of(facts):
    """The hours of the sittings in which the file lets its main list be heard, by the clocks of the meeting."""
    in_order = sorted(facts["sittings"], key=lambda each: each["starts_at"])
    heard = facts["inscription"].get("heard_in") or range(1, len(in_order) + 1)
    return [(in_order[number - 1]["starts_at"], in_order[number - 1]["ends_at"]) for number in heard]


def opening_of(facts):
    """When the file lets the floor open: as it says, with its line, or after the line before that."""
    if "opens_at" in facts.get("floor", {}):
        return facts["floor"]["opens_at"]
    last = min(each["starts_at"] for each in facts["sittings"])
    for slot in facts.get("slots", []):
        last = slot.get("starts_at", last)
        if slot["kind"] == "floor":
            return last
        last = slot.get("ends_at", last)
    return min(each["starts_at"] for each in facts["sittings"])


def taken_in(facts):
    """The times that the file keeps for its own speakers after the opening of the floor."""
    timed = [slot for slot in facts.get("slots", []) if "starts_at" in slot and "place" not in slot]
    timed = sorted((slot for slot in timed if slot["kind"] != "event"), key=lambda slot: slot["starts_at"])
    last = max(each["ends_at"] for each in facts["sittings"])
    nexts = [slot["starts_at"] for slot in timed[1:]] + [last]
    return [
        (slot["starts_at"], slot.get("ends_at", following))
        for slot, following in zip(timed, nexts, strict=bool(timed))
        if slot["kind"] in TAKES_TIME and slot["starts_at"] > opening_of(facts)
    ]


def free_minutes(facts):
    """For each sitting, the minutes that the file leaves to the list."""
    opens, taken = opening_of(facts), taken_in(facts)
    minutes = {}
    for begin, end in sittings_of(facts):
        every = (begin + number * MINUTE for number in range(int((end - begin) / MINUTE)))
        free = [at for at in every if at >= opens and not any(first <= at < last for first, last in taken)]
        minutes[begin, end] = set(free)
    return minutes


def turns_of(listed):
    """When each turn is foreseen, by the clocks of the meeting."""
    places, at = precedence.speaking_order(listed), listed.meeting.starts_at - DAY
    ahead = list_forecast.forecast_list(listed, places, at=at)
    return [each.at.astimezone(listed.meeting.zone).replace(tzinfo=None) for each in ahead.forecast.turns]


def test_each_turn_is_foreseen_in_a_sitting_of_the_file_and_in_none_of_its_breaks(file, listed):
    free, turns = free_minutes(file[0]), turns_of(listed)
    every = set().union(*free.values())

    assert len(turns) == ENTRIES
    assert [at for at in turns if at.replace(second=0, microsecond=0) not in every] == []


def test_each_sitting_of_the_file_with_time_for_two_statements_has_a_turn(file, listed):
    free, turns = free_minutes(file[0]), turns_of(listed)
    cost = 1.8 * listed.national_limit * FACTOR / MINUTE
    wanted = [hours for hours, minutes in free.items() if len(minutes) > cost]

    assert wanted
    assert [hours for hours in wanted if not any(hours[0] <= at < hours[1] for at in turns)] == []


@pytest.mark.parametrize("kind", ["text", "paper"])
def test_the_printed_list_is_divided_by_the_days_and_sittings_of_the_file(file, listed, kind):
    document = documents.live(listed, at=listed.meeting.starts_at - DAY)
    printed = as_text.write(document, listed).decode() if kind == "text" else as_pdf.page(document, listed)
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", printed)).split())
    sittings, turns = sittings_of(file[0]), turns_of(listed)
    spoken = [hours for hours in sittings if any(hours[0] <= at < hours[1] for at in turns)]
    wanted = [hours_in(hours, names_days=listed.meeting.has_several_days) for hours in spoken]

    found = [words.find(each) for each in wanted]

    if len(sittings) > 1:
        assert -1 not in found
        assert found == sorted(found)
    assert words.count(" likely") == (len(spoken) if len(sittings) > 1 else 0)


def hours_in(hours, *, names_days):
    """The hours of a sitting as they are printed, with the day if the meeting has several, and both over midnight."""
    begin, end = hours
    first, last = (f"{at.hour % 12 or 12}:{at:%M} {'a.m.' if at.hour < 12 else 'p.m.'}" for at in hours)
    days = [f"{at:%A}, {at.day} {at:%B}, " if names_days else "" for at in hours]
    if begin.date() != end.date():
        return f"{days[0]}{first} – {days[1]}{last}"
    if (begin.hour < 12) == (end.hour < 12):
        first = first[: -len(" a.m.")]
    return f"{days[0]}{first}–{last}"
