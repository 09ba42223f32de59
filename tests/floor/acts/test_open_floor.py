"""The open floor: asking in the order of arrival, taking one between entries of the list, undoing.  R-70"""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from floor import standings
from floor.acts import absence, asking, calling, inserting, opening, pausing, replying, suspending, switching, undoing
from floor.acts.acting import FloorRefused
from floor.models import Interruption, Room, Turn
from journal.actors import FOCAL_POINT, Actor
from journal.models import Entry
from speakers.models import DelegationPlace
from tests.at_once import together
from tests.factories import STAFF, make_delegation, make_inscription
from tests.floor.room import OPENS, after, conclude, current, make_room, press, speak, state_of, waiting

pytestmark = pytest.mark.django_db
MISSION = Actor("mission@missions.example", FOCAL_POINT)


def make_open_room(*codes):
    """A room with an entry of each of `codes` (AAA and BBB by default) in which delegations may ask for the floor."""
    meeting = make_room(*(codes or ("AAA", "BBB")))
    opening.open_floor(meeting, by=STAFF, at=OPENS)
    return meeting


def ask(meeting, code, second=0, **changes):
    """The delegation `code` asks for the floor so many seconds after it opened."""
    return asking.ask(meeting, make_delegation(code), **{"by": MISSION, "at": after(second)} | changes)


def queue(meeting):
    """Who asked and waits for its turn, in order."""
    return [each.turn.of.code for each in standings.read(meeting).queue]


def acts(meeting):
    """What the journal of the room says, in order, apart from the list."""
    said = Entry.objects.of_stream(meeting.journal_stream).filter(subject__startswith=("turn/"))
    return [each.act for each in said]


def test_who_asks_is_heard_after_the_list_in_the_order_in_which_the_requests_arrived():
    meeting = make_open_room()

    ask(meeting, "LATE", 9)
    ask(meeting, "SOON", 3)
    ask(meeting, "TWIN", 9)

    assert queue(meeting) == ["SOON", "LATE", "TWIN"]
    assert waiting(meeting) == ["AAA", "BBB", "SOON", "LATE", "TWIN"]


def test_a_delegation_on_the_list_may_ask_as_well():
    meeting = make_open_room()

    ask(meeting, "AAA")

    assert waiting(meeting) == ["AAA", "BBB", "AAA"]


def test_a_second_request_changes_nothing_while_the_first_stands():
    meeting = make_open_room()
    first = ask(meeting, "XXX", 1)
    ask(meeting, "YYY", 2)

    assert ask(meeting, "XXX", 3) == first
    assert queue(meeting) == ["XXX", "YYY"]
    assert acts(meeting).count("asked") == 2


def test_of_two_presses_of_a_delegation_the_one_that_arrived_first_counts():
    meeting = make_open_room()
    ask(meeting, "XXX", 5)
    ask(meeting, "YYY", 4)

    ask(meeting, "XXX", 3)

    assert queue(meeting) == ["XXX", "YYY"]
    assert acts(meeting) == ["asked", "asked", "asked earlier"]


def test_the_database_itself_refuses_a_second_standing_request():
    meeting = make_open_room()
    first = ask(meeting, "XXX")

    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.create(meeting=meeting, kind=Turn.Kind.OPEN_FLOOR, delegation=first.delegation, asked_at=OPENS)


@pytest.mark.parametrize("changes", [{"delegation": None}, {"asked_at": None}])
def test_the_database_itself_refuses_a_request_without_its_delegation_or_its_arrival(changes):
    meeting, delegation = make_open_room(), make_delegation("XXX")
    facts = {"kind": Turn.Kind.OPEN_FLOOR, "delegation": delegation, "asked_at": OPENS}

    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.create(meeting=meeting, **facts | changes)


