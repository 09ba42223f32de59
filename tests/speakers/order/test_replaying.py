"""The list rebuilt from the journal alone.  R-58"""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from journal.models import Payload
from speakers import records
from speakers.entries import changing, withdrawing
from speakers.models import Inscription
from speakers.moves import pinning, swapping
from speakers.order import replaying
from tests.factories import (
    OPEN,
    STAFF,
    change_order,
    make_delegation,
    make_inscription,
    make_level,
    make_meeting,
    order_of,
)

pytestmark = pytest.mark.django_db
NOW = {"by": STAFF, "at": OPEN}


@pytest.fixture
def meeting():
    """A list with a bit of every act."""
    meeting = make_meeting()
    for code in ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"]:
        make_inscription(meeting, make_delegation(code))
    make_inscription(meeting, make_delegation("PSE", band="observer_states"), "HOS")
    entries = {
        entry.delegation.code: entry for entry in meeting.speakers_list.inscriptions.select_related("delegation")
    }
    changing.change_level(entries["AAA"], level=make_level("HOS"), title="President", **NOW)
    swap = swapping.accept(swapping.propose(entries["DDD"], partner=entries["FFF"], **NOW), **NOW)
    swapping.approve(swap, reason="", **NOW)
    pinning.pin(entries["EEE"], before=entries["BBB"], reason="Travel", **NOW)
    withdrawing.withdraw(entries["CCC"], **NOW)
    return meeting


def replay(**options):
    out = StringIO()
    call_command("replay_journal", stdout=out, **options)
    return out.getvalue()


def test_the_journal_alone_gives_the_same_order(meeting):
    told = [place.inscription.delegation.code for place in replaying.replay(meeting.speakers_list)]

    assert told == order_of(meeting) == ["AAA", "EEE", "BBB", "FFF", "DDD", "PSE"]
    assert replaying.differences(meeting.speakers_list) == []
    assert "dialogue: the list follows from the journal alone." in replay(meeting="dialogue")


def test_an_order_changed_later_is_replayed_too(meeting):
    change_order(meeting.speakers_list, policy="receipt_only", level_before_band=False, reason="Simpler", **NOW)
    meeting.refresh_from_db()

    assert [place.inscription.delegation.code for place in replaying.replay(meeting.speakers_list)] == order_of(meeting)
    assert replaying.differences(meeting.speakers_list) == []


def test_any_change_that_bypassed_the_journal_is_found(meeting):
    Inscription.objects.filter(delegation__code="BBB").update(class_seq=40, speaker_name="Somebody else")

    with pytest.raises(CommandError) as problem:
        replay()

    assert "dialogue: Receipt 2: class_seq is 40 on the list and 2 in the journal." in str(problem.value)
    assert "Receipt 2: speaker_name is Somebody else on the list" in str(problem.value)
    assert "The order is" in str(problem.value)


def test_what_the_journal_lost_to_erasure_is_reported(meeting):
    Payload.objects.filter(entry__act="pinned").delete()

    with pytest.raises(CommandError, match="was erased, so the list cannot be rebuilt"):
        replay()


def test_a_list_without_entries_follows_too():
    make_meeting("empty")

    assert "empty: the list follows from the journal alone." in replay()


def test_an_entry_journalled_before_version_0_9_is_replayed_with_the_place_of_its_delegation(monkeypatch):
    meeting = make_meeting("earlier")
    with monkeypatch.context() as version_0_8:
        version_0_8.setattr(records, "KEPT", [name for name in records.KEPT if name not in records.SINCE_0_9])
        make_inscription(meeting, make_delegation("PSE", band="observer_states"))
        make_inscription(meeting, make_delegation("AAA"))
        make_inscription(meeting, make_delegation("BBB"), "HOS")

    told = [place.inscription.delegation.code for place in replaying.replay(meeting.speakers_list)]

    assert told == order_of(meeting) == ["BBB", "AAA", "PSE"]
    assert replaying.differences(meeting.speakers_list) == []
