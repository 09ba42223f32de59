"""The room of a meeting with two lists: the officer chooses which one it hears, the programme proposes.  R-62 R-69"""

import re
from datetime import timedelta

import pytest
from django.utils import translation

import clock
from dialogue.models import Meeting, ProgrammeSlot
from floor import standings
from floor import state as states
from floor.acts import calling, hearing, suspending, undoing
from floor.acts.acting import FloorRefused
from floor.forecast import live_advice, live_forecast, proposing
from floor.models import Turn
from floor.record import record
from floor.statements import handing_in
from journal.models import Entry
from outbox.models import Message
from speakers.entries import withdrawing
from speakers.order import replaying
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_panel,
    signed_in,
)
from tests.floor.room import (
    OPENS,
    after,
    current,
    entry,
    last_called,
    make_room,
    press,
    speak,
    state_of,
    waiting,
)
from tests.floor.statements.files import docx

pytestmark = pytest.mark.django_db
AFTERNOON = OPENS + timedelta(hours=4)
CONSOLE = "/meetings/dialogue/floor/"


@pytest.fixture
def meeting():
    """A room whose main list has AAA, BBB and CCC."""
    return make_room()


@pytest.fixture
def panel(meeting):
    """A second list with DDD and AAA, which has its sitting in the afternoon."""
    found = make_panel(meeting, heard_in=[meeting.hours[1].pk])
    for code in ("DDD", "AAA"):
        make_inscription(found.meeting_at_hand, make_delegation(code))
    return found


def hear(meeting, slug, at=OPENS, **typed):
    return press(meeting, hearing.hear, at, slug=slug, **typed)


def fresh(meeting):
    return Meeting.objects.get(pk=meeting.pk)


def acts_of(meeting, act):
    return Entry.objects.of_stream(meeting.journal_stream).filter(act=act)


def test_the_room_hears_the_main_list_until_another_is_chosen(meeting, panel):
    assert waiting(meeting) == ["AAA", "BBB", "CCC"]

    hear(meeting, "panel")

    assert waiting(fresh(meeting)) == ["DDD", "AAA"]
    panel.refresh_from_db()
    assert panel.is_heard
    assert not fresh(meeting).speakers_list.is_heard
    [told] = acts_of(meeting, "list heard")
    assert (told.payload.before, told.payload.after) == ({"list": ""}, {"list": "panel"})


def test_the_entries_of_the_list_heard_are_called_on_their_own_chain_and_the_list_follows_from_it(meeting, panel):
    hear(meeting, "panel")
    speak(meeting, 0, 170)
    press(meeting, calling.call, after(200))

    assert (current(meeting).of.code, current(meeting).inscription.speakers_list) == ("AAA", panel)
    called = Entry.objects.of_stream(panel.journal_stream).filter(act="called")
    assert called.count() == 2
    assert not acts_of(meeting, "called").filter(subject__startswith="inscription/").exists()
    assert [replaying.differences(each) for each in (panel, meeting.speakers_list)] == [[], []]


def test_going_back_to_a_list_goes_on_where_it_stopped(meeting, panel):
    speak(meeting, 0, 170)
    hear(meeting, "panel", after(180))
    speak(meeting, 200, 300)

    hear(meeting, "", after(400))

    assert waiting(fresh(meeting)) == ["BBB", "CCC"]
    speak(meeting, 420, 500)
    assert [turn.of.code for turn in Turn.objects.filter(state="delivered").order_by("began_at")] == [
        "AAA",
        "DDD",
        "BBB",
    ]


def test_pressed_twice_it_is_done_once(meeting, panel):
    hear(meeting, "panel")
    hear(fresh(meeting), "panel")
    hearing.hear(meeting, "panel", expected_current="an older page", by=STAFF, at=OPENS)

    assert acts_of(meeting, "list heard").count() == 1


def test_no_other_list_is_heard_while_someone_has_the_floor(meeting, panel):
    press(meeting, calling.call)

    with pytest.raises(FloorRefused, match="Aaa has the floor"):
        hear(meeting, "panel")
    press(meeting, calling.begin)
    with pytest.raises(FloorRefused, match="Aaa has the floor"):
        hear(meeting, "panel")

    assert fresh(meeting).hears == ""


def test_it_is_refused_once_concluded_for_no_list_and_for_a_page_that_is_stale(meeting, panel):
    with pytest.raises(FloorRefused, match="no such list"):
        hear(meeting, "nowhere")
    with pytest.raises(FloorRefused, match="No speaker has been called yet"):
        hearing.hear(meeting, "panel", expected_current="someone", by=STAFF, at=OPENS)
    suspending.conclude(meeting, by=STAFF, at=AFTERNOON)
    with pytest.raises(FloorRefused, match="concluded"):
        hear(meeting, "panel", AFTERNOON)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (DEADLINE, ["It is early: the sitting starts on", "Inscription is still open, until Friday, 2 September"]),
        (OPENS - timedelta(hours=2), ["It is early: the sitting starts on"]),
    ],
)
def test_before_its_time_it_is_done_once_its_words_are_confirmed(meeting, panel, at, said):
    with pytest.raises(FloorRefused) as asked:
        hear(meeting, "panel", at)

    words = [str(asked.value), *asked.value.details]
    assert asked.value.asks_twice
    for number, start in enumerate(said):
        assert words[number].startswith(start)
    assert words[-1].endswith("Panel”, on which 2 entries wait.")
    hear(meeting, "panel", at, seen=asked.value.shown)
    assert fresh(meeting).hears == "panel"
    assert not Message.objects.filter(kind="floor.alert").exists()


