"""Two lists of one meeting, each planned over its own sittings: plan, fixing, public list, and the room.  R-62 R-64"""

import json
import re

import jsonschema_rs
import pytest
from django.conf import settings
from django.urls import reverse

import clock
from dialogue.models import Meeting
from floor import standings
from floor.acts import asking, hearing, opening
from floor.forecast import live_forecast
from journal.actors import FOCAL_POINT, Actor
from speakers.entries import calling, joining
from speakers.forecast import list_forecast
from speakers.models import Inscription, SpeakersList
from speakers.moves import fixing
from speakers.order import precedence
from speakers.publishing import difference, documents, revisions
from tests.days import FIRST, HOUR, SECOND, fill, local, make_two_days
from tests.factories import OPEN, STAFF, make_delegation, make_focal_point, make_inscription, make_panel
from tests.floor.room import press, waiting

pytestmark = pytest.mark.django_db
WHY = "The Minister arrives in the night"
BOARD = "/secretariat/speakers/inscription/board/dialogue/"
NAMES = [
    "1st sitting, Tuesday morning",
    "2nd sitting, Tuesday afternoon",
    "3rd sitting, Wednesday morning",
    "4th sitting, Wednesday afternoon",
]


@pytest.fixture
def meeting():
    """Two days of two sittings, with time for four in each; the main list, of six, is heard on the first day."""
    meeting = make_two_days()
    fill(meeting, 6)
    SpeakersList.objects.update(heard_in=[each.pk for each in meeting.hours[:2]])
    return meeting


@pytest.fixture
def panel(meeting):
    """A second list, of six, which is heard on the second day."""
    hours = [each.pk for each in meeting.hours[2:]]
    panel = make_panel(meeting, heard_in=hours, national_limit=meeting.speakers_list.national_limit)
    for number in range(1, 7):
        make_inscription(panel.meeting_at_hand, make_delegation(f"P{number:02}"))
    return panel


def entry(code):
    found = Inscription.objects.select_related("speakers_list__meeting", "delegation", "level")
    return found.get(delegation__code=code)


def fix(code, number, at=OPEN):
    """Fix that entry to the sitting with that `number`, counted from 1."""
    found = entry(code)
    return fixing.fix(found, sitting=found.meeting.hours[number - 1], reason=WHY, by=STAFF, at=at)


def stored(slug):
    return SpeakersList.objects.get(meeting__slug="dialogue", slug=slug)


def planned(slug, at=OPEN):
    """The list by sitting, as pairs of the number of a sitting and the codes."""
    speakers_list = stored(slug)
    places = precedence.speaking_order(speakers_list)
    ahead = list_forecast.forecast_list(speakers_list, places, at=at)
    pairs = list_forecast.by_sitting(places, ahead)
    return {
        sitting and str(sitting)[:3]: " ".join(place.inscription.delegation.code for place in held)
        for sitting, held in pairs
    }


def test_each_list_is_planned_over_its_own_sittings(meeting, panel):
    fix("A01", 2)
    fix("P01", 4)

    assert planned("") == {"1st": "A02 A03 A04 A05", "2nd": "A01 A06"}
    assert planned("panel") == {"3rd": "P02 P03 P04 P05", "4th": "P01 P06"}


def test_no_entry_is_fixed_to_a_sitting_in_which_its_list_is_not_heard(meeting, panel):
    for code, number in (("A01", 3), ("P01", 2)):
        with pytest.raises(fixing.FixingRefused, match="The list is not heard in this sitting") as refused:
            fix(code, number)
        assert refused.value.field == "sitting"

    assert not Inscription.objects.exclude(fixed_sitting=None).exists()


def test_a_list_that_the_room_hears_outside_its_sittings_may_be_spoken_on_now(meeting, panel):
    now = local(FIRST + 15 * HOUR)
    Meeting.objects.update(hears="panel")

    fix("P03", 2, at=now)
    calling.call(entry("P03"), stored("panel"), by=STAFF, at=now)
    Meeting.objects.update(hears="")

    assert planned("panel", local(SECOND + 9 * HOUR)) == {"2nd": "P03", "3rd": "P01 P02 P04 P05", "4th": "P06"}


def test_the_programme_says_in_which_sittings_a_list_has_time(meeting, panel):
    """The list names no sitting, and a line gives it the second day: it has no time on the first."""
    SpeakersList.objects.update(heard_in=[])
    for position, (slug, begin) in enumerate([("", FIRST), ("panel", SECOND)]):
        meeting.slots.create(
            position=position, kind="floor", title="Floor", list_slug=slug, starts_at=local(begin + 10 * HOUR)
        )

    with pytest.raises(fixing.FixingRefused, match="not heard in this sitting"):
        fix("P01", 2)
    fix("P01", 4)

    assert {number: codes for number, codes in planned("panel").items() if codes} == {
        "3rd": "P02 P03 P04 P05",
        "4th": "P01 P06",
    }


