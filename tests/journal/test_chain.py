"""What verification finds after a person with power over the database changed it.  R-58"""

from datetime import UTC, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from journal import chain, protection
from journal.canonical import entry_hash
from journal.models import Entry, Head, Payload
from tests.journal.test_recording import AT, add

STREAM = "meeting/one"


@pytest.fixture
def unprotected(db):
    """A chain of four entries in a database whose triggers were removed."""
    add(4)
    protection.unprotect(connection)
    yield
    protection.protect(connection)


def verify(**options):
    out = StringIO()
    call_command("verify_journal", stdout=out, **options)
    return out.getvalue()


@pytest.mark.usefixtures("unprotected")
@pytest.mark.parametrize(
    "change",
    [
        {"act": "withdrawn"},
        {"subject": "inscription/9"},
        {"actor_role": "system"},
        {"at": AT + timedelta(microseconds=1)},
        {"payload_digest": "0" * 64},
    ],
)
def test_a_changed_entry_is_found(change):
    Entry.objects.filter(sequence=2).update(**change)

    assert "Entry 2 was changed after it was recorded." in chain.problems(STREAM)


@pytest.mark.usefixtures("unprotected")
def test_a_missing_entry_is_found():
    Payload.objects.filter(entry__sequence=2).delete()
    Entry.objects.filter(sequence=2).delete()

    assert chain.problems(STREAM) == ["Entry 3 follows entry 1: entries are missing or out of order."]


@pytest.mark.usefixtures("unprotected")
def test_a_missing_first_entry_is_found():
    Payload.objects.filter(entry__sequence=1).delete()
    Entry.objects.filter(sequence=1).delete()

    assert chain.problems(STREAM) == ["Entry 2 follows entry 0: entries are missing or out of order."]


@pytest.mark.usefixtures("unprotected")
def test_a_chain_cut_at_its_end_is_found():
    Payload.objects.filter(entry__sequence=4).delete()
    Entry.objects.filter(sequence=4).delete()

    assert chain.problems(STREAM) == ["The head of the chain says that its last entry is 4; the last one kept is 3."]


@pytest.mark.usefixtures("unprotected")
def test_a_chain_cut_together_with_its_head_is_found_by_a_witness():
    last, before = Entry.objects.get(sequence=4), Entry.objects.get(sequence=3)
    Payload.objects.filter(entry=last).delete()
    last.delete()
    Head.objects.update(sequence=3, hash=before.hash)

    assert chain.problems(STREAM) == []
    assert not chain.holds(STREAM, last.hash)


@pytest.mark.usefixtures("unprotected")
def test_reordered_entries_are_found():
    Entry.objects.filter(sequence=2).update(sequence=99)
    Entry.objects.filter(sequence=3).update(sequence=2)
    Entry.objects.filter(sequence=99).update(sequence=3)

    assert set(chain.problems(STREAM)) >= {
        "Entry 2 does not continue the entry before it.",
        "Entry 2 was changed after it was recorded.",
        "Entry 3 was changed after it was recorded.",
    }


@pytest.mark.usefixtures("unprotected")
@pytest.mark.parametrize("change", [{"after": {"name": "x"}}, {"actor_name": "x"}, {"reason": "x"}, {"salt": "nothex"}])
def test_a_changed_payload_is_found(change):
    Payload.objects.filter(entry__sequence=3).update(**change)

    assert chain.problems(STREAM) == ["The payload of entry 3 is not the one recorded."]


@pytest.mark.usefixtures("unprotected")
def test_a_changed_and_freshly_hashed_entry_is_found_by_the_entry_after_it():
    entry = Entry.objects.get(sequence=2)
    entry.act = "withdrawn"
    entry.hash = entry_hash(entry)
    entry.save()

    assert chain.problems(STREAM) == ["Entry 3 does not continue the entry before it."]


@pytest.mark.usefixtures("unprotected")
def test_a_missing_head_is_found():
    Head.objects.all().delete()

    assert chain.problems(STREAM) == ["The head of the chain is missing."]


@pytest.mark.django_db
def test_a_stream_that_never_was_has_no_problems():
    assert chain.problems("meeting/none") == []


@pytest.mark.django_db
def test_a_long_chain_is_read_in_portions(django_assert_num_queries):
    add(chain.ROWS_AT_A_TIME + 3)

    with django_assert_num_queries(2):
        assert chain.problems(STREAM) == []


@pytest.mark.django_db
def test_the_command_says_that_all_chains_are_whole_and_that_a_witness_lies_on_one():
    witness = add(2).hash
    add(stream="secretariat")

    said = verify(witness=f" {witness[:30].upper()}\n{witness[30:]} ")

    assert said.splitlines()[:3] == [
        "meeting/one: the chain is intact.",
        "secretariat: the chain is intact.",
        "The witness lies on the chain.",
    ]


@pytest.mark.django_db
def test_the_holder_of_a_witness_learns_its_act_and_how_many_entries_follow():
    witness = add(2)
    add(3)

    said = verify(witness=witness.hash).splitlines()[-2:]

    subject, at = witness.subject, witness.at.astimezone(UTC).isoformat(timespec="microseconds")
    assert said == [
        f"It is entry 2 of meeting/one: {witness.act}, {subject}, at {at}.",
        "3 entries follow it.",
    ]


@pytest.mark.django_db
def test_a_text_that_cannot_be_a_witness_gets_a_message_of_its_own():
    add()

    with pytest.raises(CommandError, match="A witness has 64 digits"):
        verify(witness="12 34")


@pytest.mark.django_db
def test_a_witness_of_another_chain_than_the_one_asked_for_is_not_found_there():
    witness = add().hash
    add(stream="secretariat")

    with pytest.raises(CommandError, match="lies on none of the chains that were checked"):
        verify(stream="secretariat", witness=witness)


@pytest.mark.django_db
def test_the_command_fails_if_the_witness_lies_on_no_chain():
    add()

    with pytest.raises(CommandError, match="The witness lies on none of the chains"):
        verify(stream=STREAM, witness="0" * 64)


@pytest.mark.usefixtures("unprotected")
def test_the_command_fails_and_names_each_problem_and_each_missing_trigger():
    Entry.objects.filter(sequence=2).update(act="withdrawn")

    with pytest.raises(CommandError) as failure:
        verify()

    assert str(failure.value).splitlines() == [
        "meeting/one: Entry 2 was changed after it was recorded.",
        *(f"The database lacks the trigger {name}." for name in sorted(protection.REFUSED)),
    ]