def test_what_was_said_before_the_choice_is_not_undone_in_the_other_list(meeting, panel):
    speak(meeting, 0, 170)
    hear(meeting, "panel", after(200))

    with pytest.raises(FloorRefused, match="nothing to undo"):
        press(meeting, undoing.undo, after(210))
    assert last_called(meeting) == "panel"


def propose(meeting, slug, at, title="Round table"):
    return ProgrammeSlot.objects.create(
        meeting=meeting, position=90 + len(slug), starts_at=at, kind="floor", title={"en": title}, list_slug=slug
    )


def test_the_console_proposes_the_list_of_the_line_that_has_begun(meeting, panel):
    propose(meeting, "panel", AFTERNOON)

    def proposed(at):
        floor = standings.read(fresh(meeting))
        return proposing.of(floor, at).proposed, live_advice.of(floor, live_forecast.of(floor, at), at)

    before, silent = proposed(AFTERNOON - timedelta(minutes=1))
    now, advice = proposed(AFTERNOON)

    assert (before, now) == (None, panel)
    assert "By the programme" not in silent.news
    assert "By the programme, “Panel” is heard from 3:00 p.m.; the room hears “Main list”." in advice.news
    assert fresh(meeting).hears == ""


def test_two_officers_read_what_is_proposed_each_in_their_own_language(meeting, panel):
    propose(meeting, "panel", AFTERNOON)
    floor, _at = standings.read_shared("dialogue")
    words = []
    for language in ("en", "ar", "fr"):
        with translation.override(language):
            words.append(proposing.of(floor, AFTERNOON).words)

    assert len(set(words)) == 3
    assert words[0].startswith("By the programme")


def test_nothing_is_proposed_once_it_is_heard_nor_without_a_line_that_names_a_list(meeting, panel):
    main = propose(meeting, "", OPENS, title="List of speakers")
    assert proposing.of(standings.read(meeting), AFTERNOON).proposed is None

    propose(meeting, "panel", AFTERNOON)
    hear(meeting, "panel", AFTERNOON)

    assert proposing.of(standings.read(fresh(meeting)), AFTERNOON).proposed is None
    main.starts_at = AFTERNOON + timedelta(hours=1)
    main.save()
    again = proposing.of(standings.read(fresh(meeting)), main.starts_at)
    assert again.proposed == meeting.speakers_list


def test_a_meeting_with_one_list_is_asked_nothing(officer, meeting, django_assert_num_queries):
    floor = standings.read(meeting)
    with django_assert_num_queries(0):
        assert proposing.of(floor, OPENS) is None

    with clock.stopped(OPENS):
        page = officer.get(CONSOLE).content.decode()
        public = officer.get("/meetings/dialogue/now.json").json()

    assert "acts/hear/" not in page
    assert "Main list" not in page
    assert "list" not in public


def test_the_officer_chooses_on_the_console_and_every_screen_says_which_list_it_is(officer, meeting, panel):
    with clock.stopped(OPENS):
        assert "Hear “Panel”" in officer.get(CONSOLE).content.decode()
        page = officer.post(f"{CONSOLE}acts/hear/", {"list": "panel", "expected": ""}, follow=True).content.decode()
        screens = [officer.get(f"/meetings/dialogue/{each}/").content.decode() for each in ("display", "now")]
        public = officer.get("/meetings/dialogue/now.json").json()

    assert "The room hears “Panel”." in page
    assert "Hear “Main list”" in page
    assert all("Panel" in each and "Ddd" in each and "Bbb" not in each for each in screens)
    assert public["list"] == "Panel"


def test_before_its_time_the_console_asks_and_what_it_asks_can_be_pressed(officer, meeting, panel):
    with clock.stopped(DEADLINE):
        asked = officer.post(f"{CONSOLE}acts/hear/", {"list": "panel", "expected": ""})
        typed = asked.context["asked"]["typed"]
        officer.post(f"{CONSOLE}acts/hear/", typed)

    assert "Hear another list now?" in asked.content.decode()
    assert typed["list"] == "panel"
    assert fresh(meeting).hears == "panel"