def test_no_entry_of_the_list_can_be_taken_next_or_withdrawn_in_the_room():
    meeting = make_open_room()
    entry = meeting.speakers_list.inscriptions.first()

    for changes in ({"state": Turn.State.WITHDRAWN}, {"taken_at": OPENS}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Turn.objects.create(meeting=meeting, inscription=entry, **changes)


def test_a_room_in_which_the_floor_is_closed_cannot_be_muted():
    room = Room.objects.create(meeting=make_room())

    with pytest.raises(IntegrityError), transaction.atomic():
        Room.objects.filter(pk=room.pk).update(is_muted=True)


def test_no_one_asks_before_the_floor_is_opened_nor_after_it_is_closed():
    meeting = make_room()
    with pytest.raises(FloorRefused, match="not open"):
        ask(meeting, "XXX")

    opening.open_floor(meeting, by=STAFF, at=OPENS)
    ask(meeting, "XXX")
    opening.close_floor(meeting, by=STAFF, at=after(1))

    with pytest.raises(FloorRefused, match="not open"):
        ask(meeting, "YYY", is_by_sign=True)
    assert queue(meeting) == ["XXX"]


def test_while_the_queue_is_muted_those_who_asked_keep_their_place_and_a_sign_is_still_entered():
    meeting = make_open_room()
    ask(meeting, "XXX", 1)
    opening.mute(meeting, by=STAFF, at=after(2))

    with pytest.raises(FloorRefused, match="No more requests"):
        ask(meeting, "YYY", 3)
    ask(meeting, "ZZZ", 4, by=STAFF, is_by_sign=True)
    opening.unmute(meeting, by=STAFF, at=after(5))
    ask(meeting, "YYY", 6)

    assert queue(meeting) == ["XXX", "ZZZ", "YYY"]


def test_the_floor_is_opened_and_muted_once_and_closed_when_it_is_open():
    meeting = make_open_room()
    with pytest.raises(FloorRefused, match="open already"):
        opening.open_floor(meeting, by=STAFF, at=OPENS)
    opening.mute(meeting, by=STAFF, at=OPENS)
    opening.mute(meeting, by=STAFF, at=OPENS)
    assert Entry.objects.filter(act="asking muted").count() == 1

    opening.close_floor(meeting, by=STAFF, at=OPENS)

    for act in (opening.mute, opening.unmute, opening.close_floor):
        with pytest.raises(FloorRefused, match="not open"):
            act(meeting, by=STAFF, at=OPENS)


def test_a_request_is_withdrawn_and_may_be_made_again_at_the_end():
    meeting = make_open_room()
    ask(meeting, "XXX", 1)
    ask(meeting, "YYY", 2)

    asking.withdraw(meeting, make_delegation("XXX"), by=MISSION, at=after(3))
    assert asking.withdraw(meeting, make_delegation("XXX"), by=MISSION, at=after(3)) is None
    assert queue(meeting) == ["YYY"]

    ask(meeting, "XXX", 4)
    assert queue(meeting) == ["YYY", "XXX"]
    assert acts(meeting).count("request withdrawn") == 1


def test_who_has_been_called_withdraws_no_more_but_speaks_to_the_officer():
    meeting = make_open_room("AAA")
    turn = ask(meeting, "XXX")
    press(meeting, calling.call, identity=turn.identity)

    with pytest.raises(FloorRefused, match="conference officer"):
        asking.withdraw(meeting, turn.delegation, by=MISSION, at=after(5))


def test_a_delegation_without_a_place_is_refused_and_civil_society_comes_by_sign_alone():
    meeting = make_open_room()
    gone = make_delegation("GON", to_on=date(2015, 1, 1))
    with pytest.raises(FloorRefused, match="no place"):
        asking.ask(meeting, gone, by=MISSION, at=OPENS)

    category = DelegationPlace.Category.CIVIL_SOCIETY
    organization = make_delegation("CS-1", band="civil_society", category=category)
    with pytest.raises(FloorRefused, match="raise your sign"):
        asking.ask(meeting, organization, by=MISSION, at=OPENS)
    asking.ask(meeting, organization, by=STAFF, at=OPENS, is_by_sign=True)

    assert queue(meeting) == ["CS-1"]


def test_the_moderator_takes_one_between_entries_of_the_list_and_puts_it_back():
    meeting = make_open_room("AAA", "BBB")
    ask(meeting, "XXX", 1)
    second, third = ask(meeting, "YYY", 2), ask(meeting, "ZZZ", 3)
    press(meeting, calling.call, after(4))
    press(meeting, calling.begin, after(5))

    asking.take_next(meeting, second.identity, by=STAFF, at=after(6))
    asking.take_next(meeting, third.identity, by=STAFF, at=after(7))
    asking.take_next(meeting, second.identity, by=STAFF, at=after(8))
    assert waiting(meeting) == ["YYY", "ZZZ", "BBB", "XXX"]

    asking.put_back(meeting, third.identity, by=STAFF, at=after(9))
    asking.put_back(meeting, third.identity, by=STAFF, at=after(9))
    assert waiting(meeting) == ["YYY", "BBB", "XXX", "ZZZ"]

    press(meeting, calling.advance, after(60))
    assert current(meeting).of.code == "YYY"
    assert Entry.objects.get(act="called", subject=f"turn/{second.identity}").at == after(60)


def test_only_a_request_that_waits_is_taken_next():
    meeting = make_open_room()
    turn = ask(meeting, "XXX")
    asking.withdraw(meeting, turn.delegation, by=MISSION, at=OPENS)
    listed = standings.read(meeting).listed[0].turn

    for identity in (turn.identity, listed.identity, "no-one"):
        for act in (asking.take_next, asking.put_back):
            with pytest.raises(FloorRefused, match="no longer waits"):
                act(meeting, identity, by=STAFF, at=OPENS)


def test_a_request_has_the_limit_of_the_open_floor():
    meeting = make_open_room("AAA")
    turn = ask(meeting, "XXX")
    Room.objects.update(open_floor_limit=after(90) - OPENS)

    press(meeting, calling.call, identity=turn.identity)
    press(meeting, calling.begin)

    assert current(meeting).limit == after(90) - OPENS


def test_a_statement_from_the_open_floor_is_undone_and_waits_in_its_old_place():
    meeting = make_open_room("AAA")
    first = ask(meeting, "XXX", 1)
    ask(meeting, "YYY", 2)
    speak(meeting, 10, 20)
    speak(meeting, 30, 40)
    assert state_of(meeting, "XXX") == Turn.State.DELIVERED

    press(meeting, undoing.undo, after(50))

    assert queue(meeting) == ["XXX", "YYY"]
    assert Turn.objects.get(pk=first.pk).began_at is None


def test_what_a_delegation_asked_for_since_ends_when_its_last_statement_is_undone():
    meeting = make_open_room("AAA")
    first = ask(meeting, "XXX", 1)
    speak(meeting, 10, 20)
    speak(meeting, 30, 40)
    again = ask(meeting, "XXX", 45)

    press(meeting, undoing.undo, after(50))

    assert [each.turn.pk for each in standings.read(meeting).queue] == [first.pk]
    assert Turn.objects.get(pk=again.pk).state == Turn.State.WITHDRAWN


def test_an_absent_one_is_not_heard_and_may_ask_again():
    meeting = make_open_room("AAA")
    turn = ask(meeting, "XXX", 1)
    press(meeting, calling.call, identity=turn.identity)
    press(meeting, absence.note_absence, after(5))

    ask(meeting, "XXX", 9)

    assert state_of(meeting, "XXX") == Turn.State.NOT_DELIVERED
    assert queue(meeting) == ["XXX"]


def test_the_officer_removes_a_request_which_then_is_not_in_the_record():
    meeting = make_open_room()
    turn = ask(meeting, "XXX")

    inserting.remove(meeting, turn.identity, by=STAFF, at=after(3))

    assert queue(meeting) == []
    assert standings.read(meeting).find(turn.identity) is None


def test_points_of_order_and_the_right_of_reply_stay_apart():
    meeting = make_open_room("AAA")
    switching.switch(meeting, allows_points_of_order=True, allows_replies=True, by=STAFF, at=OPENS)
    replying.ask_to_reply(meeting, make_delegation("RRR"), by=STAFF, at=after(1))
    ask(meeting, "XXX", 2)
    press(meeting, calling.call, after(3))
    press(meeting, calling.begin, after(3))

    press(meeting, pausing.pause, after(4), ground=Interruption.Ground.POINT_OF_ORDER, raised_by=make_delegation("XXX"))

    assert waiting(meeting) == ["XXX", "RRR"]


def test_who_is_not_heard_when_the_meeting_is_concluded_waits_again_if_that_is_undone():
    meeting = make_open_room("AAA")
    ask(meeting, "XXX")
    conclude(meeting, after(5))
    assert state_of(meeting, "XXX") == Turn.State.NOT_REACHED
    with pytest.raises(FloorRefused, match="concluded"):
        ask(meeting, "YYY")

    suspending.take_back_conclusion(meeting, by=STAFF, at=after(6))

    assert queue(meeting) == ["XXX"]


def test_an_entry_of_the_list_is_nearer_by_one_when_a_request_is_put_back():
    meeting = make_room("AAA")
    opening.open_floor(meeting, by=STAFF, at=OPENS)
    make_inscription(meeting, make_delegation("BBB"))
    turn = ask(meeting, "XXX")
    asking.take_next(meeting, turn.identity, by=STAFF, at=after(1))
    assert waiting(meeting).index("BBB") == 2

    asking.put_back(meeting, turn.identity, by=STAFF, at=after(2))

    assert waiting(meeting).index("BBB") == 1


def asks(meeting, code):
    return lambda: ask(meeting, code)


@pytest.mark.django_db(transaction=True)
def test_of_two_telephones_of_a_delegation_that_ask_at_one_instant_one_request_stands():
    meeting = make_open_room()
    make_delegation("XXX")

    ends = together(*[asks(meeting, "XXX")] * 4)

    assert ends == ["done"] * 4
    assert queue(meeting) == ["XXX"]
    assert acts(meeting) == ["asked"]


@pytest.mark.django_db(transaction=True)
def test_without_looking_at_the_standing_request_the_database_refuses_all_but_one(monkeypatch):
    """The negative control: with the look under the lock off, all but one of the telephones meet an error."""
    meeting = make_open_room()
    make_delegation("XXX")
    monkeypatch.setattr(asking, "request_of", lambda meeting, delegation: None)

    ends = together(*[asks(meeting, "XXX")] * 4)

    assert sorted(map(type, ends), key=str) == [IntegrityError] * 3 + [str]
    assert queue(meeting) == ["XXX"]


def test_a_second_telephone_that_held_the_lock_of_another_list_finds_the_request_of_the_first(monkeypatch):
    """While the room changes lists, two presses wait for two locks: this one looked before the other was stored."""
    meeting = make_open_room()
    first, look = ask(meeting, "XXX"), asking.request_of

    def look_too_early(meeting, delegation):
        monkeypatch.setattr(asking, "request_of", look)

    monkeypatch.setattr(asking, "request_of", look_too_early)

    assert ask(meeting, "XXX", 1) == first
    assert (queue(meeting), acts(meeting)) == (["XXX"], ["asked"])


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_call_different_requests_at_one_instant_one_does():
    meeting = make_open_room("AAA")
    first, second = ask(meeting, "XXX", 1), ask(meeting, "YYY", 2)

    def call(turn):
        return lambda: calling.call(meeting, expected_current="", identity=turn.identity, by=STAFF, at=OPENS)

    ends = together(call(first), call(second))

    assert ends.count("done") == 1
    assert sum(isinstance(end, FloorRefused) for end in ends) == 1
    assert len(queue(meeting)) == 1
