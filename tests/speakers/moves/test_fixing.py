"""Fixing an entry to a sitting: who moves, what is refused, who is told, what the room does with it.  R-64"""

import re
import threading
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

import clock
from acts.refusals import Refusal
from dialogue.models import Sitting
from floor.acts import calling
from floor.acts.acting import FloorRefused
from journal.models import Entry, Payload
from outbox.models import Message
from speakers.entries import calling as list_calling
from speakers.forecast import list_forecast
from speakers.models import Inscription
from speakers.moves import fixing, pinning, undoing
from speakers.order import precedence, replaying
from tests.at_once import together
from tests.days import FIRST, HOUR, fill, local, make_two_days
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting, make_panel, order_of
from tests.floor.room import press, waiting

pytestmark = pytest.mark.django_db
NOW = {"by": STAFF, "at": OPEN}
WHY = "The Minister arrives in the night"
PLAN = "/secretariat/speakers/inscription/board/dialogue/plan/"


@pytest.fixture
def meeting():
    """Two days of two sittings, with time for four in each, and ten entries."""
    meeting = make_two_days()
    fill(meeting, 10)
    return meeting


def entry(code):
    return Inscription.objects.select_related("speakers_list__meeting", "delegation", "level").get(
        delegation__code=code
    )


def fix(code, number, reason=WHY, **changes):
    """Fix that entry to the sitting with that `number`, counted from 1."""
    found = entry(code)
    return fixing.fix(found, sitting=found.meeting.hours[number - 1], reason=reason, **{**NOW, **changes})


def foreseen(meeting, at=OPEN):
    """The codes by sitting, as the plan has them; last, those without one."""
    places = precedence.speaking_order(meeting.speakers_list)
    ahead = list_forecast.forecast_list(meeting.speakers_list, places, at=at)
    return [
        " ".join(place.inscription.delegation.code for place in held)
        for _sitting, held in list_forecast.by_sitting(places, ahead)
    ]


def test_the_plan_follows_the_list_and_the_forecast(meeting):
    assert foreseen(meeting) == ["A01 A02 A03 A04", "A05 A06 A07 A08", "A09 A10", ""]


def test_an_entry_speaks_in_the_sitting_it_is_fixed_to_and_keeps_its_place(meeting):
    before = order_of(meeting)

    fix("A02", 4)

    assert foreseen(meeting) == ["A01 A03 A04 A05", "A06 A07 A08 A09", "A10", "A02"]
    assert order_of(meeting) == before
    assert replaying.differences(meeting.speakers_list) == []


def test_an_entry_fixed_to_an_earlier_sitting_speaks_there_after_those_before_it(meeting):
    fix("A10", 1)

    assert foreseen(meeting) == ["A01 A02 A03 A10", "A04 A05 A06 A07", "A08 A09", ""]


def test_a_released_entry_is_called_by_its_place_again(meeting):
    fix("A02", 4)

    fixing.release(entry("A02"), **NOW)

    assert foreseen(meeting) == ["A01 A02 A03 A04", "A05 A06 A07 A08", "A09 A10", ""]
    assert replaying.differences(meeting.speakers_list) == []
    with pytest.raises(fixing.FixingRefused, match="not fixed"):
        fixing.release(entry("A02"), **NOW)


def test_its_explanation_names_the_sitting_and_the_reason(meeting):
    fix("A02", 4)

    told = precedence.explain(entry("A02"))[-1]

    assert told == (
        "Fixed by the secretariat to a sitting: 4th sitting, Wednesday afternoon. Its place stays. "
        "Reason: The Minister arrives in the night"
    )


def test_delegation_and_officer_are_told_when_it_is_fixed_and_when_it_is_released(meeting):
    Message.objects.all().delete()

    fix("A02", 4)
    fixing.release(entry("A02"), **NOW)

    fixed, to_officer, released, again = Message.objects.order_by("pk")
    assert [each.kind for each in (fixed, to_officer, released, again)] == [
        "speakers.sitting",
        "speakers.notice_sitting",
    ] * 2
    assert "4th sitting, Wednesday afternoon. Reason: The Minister arrives in the night" in fixed.body
    assert "Likely time of the turn: Wednesday, 7 September, about 3:00 p.m." in fixed.body
    assert "fixed to a sitting" in to_officer.subject
    assert "no longer fixed to a sitting" in released.body


