"""The server's clock and that of the pages count alike: both read the same table of cases.  R-35 R-36"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import formats, translation

from dialogue import moments
from floor.clock import timing
from floor.clock.clock_face import minutes_and_seconds
from floor.models import Turn
from tests import node

TABLE = json.loads(Path(__file__).with_name("cases.json").read_text())
CLOCKS, TIMES = TABLE["clocks"], TABLE["times_of_day"]
IN_THE_PAGE = """
import { colourOf, face, secondsLeft, timeOfDay } from "./clock.js";
const clocks = given.clocks.map(({ began_at: began, paused_at: paused, ...each }) => {
  const facts = { began, paused, pausedSeconds: each.paused_seconds, limit: each.limit_seconds };
  const left = secondsLeft(facts, Date.parse(each.now));
  return [left, colourOf(left, given.amber_from_seconds), face(left)];
});
const timeOf = (each) => timeOfDay(Date.parse(each.at), each.zone, each.halves, each.with_seconds);
const times = given.times_of_day.map(timeOf);
console.log(JSON.stringify({ clocks, times }));
"""

IN_A_SENTENCE = """
import { timeInWords } from "./clock.js";
const timeOf = (each) => timeInWords(Date.parse(each), given.zone, given.format, given.halves);
console.log(JSON.stringify(given.moments.map(timeOf)));
"""


def moment(text):
    return text and datetime.fromisoformat(text)


@pytest.fixture(scope="module")
def in_the_page():
    return node.run(IN_THE_PAGE, TABLE)


@pytest.mark.parametrize("case", CLOCKS, ids=[case["about"] for case in CLOCKS])
def test_the_server_counts_by_the_table(case):
    turn = Turn(
        began_at=moment(case["began_at"]),
        paused_at=moment(case["paused_at"]),
        paused_for=timedelta(seconds=case["paused_seconds"]),
    )

    left = timing.left(turn, timedelta(seconds=case["limit_seconds"]), moment(case["now"]))

    assert left.total_seconds() == pytest.approx(case["left_seconds"])
    assert (timing.colour(left), minutes_and_seconds(left)) == (case["colour"], case["face"])


@pytest.mark.parametrize("number", range(len(CLOCKS)), ids=[case["about"] for case in CLOCKS])
def test_the_page_counts_by_the_table(in_the_page, number):
    case, (left, colour, face) = CLOCKS[number], in_the_page["clocks"][number]

    assert left == pytest.approx(case["left_seconds"])
    assert (colour, face) == (case["colour"], case["face"])


def test_the_page_writes_the_time_of_day_as_the_table_does(in_the_page):
    assert in_the_page["times"] == [case["words"] for case in TIMES]


@pytest.mark.parametrize("case", [case for case in TIMES if case["halves"]], ids=lambda case: case["words"])
def test_the_server_writes_the_time_of_day_as_the_table_does(case):
    write = moments.seconds_in_words if case["with_seconds"] else moments.time_in_words

    assert "|".join(moments.half_day_words()) == case["halves"]
    assert write(moment(case["at"]), SimpleNamespace(zone=ZoneInfo(case["zone"]))) == case["words"]


@pytest.mark.parametrize("language", ["ar", "zh-hans", "en", "fr", "ru", "es"])
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu"])
def test_a_sentence_of_a_page_tells_the_time_as_the_server_does(language, zone):
    moments_of_a_day = [f"2016-09-06T{hour:02}:05:00+00:00" for hour in range(24)]
    meeting = SimpleNamespace(zone=ZoneInfo(zone))
    with translation.override(language):
        handed = {"format": formats.get_format("TIME_FORMAT"), "halves": "|".join(moments.half_day_words())}
        of_server = [moments.time_in_words(moment(each), meeting) for each in moments_of_a_day]

    of_page = node.run(IN_A_SENTENCE, handed | {"moments": moments_of_a_day, "zone": zone})

    assert of_page == of_server


def test_pages_are_handed_the_threshold_of_amber():
    current = {"colour": "green", "paused_seconds": 15.5, "limit_seconds": 180.0}

    facts = Template("{% load live %}{% clock_facts current %}").render(Context({"current": current}))

    assert timing.AMBER_FROM.total_seconds() == TABLE["amber_from_seconds"]
    assert 'data-amber-from="30.0"' in facts
    assert 'data-paused-seconds="15.5"' in facts