def test_what_changes_on_any_list_of_the_meeting_is_seen_by_every_screen(meeting, panel):
    hear(meeting, "panel")
    floor, _at = standings.read_shared("dialogue")

    withdrawing.withdraw(panel.inscriptions.get(delegation__code="DDD"), by=STAFF, at=OPENS)

    again, _at = standings.read_shared("dialogue")
    assert again.version > floor.version
    assert [each.turn.of.code for each in again.waiting] == ["AAA"]
    assert states.of_floor(again, OPENS)["counts"]["total"] == 1


def test_the_room_foresees_the_list_it_hears_and_learns_from_its_statements(meeting, panel):
    hear(meeting, "panel", AFTERNOON)
    floor = standings.read(fresh(meeting))

    ahead = live_forecast.of(floor, AFTERNOON)

    assert next(turn.at for turn in ahead.forecast.turns) == AFTERNOON
    assert {each.starts_at for each in ahead.sittings} == {AFTERNOON}


def test_a_delegation_of_either_list_hands_in_its_text_at_any_time(meeting, panel):
    own = panel.inscriptions.get(delegation__code="DDD")
    hear(meeting, "panel")

    for each in (own, entry(meeting, "BBB")):
        handing_in.hand_in(meeting, each, content=docx(), language="en", by=STAFF, at=OPENS)

    assert {each.statements.count() for each in (own, entry(meeting, "BBB"))} == {1}
    with clock.stopped(OPENS):
        address = f"/meetings/dialogue/speakers/inscriptions/{own.public_id}/statement/"
        assert signed_in("ddd@missions.example").get(address).status_code == 200
        assert signed_in("bbb@missions.example").get(address).status_code == 404


def test_a_delegation_says_that_it_is_in_the_room_once_its_list_is_heard(meeting, panel):
    own = panel.inscriptions.get(delegation__code="DDD")
    client, address = signed_in("ddd@missions.example"), f"/meetings/dialogue/now/{own.public_id}/presence/"

    with clock.stopped(OPENS):
        refused = client.post(address, {"present": "yes"})
        hear(meeting, "panel")
        done = client.post(address, {"present": "yes"})
        shown = client.get("/meetings/dialogue/now/own/").context["own_turns"]

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "This entry is not waiting to be called." in refused.content.decode()
    assert [(each.turn.of.code, each.turn.present_at) for each in shown] == [("DDD", OPENS)]


def test_the_conclusion_reaches_every_list_and_is_taken_back_for_every_list(meeting, panel):
    hear(meeting, "panel", AFTERNOON)
    suspending.conclude(meeting, by=STAFF, at=AFTERNOON)

    assert Turn.objects.filter(state="not_reached").count() == 5
    assert Message.objects.filter(kind="floor.in_lieu").count() == 5
    suspending.take_back_conclusion(meeting, by=STAFF, at=AFTERNOON)
    assert not Turn.objects.filter(state="not_reached").exists()
    assert waiting(fresh(meeting)) == ["DDD", "AAA"]


def test_a_list_that_is_still_open_is_established_by_the_conclusion_whichever_it_is(meeting, panel):
    with pytest.raises(FloorRefused) as asked:
        suspending.conclude(meeting, by=STAFF, at=DEADLINE)
    words = [str(asked.value), *asked.value.details]

    suspending.conclude(meeting, by=STAFF, at=DEADLINE, seen=asked.value.shown)

    assert "5 entries of the list are recorded as not reached, and their delegations are mailed." in words
    assert "The list closes, is established, and every inscribed delegation is mailed its place." in words
    panel.refresh_from_db()
    assert (panel.closed_at, panel.revisions.count()) == (DEADLINE, 1)


def test_the_record_has_the_statements_of_every_list(meeting, panel):
    speak(meeting, 0, 170)
    hear(meeting, "panel", after(200))
    speak(meeting, 210, 300)

    told = record.of(fresh(meeting), at=after(400))

    assert [each["delegation_code"] for each in told["statements"]] == ["AAA", "DDD"]
    assert [each.get("list") for each in told["statements"]] == [None, panel.name]
    assert sorted(each["delegation_code"] for each in told["waiting"]) == ["AAA", "BBB", "CCC"]


def test_a_telephone_shows_the_own_turn_on_each_list_with_the_name_of_the_list(meeting, panel):
    make_focal_point(make_delegation("AAA"))

    with clock.stopped(OPENS):
        page = signed_in("aaa@missions.example").get("/meetings/dialogue/now/own/").content.decode()

    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Aaa Main list You are next." in words
    assert "Aaa Panel 1 speaker before you. about 3:05 p.m." in words
    assert words.count("Place 1 on the list.") == words.count("Place 2 on the list.") == 1


def test_the_time_of_an_inscription_is_of_its_own_list(meeting, panel):
    """Entries of the main list keep their turn while another is heard; the panel has its own sitting."""
    with clock.stopped(OPEN):
        receipt = signed_in("ddd@missions.example").get(
            panel.inscriptions.get(delegation__code="DDD").get_absolute_url()
        )

    assert "about 3:00 p.m." in receipt.content.decode()
    assert state_of(meeting, "AAA") == "waiting"