def test_both_acts_are_journalled_with_the_reason(meeting):
    fix("A02", 4)
    fixing.release(entry("A02"), **NOW)

    fixed, released = Entry.objects.order_by("-pk")[:2][::-1]

    assert (fixed.act, fixed.payload.reason) == ("fixed to a sitting", WHY)
    assert fixed.payload.after["fixed_sitting"] == meeting.hours[3].pk
    assert released.act == "released from its sitting"


def test_what_cannot_be_is_refused_in_words(meeting):
    other = make_two_days(slug="other").hours[0]
    panel = make_panel(meeting)
    listed = make_inscription(panel.meeting_at_hand, make_delegation("PAN"))
    single = make_inscription(make_meeting(slug="one"), make_delegation("ONE"))
    single.meeting.hours[1].delete()
    single.meeting.refresh_from_db()
    list_calling.call(entry("A01"), meeting.speakers_list, **NOW)
    unverified = make_inscription(meeting, make_delegation("UNV"), is_verified=False)

    cases = [
        (unverified, meeting.hours[1], {}, "Only an entry that holds a place"),
        (entry("A02"), other, {}, "not a sitting of the meeting"),
        (entry("A02"), meeting.hours[0], {"at": local(FIRST + 13 * HOUR)}, "This sitting is over"),
        (entry("A02"), meeting.hours[0], {"reason": " "}, "Give the reason"),
        (entry("A01"), meeting.hours[1], {}, "already been called"),
        (listed, meeting.hours[1], {}, "no turn on it is foreseen"),
        (single, single.meeting.hours[0], {}, "heard in one sitting"),
    ]

    for inscription, sitting, changes, words in cases:
        with pytest.raises(fixing.FixingRefused, match=words):
            fixing.fix(inscription, sitting=sitting, **{**NOW, "reason": WHY, **changes})
    assert not Entry.objects.filter(act="fixed to a sitting").exists()


def test_a_full_sitting_takes_another_once_that_is_confirmed(meeting):
    for code in ("A07", "A08", "A09", "A10"):
        fix(code, 1)

    with pytest.raises(
        fixing.FixingRefused, match=r"no room: 180 minutes are left .* and 4 entries are fixed"
    ) as refused:
        fix("A06", 1)
    assert refused.value.asks_twice
    fix("A06", 1, seen=refused.value.shown)

    assert foreseen(meeting)[0] == "A06 A07 A08 A09"
    assert foreseen(meeting)[1].startswith("A01 A02")


def test_a_confirmation_that_a_sitting_is_full_is_for_that_sitting(meeting):
    for code, number in [
        ("A07", 1),
        ("A08", 1),
        ("A09", 1),
        ("A10", 1),
        ("A02", 2),
        ("A03", 2),
        ("A04", 2),
        ("A05", 2),
    ]:
        fix(code, number)
    with pytest.raises(fixing.FixingRefused) as refused:
        fix("A06", 1)

    for unseen in (refused.value.shown, "on"):
        with pytest.raises(fixing.FixingRefused, match="There is no room"):
            fix("A06", 2, seen=unseen)

    assert entry("A06").fixed_sitting is None


def test_the_database_wants_a_reason(meeting):
    with pytest.raises(IntegrityError, match="an_entry_is_fixed_to_a_sitting_for_a_reason"), transaction.atomic():
        Inscription.objects.update(fixed_sitting=meeting.hours[0])


def test_an_entry_whose_sitting_is_over_is_called_by_its_place(meeting):
    fix("A02", 1)

    assert foreseen(meeting, at=local(FIRST + 14 * HOUR))[1] == "A01 A02 A03 A04"


