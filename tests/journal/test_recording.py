"""The chain of the journal.  R-57 R-58"""

import threading
import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy

from journal import chain, protection, recording
from journal.actors import STAFF, SYSTEM, Actor
from journal.models import Entry, Head, Payload
from journal.recording import record

AT = datetime(2016, 8, 30, 14, 0, 0, 123456, tzinfo=UTC)
OFFICER = Actor("An officer", STAFF)


def add(number=1, stream="meeting/one"):
    """Record `number` entries in `stream` and return the last."""
    for count in range(number):
        entry = record(
            "inscribed", stream=stream, subject=f"inscription/{count}", by=OFFICER, at=AT, after={"name": f"{count}"}
        )
    return entry


@pytest.mark.django_db
def test_entries_are_numbered_and_each_holds_the_hash_of_the_one_before():
    first, second = add(), add()

    assert (first.sequence, first.previous_hash) == (1, "")
    assert (second.sequence, second.previous_hash) == (2, first.hash)
    assert len(second.hash) == 64
    assert Head.objects.values_list("stream", "sequence", "hash").get() == ("meeting/one", 2, second.hash)


@pytest.mark.django_db
def test_streams_do_not_share_a_chain():
    add(2, stream="meeting/one")

    entry = add(stream="secretariat")

    assert entry.sequence == 1
    assert chain.streams() == ["meeting/one", "secretariat"]


@pytest.mark.django_db
def test_all_kinds_of_values_are_recorded_and_the_chain_stays_whole():
    values = {
        "moment": AT,
        "day": date(2016, 9, 6),
        "id": uuid.UUID(int=7),
        "limit": timedelta(minutes=3),
        "share": Decimal("1.40"),
        "factor": 1e20,
        "number": 10**30,
        "yes": True,
        "none": None,
        "words": gettext_lazy("standing"),
        "bad": "a\0b\ud800c",
        "many": ["é", ("中", {"ع": 1})],
        "set": {"b", "a"},
        7: "a key that is no text",
    }

    record("changed", stream="s", subject="x", by=SYSTEM, at=AT, before=values, after=[values], reason="ra\0ison")

    payload = Payload.objects.get()
    assert payload.before["moment"] == "2016-08-30T14:00:00.123456+00:00"
    assert payload.before["limit"] == "180.0 s"
    assert payload.before["set"] == ["a", "b"]
    assert payload.before["bad"] == "a\ufffdb?c"
    assert payload.before["number"] == 10**30
    assert chain.problems("s") == []


@pytest.mark.django_db(transaction=True)
def test_an_act_is_recorded_inside_a_transaction_only():
    with pytest.raises(transaction.TransactionManagementError):
        add()

    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_leaves_no_entry():
    with transaction.atomic():
        add()
        transaction.set_rollback(True)

    assert (Entry.objects.count(), Payload.objects.count(), Head.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "tamper",
    [
        lambda: Entry.objects.update(act="withdrawn"),
        lambda: Entry.objects.filter(sequence=1).update(hash="0" * 64),
        lambda: Entry.objects.filter(sequence=2)._raw_delete("default"),  # noqa: SLF001  past Django's own cascade
        lambda: Payload.objects.update(reason="another"),
        lambda: Payload.objects.update(salt="0" * 64),
        lambda: Head.objects.update(sequence=1),
        lambda: Head.objects.update(stream="meeting/two"),
        lambda: Head.objects.all().delete(),
    ],
)
def test_the_database_itself_refuses_to_change_what_was_recorded(tamper):
    add(2)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        tamper()

    assert chain.problems("meeting/one") == []


@pytest.mark.django_db
def test_an_erased_payload_leaves_the_chain_whole():
    add(3)

    Payload.objects.filter(entry__sequence=2).delete()

    assert Payload.objects.count() == 2
    assert chain.problems("meeting/one") == []


@pytest.mark.django_db
def test_the_digest_of_one_content_differs_between_entries_so_that_it_cannot_be_guessed():
    first, second = (
        record("called", stream="s", subject="x", by=OFFICER, at=AT, after={"name": "same"}) for _ in range(2)
    )

    assert first.payload_digest != second.payload_digest


@pytest.mark.django_db
def test_a_witness_lies_on_its_own_chain_only():
    witness = add(2).hash
    add(stream="meeting/two")

    assert chain.holds("meeting/one", witness.upper() + "\n")
    assert not chain.holds("meeting/two", witness)


def run_in_threads(act, number):
    """Run `act` in so many threads at the same time. Returns the errors they raised."""
    barrier = threading.Barrier(number)
    errors = []

    def run():
        try:
            act(barrier)
        except IntegrityError as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return errors


@pytest.mark.django_db(transaction=True)
def test_acts_of_one_stream_at_the_same_time_become_entries_of_one_chain():
    def act(barrier):
        barrier.wait(10)
        for _ in range(5):
            with transaction.atomic():
                add()

    errors = run_in_threads(act, 4)

    assert errors == []
    assert Entry.objects.count() == 20
    assert chain.problems("meeting/one") == []


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_of_the_head_one_of_two_acts_would_fail(monkeypatch):
    """The negative control of the test above: both read the head before either writes."""
    with transaction.atomic():
        add()
    seen = threading.local()
    monkeypatch.setattr(recording, "locked_head", lambda stream: seen.head)

    def act(barrier):
        seen.head = Head.objects.get(stream="meeting/one")
        barrier.wait(10)
        with transaction.atomic():
            add()

    errors = run_in_threads(act, 2)

    assert len(errors) == 1
    assert Entry.objects.count() == 2


@pytest.mark.django_db
def test_all_triggers_are_there_and_a_missing_one_is_noticed():
    assert protection.missing(connection) == []

    protection.unprotect(connection)

    assert protection.missing(connection) == sorted(protection.REFUSED)


@pytest.mark.django_db
def test_what_an_entry_says_of_persons_is_called_by_its_entry():
    entry = add()

    assert str(entry.payload) == str(entry.pk)
