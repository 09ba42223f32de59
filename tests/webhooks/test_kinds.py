"""Of every act of the journal it is decided whether other systems are told."""

from journal import act_words
from journal.models import Entry
from webhooks.kinds import NEVER_TOLD, NOT_TOLD, TOLD, Kind, kind_of


def test_every_act_is_told_as_a_kind_or_named_as_not_told():
    """A new act goes into one of the two tables."""
    told = {act for acts in TOLD.values() for act in acts}
    never = {act for kind in NEVER_TOLD for act in act_words.kinds()[kind][1]}

    assert set(act_words.told()) == told | NOT_TOLD | never
    assert not told & never


def test_every_kind_is_of_some_act():
    assert {kind for acts in TOLD.values() for kind in acts.values()} == set(Kind)


def test_a_call_is_told_once_though_it_is_recorded_of_the_entry_and_of_the_turn():
    assert kind_of(Entry(act="called", subject="turn/1")) == Kind.CALLED
    assert kind_of(Entry(act="called", subject="inscription/1")) is None
    assert kind_of(Entry(act="approved", subject="representative/1")) is None