def test_the_room_calls_from_the_plan(meeting):
    fix("A01", 2)
    fix("A09", 1)

    with clock.stopped(local(FIRST + 10 * HOUR)):
        assert waiting(meeting) == ["A02", "A03", "A04", "A09", "A01", "A05", "A06", "A07", "A08", "A10"]
    with clock.stopped(local(FIRST + 15 * HOUR)):
        assert waiting(meeting)[:3] == ["A01", "A02", "A03"]


def test_who_is_next_changes_with_an_act_and_not_with_the_clock(meeting):
    """A03 is fixed to this sitting: it is still A01, two minutes before there would be time for A03 alone."""
    fix("A03", 1)
    orders = []

    for minutes in (0, 100, 137, 179):
        with clock.stopped(local(FIRST + 10 * HOUR + timedelta(minutes=minutes))):
            orders.append(waiting(meeting)[0])

    assert orders == ["A01"] * 4


def test_an_entry_fixed_to_a_sitting_to_come_is_called_once_that_is_confirmed(meeting):
    begin = local(FIRST + 10 * HOUR)
    fix("A01", 2)
    with clock.stopped(begin):
        press(meeting, calling.call, begin)
        press(meeting, calling.begin, begin)
        press(meeting, calling.end, begin)

        with pytest.raises(FloorRefused, match="A01 is fixed to a sitting that has not begun: 2nd sitting") as refused:
            press(meeting, calling.call, begin, identity=entry("A01").public_id)
        press(meeting, calling.call, begin, identity=entry("A01").public_id, seen=refused.value.shown)

    assert entry("A01").is_called


def fix_two_at_once():
    """How many of two entries are fixed to a sitting at one instant that has room for one."""
    for code in ("A08", "A09", "A10"):
        fix(code, 1)
    ends = together(lambda: fix("A06", 1), lambda: fix("A07", 1))
    assert [each for each in ends if each != "done" and not isinstance(each, Refusal)] == []
    return ends.count("done")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_are_fixed_to_the_last_room_at_one_instant_one_is_asked(meeting):
    assert fix_two_at_once() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_of_the_list_both_would_be_fixed_to_it_unasked(meeting, monkeypatch):
    """The negative control: both find room before either takes it."""
    both_have_looked = threading.Barrier(2)
    check, keep = fixing._object_to_full, fixing.keep  # noqa: SLF001  the two halves between which the lock stands

    def looked(entry, *facts):
        check(entry, *facts)
        if entry.delegation.code in {"A06", "A07"}:
            both_have_looked.wait(10)

    def kept(*facts, **who):
        with transaction.atomic():
            return keep(*facts, **who)

    monkeypatch.setattr(fixing, "locked", nullcontext)
    monkeypatch.setattr(fixing, "_object_to_full", looked)
    monkeypatch.setattr(fixing, "keep", kept)

    assert fix_two_at_once() == 2


def undo(meeting, at=OPEN):
    return undoing.undo_last_move(meeting.speakers_list, by=STAFF, at=at)


def test_fixings_and_pins_are_undone_step_by_step_each_by_its_own_kind(meeting):
    fix("A02", 4)
    pinning.pin(entry("A03"), before=entry("A01"), reason="Travels", by=STAFF, at=OPEN)
    fix("A02", 3, "Later")
    fixing.release(entry("A02"), **NOW)
    told = Message.objects.filter(kind="speakers.sitting").count()

    states = []
    for _step in range(4):
        undo(meeting)
        found = entry("A02")
        number = found.fixed_sitting and meeting.hours.index(found.fixed_sitting) + 1
        states.append((number, found.fixing_reason, order_of(meeting)[0]))

    assert states == [(3, "Later", "A03"), (4, WHY, "A03"), (4, WHY, "A01"), (None, "", "A01")]
    assert Message.objects.filter(kind="speakers.sitting").count() == told + 3
    assert replaying.differences(meeting.speakers_list) == []
    with pytest.raises(undoing.UndoRefused, match="no move to undo"):
        undo(meeting)


