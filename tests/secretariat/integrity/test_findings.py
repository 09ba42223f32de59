"""`manage.py verify`: one sentence for each finding, at one moment, before and after the erasure.  R-57 R-77"""

import threading
from contextlib import nullcontext
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

import clock
from journal import chain, protection
from journal.models import Entry, Head, Payload
from journal.recording import record
from secretariat import erasing
from secretariat.integrity import findings as module
from secretariat.integrity.findings import findings
from speakers.models import Inscription
from tests.factories import OPEN, STAFF, make_inscription, make_meeting
from tests.secretariat.integrity import scene as scenes


@pytest.fixture
def scene(db, tmp_path):
    return scenes.enact(tmp_path)


def verify(*files, at=OPEN, **options):
    said = StringIO()
    with clock.stopped(at):
        call_command("verify", *map(str, files), stdout=said, **options)
    return said.getvalue()


def failure(*files, **options):
    with pytest.raises(CommandError) as error:
        verify(*files, **options)
    return str(error.value).splitlines()


def test_if_all_is_whole_it_says_so(scene):
    assert verify(scene.revision, *scene.files, witness=scene.witnesses) == "All is whole.\n"


def test_each_finding_is_a_sentence_with_its_list_or_its_chain(scene):
    Inscription.objects.filter(speakers_list=scene.panel, receipt_no=2).update(witness="0" * 64)
    Payload.objects.filter(entry__stream="meeting/drawn").delete()

    assert failure() == [
        "meeting/drawn: the content of these entries was deleted before its time: 1–13.",
        "dialogue/panel: The witness of receipt 2 is not the hash of its act.",
    ]


def test_a_witness_that_lies_on_no_chain_is_named(scene):
    assert failure(witness=["0" * 64, "12"]) == [
        f"{'0' * 64}: The witness lies on none of the chains that were checked.",
        "12: A witness has 64 digits from 0 to 9 and a to f; “12” does not.",
    ]


def test_a_file_that_is_nothing_of_ours_is_named(scene, tmp_path):
    strange = tmp_path / "strange.json"
    strange.write_text("{}")

    found = failure(strange, tmp_path / "none.json", *scene.files)

    assert [words.partition(" ")[0] for words in found] == ["strange.json", str(tmp_path / "none.json")]


def test_a_revision_that_was_kept_is_found_by_its_hash(scene):
    scene.revision.write_text(scene.revision.read_text().replace("Aaa", "Another"))

    assert failure(scene.revision) == ["revision.json: no revision in the database has its hash."]


def test_a_chain_of_no_meeting_and_a_missing_trigger_are_named(db):
    with transaction.atomic():
        record("tested", stream="meeting/none", subject="x", by=STAFF, at=OPEN)
    protection.unprotect(connection)

    found = failure()

    protection.protect(connection)
    assert found == [
        *(f"The database lacks the trigger {name}." for name in sorted(protection.REFUSED)),
        "meeting/none: this is the chain of no meeting and of no list.",
    ]


def test_after_the_erasure_all_is_whole_and_what_is_not_personal_is_still_compared(scene):
    at = scene.main.meeting.ends_at + timedelta(days=91)
    with clock.stopped(at):
        erasing.erase_what_is_due(at=at)

    assert verify(*scene.files, at=at, witness=scene.witnesses) == "All is whole.\n"

    Inscription.objects.filter(speakers_list=scene.main, receipt_no=5).delete()
    assert failure(at=at) == [
        "dialogue: Receipt number 5 was given, and no entry has it.",
        "dialogue: The moment at which the last entry was recorded is not the one that the list keeps.",
        "dialogue: The journal entered 5 entries; the list has 4.",
    ]


def test_content_that_no_rule_can_read_is_a_finding_too(scene):
    scene.drawn.draws.model.objects.filter(drawn_at=None).delete()
    protection.unprotect(connection)
    Payload.objects.filter(entry__stream=scene.main.journal_stream, entry__act="inscribed").update(after=["odd"])
    protection.protect(connection)

    words = "dialogue: The list, or what the journal says of it, is not of the form in which it was stored."
    assert words in failure()


def an_act_between(monkeypatch):
    """Let another process record an act after the entries of a chain were read and before its head is."""
    original, threads = chain._problems_of_head, []  # noqa: SLF001  between two statements

    def act():
        try:
            with transaction.atomic():
                record("tested", stream="meeting/dialogue", subject="x", by=STAFF, at=OPEN)
        finally:
            connection.close()

    def read(*arguments):
        if not threads:
            threads.append(threading.Thread(target=act))
            threads[0].start()
            threads[0].join(1)
        return original(*arguments)

    monkeypatch.setattr(chain, "_problems_of_head", read)
    return threads


@pytest.mark.django_db(transaction=True)
def test_all_is_read_as_it_is_at_one_moment_while_acts_go_on(monkeypatch):
    make_inscription(make_meeting())
    threads = an_act_between(monkeypatch)

    assert findings(at=OPEN) == []

    threads[0].join()
    assert (Entry.objects.count(), Head.objects.get().sequence) == (3, 3)


@pytest.mark.django_db(transaction=True)
def test_without_one_moment_an_act_in_between_would_be_a_finding(monkeypatch):
    """The negative control of the test above."""
    monkeypatch.setattr(module, "_one_moment", nullcontext)
    make_inscription(make_meeting())
    threads = an_act_between(monkeypatch)

    found = findings(at=OPEN)

    threads[0].join()
    assert found == ["meeting/dialogue: The head of the chain says that its last entry is 3; the last one kept is 2."]
