"""An entry that was called to the floor.  R-05 R-32 R-34 R-22"""

import pytest
from django.db import IntegrityError, transaction

from acts.refusals import Refusal
from journal.models import Entry
from speakers.entries import calling, changing, withdrawing
from speakers.models import Inscription, SpeakersList
from speakers.moves import pinning
from speakers.order import precedence
from tests.factories import DEADLINE, STAFF, make_delegation, make_inscription, make_meeting, order_of

pytestmark = pytest.mark.django_db
IN_THE_ROOM = {"by": STAFF, "at": DEADLINE}


@pytest.fixture
def meeting():
    meeting = make_meeting()
    for code in ["AAA", "BBB", "CCC"]:
        make_inscription(meeting, make_delegation(code))
    return meeting


def entry_of(code):
    return Inscription.objects.get(delegation__code=code)


def act(meeting, rule, code):
    with transaction.atomic():
        return rule(
            entry_of(code), SpeakersList.objects.select_for_update(of=("self",)).get(meeting=meeting), **IN_THE_ROOM
        )


def test_a_called_entry_keeps_its_place_and_waits_no_longer(meeting):
    act(meeting, calling.call, "AAA")

    assert order_of(meeting) == ["AAA", "BBB", "CCC"]
    assert [entry.delegation.code for entry in meeting.speakers_list.inscriptions.waiting()] == ["BBB", "CCC"]
    assert Entry.objects.of_stream(meeting.journal_stream).last().act == "called"


def test_a_delegation_changes_its_entry_until_it_is_called_and_not_after(meeting):
    act(meeting, calling.call, "AAA")

    with pytest.raises(Refusal, match="conference officer"):
        changing.change_speaker(entry_of("AAA"), prefix="", name="Another", title="", **IN_THE_ROOM)
    with pytest.raises(Refusal, match="conference officer"):
        withdrawing.withdraw(entry_of("AAA"), **IN_THE_ROOM)
    with pytest.raises(Refusal, match="already been called to the floor"):
        pinning.pin(entry_of("BBB"), before=entry_of("AAA"), reason="No reason", **IN_THE_ROOM)


def test_no_entry_is_called_twice_and_only_a_call_is_undone(meeting):
    act(meeting, calling.call, "AAA")

    with pytest.raises(Refusal, match="is not waiting to be called"):
        act(meeting, calling.call, "AAA")
    with pytest.raises(Refusal, match="was not called"):
        act(meeting, calling.take_back, "BBB")


def test_undoing_a_call_restores_the_place_and_the_delegations_right_to_change(meeting):
    act(meeting, calling.call, "BBB")

    act(meeting, calling.take_back, "BBB")
    withdrawing.withdraw(entry_of("BBB"), **IN_THE_ROOM)

    assert order_of(meeting) == ["AAA", "CCC"]


def test_an_absent_entry_waits_again_at_the_end_of_its_class_and_moves_no_other(meeting):
    pinning.pin(entry_of("CCC"), before=entry_of("AAA"), reason="Agreed", **IN_THE_ROOM)
    act(meeting, calling.call, "AAA")

    act(meeting, calling.move_to_end_of_class, "AAA")

    assert order_of(meeting) == ["CCC", "BBB", "AAA"]
    assert not entry_of("AAA").is_called


def test_an_absence_is_explained_and_undoing_it_restores_the_whole_turn(meeting):
    Inscription.objects.filter(delegation__code="AAA").update(lot="0" * 64, class_by_swap=2)
    place = calling.place_of(entry_of("AAA"))
    act(meeting, calling.call, "AAA")

    act(meeting, calling.move_to_end_of_class, "AAA")
    explained = precedence.explain(entry_of("AAA"))
    with transaction.atomic():
        locked = SpeakersList.objects.select_for_update(of=("self",)).get(meeting=meeting)
        calling.call_back(entry_of("AAA"), locked, place=place, **IN_THE_ROOM)

    assert any("absent when called on" in fact for fact in explained)
    assert not any("level changed" in fact for fact in explained)
    assert calling.place_of(entry_of("AAA")) == place
    assert not any("absent" in fact for fact in precedence.explain(entry_of("AAA")))


def test_the_database_refuses_a_called_entry_that_holds_no_place(meeting):
    act(meeting, calling.call, "AAA")

    with pytest.raises(IntegrityError), transaction.atomic():
        Inscription.objects.filter(delegation__code="AAA").update(
            state="withdrawn", ended_at=DEADLINE, ended_by="officer"
        )
