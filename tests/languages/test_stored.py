"""What an act stores is in the language of the site, whatever the person who acts reads; it is told in the reader's."""

import pytest
from django.utils import translation

from dialogue.models import ProgrammeSlot
from floor.acts import calling, pausing, rounds
from floor.models import Interruption
from floor.proceedings import debate
from floor.record import heard, record
from journal.models import Entry
from speakers import chronicle
from speakers.entries import joining
from speakers.models import Delegation, DelegationName
from speakers.moves import drawing
from tests.factories import OPEN, STAFF, make_delegation, make_focal_point, make_inscription, make_meeting
from tests.floor.room import OPENS, after, entry, make_room, press
from tests.speakers.moves.test_drawing import AFTER, MINUTE, commit, enter_beacon

pytestmark = pytest.mark.django_db
RWANDA = {"en": "Rwanda", "ar": "رواندا", "fr": "Rwanda (fr)"}
BEFORE = AFTER - 5 * MINUTE
PANEL = {"en": "The panel", "ar": "الفريق"}
ORDER = Interruption.Ground.POINT_OF_ORDER


@pytest.fixture
def rwanda():
    """A delegation with a name in three languages."""
    found = make_delegation("RWA")
    Delegation.objects.filter(pk=found.pk).update(short_name=RWANDA)
    return Delegation.objects.get(pk=found.pk)


def interrupted_in_arabic(rwanda):
    meeting = make_room()
    press(meeting, calling.call)
    press(meeting, calling.begin)
    with translation.override("ar"):
        press(meeting, pausing.pause, after(60), ground=ORDER, raised_by=rwanda)
        press(meeting, pausing.go_on, after(90))
        press(meeting, calling.end, after(100))
    return meeting


def raised_by(meeting):
    """Who raised a point of order: by the record, for recordings, and in the debate in Akoma Ntoso."""
    [of_record] = record.of(meeting, at=after(200))["interruptions"]
    [of_heard] = [each for each in heard.of(meeting) if each.rank == heard.INTERRUPTION]
    name = of_record["raised_by"]
    return name, of_heard.raised_by, name in debate.of(meeting, for_staff=True).decode()


@pytest.mark.parametrize(("language", "name"), RWANDA.items())
def test_who_raised_a_point_of_order_is_read_in_the_language_of_the_reader(rwanda, language, name):
    meeting = interrupted_in_arabic(rwanda)

    with translation.override(language):
        assert raised_by(meeting) == (name, name, True)
    assert Interruption.objects.get().raised_by == "Rwanda"


def test_who_raised_a_point_of_order_has_the_name_of_the_day_and_keeps_it(rwanda):
    DelegationName.objects.create(delegation=rwanda, short_name="Ruanda", formal_name="Ruanda", source="A letter")
    meeting = interrupted_in_arabic(rwanda)
    assert raised_by(meeting) == ("Ruanda", "Ruanda", True)

    Interruption.objects.update(delegation=None)
    assert raised_by(meeting) == ("Ruanda", "Ruanda", True)


def test_the_journal_tells_why_the_clock_was_paused_in_the_language_of_the_reader(rwanda):
    interrupted_in_arabic(rwanda)
    payload = Entry.objects.get(act="paused").payload

    assert payload.reason == "point of order"
    assert chronicle.why(payload) == "point of order: Rwanda"
    with translation.override("ar"):
        assert chronicle.why(payload).replace("\u2068", "").replace("\u2069", "") == "نقطة نظام: رواندا"


def test_the_names_of_turns_and_panels_are_journalled_in_the_language_of_the_site(rwanda):
    meeting = make_meeting()
    make_inscription(meeting, rwanda)
    panel = ProgrammeSlot.objects.create(meeting=meeting, position=1, kind="panel", title=PANEL)
    panel.refresh_from_db()
    with translation.override("ar"):
        called = press(meeting, calling.call)
        rounds.set_rounds(meeting, speakers_per_round=2, panel_slot=panel, by=STAFF, at=OPENS)

    told = Entry.objects.filter(act="called", subject=f"turn/{called.identity}").get()
    assert told.payload.after["name"] == "Rwanda"
    assert Entry.objects.get(act="rounds set").payload.reason == "The panel"


def test_who_joins_a_statement_is_journalled_in_the_language_of_the_site_and_told_in_that_of_the_reader(rwanda):
    meeting = make_room("AAA")
    make_focal_point(rwanda)
    with translation.override("ar"):
        joining.ask(entry(meeting, "AAA"), [rwanda], by=STAFF, at=OPEN)

    [told] = Entry.objects.filter(act="asked to join")
    assert told.payload.after["name"] == "Rwanda"
    with translation.override("fr"):
        assert "Rwanda (fr)" in chronicle.told(told, chronicle.names_of_subjects([told]))


def test_a_draw_publishes_names_in_the_language_of_the_site(rwanda):
    meeting = make_meeting(policy="opening_window")
    commit(meeting)
    make_inscription(meeting, rwanda, at=BEFORE)
    enter_beacon(meeting)
    with translation.override("ar"):
        draw = drawing.hold(meeting.speakers_list, by=STAFF, at=AFTER)

    assert [row["name"] for row in draw.delegations] == ["Rwanda"]