def test_staff_see_the_plan_of_each_list_beside_its_board(admin_client, meeting, panel):
    fix("P01", 4)
    said = {}
    with clock.stopped(OPEN):
        for slug, below in (("", ""), ("panel", "lists/panel/")):
            board = admin_client.get(f"{BOARD}{below}").content.decode()
            assert f'href="{BOARD}{below}plan/"' in board
            said[slug] = admin_client.get(f"{BOARD}{below}plan/").content.decode()
        form = admin_client.get(reverse("admin:speakers_inscription_act", args=[entry("P02").pk, "fix-sitting"]))

    assert [[name for name in NAMES if name in said[slug]] for slug in said] == [NAMES[:2], NAMES[2:]]
    assert WHY in said["panel"]
    assert WHY not in said[""]
    assert f'href="../../../{entry("A02").pk}/acts/fix-sitting/"' in said[""]
    assert f'href="../../../../../{entry("P02").pk}/acts/fix-sitting/"' in said["panel"]
    assert re.findall(r"<option[^>]*>([^<–]+)</option>", form.content.decode()) == NAMES[2:]


def test_rows_say_the_sitting_and_who_joined_and_the_video(client, meeting, panel):
    make_focal_point(make_delegation("JOI"))
    [asked] = joining.ask(entry("P01"), [make_delegation("JOI")], by=STAFF, at=OPEN)
    joining.join(asked, by=STAFF, at=OPEN)
    Inscription.objects.filter(delegation__code="P01").update(is_by_video=True)
    fix("P01", 4)
    with clock.stopped(OPEN):
        revision = revisions.publish(stored("panel"), by=STAFF, at=OPEN)
        main = documents.live(stored(""), at=OPEN)
        page = client.get("/meetings/dialogue/lists/panel/speakers/").content.decode()
        live = client.get("/meetings/dialogue/lists/panel/speakers.json").json()
        api = client.get("/api/v1/meetings/dialogue/lists/panel/list").json()
        fixing.release(entry("P01"), by=STAFF, at=OPEN)
        later = revisions.publish(stored("panel"), by=STAFF, at=OPEN)

    first = live["speakers"][0]
    schema = jsonschema_rs.validator_for(json.loads((settings.BASE_DIR / "docs/schema/list-2.json").read_text()))
    assert [str(error) for error in schema.iter_errors(live)] == []
    assert (live["format"], live["list"], api["speakers"]) == ("list-of-speakers/2", "panel", live["speakers"])
    assert [each["name"] for each in live["sittings"]] == NAMES[2:]
    assert [each["name"] for each in main["sittings"]] == NAMES[:2]
    assert (first["sitting"], first["fixed_sitting"], first["by_video"], len(first["joined"])) == (
        NAMES[3],
        NAMES[3],
        True,
        1,
    )
    assert all(words in page for words in ("joined by", "by recorded video", "fixed to this sitting"))
    assert [str(each) for each in difference.between(revision.rows, later.rows)] == [
        f"P01: fixed to the sitting “–”, before “{NAMES[3]}”"
    ]


def test_the_room_calls_the_list_that_it_hears_from_its_own_plan(meeting, panel):
    """Who is taken next comes first, then the list as it is planned, and then who asked for the floor."""
    morning = local(SECOND + 10 * HOUR)
    fix("A01", 2)
    fix("P01", 4)
    mission = Actor("mission@missions.example", FOCAL_POINT)
    with clock.stopped(local(FIRST + 10 * HOUR)):
        assert waiting(meeting) == ["A02", "A03", "A04", "A05", "A01", "A06"]
    with clock.stopped(morning):
        press(meeting, hearing.hear, morning, slug="panel")
        opening.open_floor(meeting, by=STAFF, at=morning)
        for code in ("ASK", "TAK"):
            asked = asking.ask(meeting, make_delegation(code), by=mission, at=morning)
        asking.take_next(meeting, asked.identity, by=STAFF, at=morning)
        floor = standings.read(meeting)
        assert waiting(meeting) == ["TAK", "P02", "P03", "P04", "P05", "P01", "P06", "ASK"]
        everyone = [each.turn.of.code for each in standings.of_every_list(floor).waiting]
        foreseen = live_forecast.of(floor, morning)

    turn = next(each.turn for each in floor.waiting if each.turn.of.code == "P01")
    assert foreseen.forecast.turn_of(turn.identity).at >= meeting.hours[3].starts_at
    assert everyone == ["TAK", "P02", "P03", "P04", "P05", "P01", "P06", *(f"A0{n}" for n in range(1, 7)), "ASK"]