def test_undoing_says_to_which_sitting_it_leads_and_stops_at_one_that_is_over(meeting):
    fix("A02", 1)
    fixing.release(entry("A02"), **NOW)
    over = meeting.hours[0].ends_at

    foreseen, late = (undoing.last_step(meeting.speakers_list, at=at) for at in (OPEN, over))

    assert foreseen.preview.sentences[:2] == [
        "A02 stays at place 2 for now.",
        f"It is fixed again to the sitting it was fixed to before: {meeting.hours[0]}.",
    ]
    with pytest.raises(undoing.UndoRefused, match="The sitting it was fixed to before is over"):
        undo(meeting, at=over)
    assert (late.preview, entry("A02").fixed_sitting) == (None, None)


def test_what_was_erased_of_a_move_is_not_undone(meeting):
    fix("A02", 1)
    Payload.objects.filter(entry=Entry.objects.get(act="fixed to a sitting")).delete()

    with pytest.raises(undoing.UndoRefused, match="has been erased"):
        undo(meeting)


@pytest.fixture
def officer(admin_client):
    return admin_client


def test_staff_fix_and_release_an_entry_on_its_page(meeting, officer):
    page = f"/secretariat/speakers/inscription/{entry('A02').pk}/acts/fix-sitting/"
    with clock.stopped(OPEN):
        form = officer.get(page).content.decode()
        done = officer.post(page, {"sitting": meeting.hours[3].pk, "reason": WHY})
        plan = words_of_desk(officer.get(PLAN))
        officer.post(page.replace("fix-sitting", "release-from-sitting"))

    assert re.findall(r"<option[^>]*>([^<]+)</option>", form)[1:3] == [
        "1st sitting, Tuesday morning",
        "2nd sitting, Tuesday afternoon",
    ]
    assert "1st sitting, Tuesday morning: 4 entries foreseen, 0 of them fixed to it. 180 minutes are left" in form
    assert done.status_code == 302
    assert "fixed: The Minister arrives in the night" in plan
    assert entry("A02").fixed_sitting is None


def words_of_desk(answer):
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode().split('id="content-main"')[1]))


def test_the_plan_tells_apart_who_prefers_another_sitting(meeting, officer):
    Inscription.objects.filter(delegation__code="A01").update(preferred_sitting="2016-09-07 morning")
    Inscription.objects.filter(delegation__code="A02").update(preferred_sitting="2016-09-06 morning")

    with clock.stopped(OPEN):
        words = words_of_desk(officer.get(PLAN))

    assert "1st sitting, Tuesday morning 4 entries 1 prefers another sitting" in words
    assert "A01" in words.split("⇄ prefers 3rd sitting, Wednesday morning")[0]
    assert words.count("⇄") == 1
    assert words.count("as it prefers") == 1
    assert words.count("likely ") >= 4


def test_once_a_sitting_has_begun_its_part_is_no_longer_likely(meeting, officer):
    with clock.stopped(local(FIRST + 16 * HOUR)):
        page = officer.get(PLAN).content.decode()

    assert page.count('class="plan-tag"') == 2


def test_a_meeting_of_one_sitting_has_no_plan(officer):
    meeting = make_meeting()
    Sitting.objects.filter(meeting=meeting, part="afternoon").delete()
    make_inscription(meeting, make_delegation("AAA"))

    assert "There is no plan by sitting" in words_of_desk(officer.get(PLAN))


def test_the_plan_costs_twelve_statements_at_most_however_long_the_list(meeting, officer):
    counts = []
    for more in (3, 30):
        for number in range(more):
            one = make_inscription(meeting, make_delegation(f"P{more:02}{number:02}"))
            Inscription.objects.filter(pk=one.pk).update(
                fixed_sitting=meeting.hours[3], fixing_reason=WHY, preferred_sitting="2016-09-07 morning"
            )
        with clock.stopped(OPEN), CaptureQueriesContext(connection) as statements:
            assert officer.get(PLAN).status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 12


def test_the_plan_is_for_staff(meeting, client):
    assert client.get(PLAN).status_code == 302
