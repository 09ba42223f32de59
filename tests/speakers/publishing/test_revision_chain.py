"""Checking what was published, with the database or with files alone.  R-28"""

import hashlib
import json
import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from journal import erasing
from journal import protection as protection_of_journal
from journal.canonical import canonical
from journal.models import Entry, Payload
from journal.recording import record
from speakers import protection
from speakers.models import Revision
from speakers.publishing import revisions
from tests import servers
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    """A meeting with three revisions; Kenya came before the second."""
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("RWA", "Rwanda"))
    revisions.publish(meeting.speakers_list, by=STAFF, at=OPEN + timedelta(hours=1))
    make_inscription(meeting, make_delegation("KEN", "Kenya"))
    revisions.publish(meeting.speakers_list, by=STAFF, at=OPEN + timedelta(hours=2))
    revisions.publish(meeting.speakers_list, by=STAFF, at=OPEN + timedelta(hours=3))
    return meeting


@pytest.fixture
def files(meeting, tmp_path):
    """The three revisions as files, as they are downloaded."""
    paths = []
    for revision in meeting.speakers_list.revisions.order_by("number"):
        path = tmp_path / f"dialogue-revision-{revision.number}.json"
        path.write_bytes(revision.content.encode())
        paths.append(path)
    return paths


@pytest.fixture
def unprotected():
    """The protection of the database has been bypassed."""
    for each in (protection, protection_of_journal):
        each.unprotect(connection)
    yield
    for each in (protection, protection_of_journal):
        each.protect(connection)


def verify(*files, **options):
    """The output of the command."""
    said = StringIO()
    call_command("verify_revision", *files, stdout=said, **options)
    return said.getvalue()


def failure(*files, **options):
    with pytest.raises(CommandError) as error:
        verify(*files, **options)
    return str(error.value).splitlines()


def test_the_database_holds_what_was_frozen(meeting):
    said = verify()

    assert "dialogue, revision 3, as at 2016-08-31T20:00:00.000000+00:00" in said
    assert said.splitlines()[-1] == "3 revisions, as they were frozen."


def test_a_hash_from_paper_is_found_whatever_spaces_and_capitals_it_has(meeting):
    sha256 = meeting.speakers_list.revisions.get(number=2).sha256.upper()

    said = verify(sha256=f"{sha256[:32]} \n{sha256[32:]} ")

    assert said.count("That is the hash you gave.") == 1


def test_a_hash_of_nothing_published_fails(meeting):
    assert failure(sha256="0" * 64) == ["None of these revisions has that hash."]
    assert failure(sha256="12") == ["A hash has 64 hexadecimal digits (0–9, a–f); “12” does not."]


def test_a_receipt_is_found_with_its_place(meeting, files):
    assert "Receipt 2: Kenya, at place 2." in verify(files[2], receipt=2)
    assert "Receipt 2 is not on it." in verify(files[0], receipt=2)


def test_a_changed_text_is_found(meeting, unprotected):
    second = meeting.speakers_list.revisions.get(number=2)
    Revision.objects.filter(pk=second.pk).update(content=second.content.replace("Kenya", "Ghana"))

    assert failure(meeting="dialogue")[0] == "dialogue: Revision 2 was changed after it was frozen."


def test_a_changed_text_with_a_fresh_hash_is_found_by_the_next_and_by_the_journal(meeting, unprotected):
    second = meeting.speakers_list.revisions.get(number=2)
    text = second.content.replace("Kenya", "Ghana")
    fresh = hashlib.sha256(text.encode()).hexdigest()
    Revision.objects.filter(pk=second.pk).update(content=text, sha256=fresh)

    assert failure()[:2] == [
        "dialogue: Revision 3 does not follow the one before it.",
        "dialogue: The journal recorded another hash of revision 2.",
    ]


def test_a_revision_taken_away_is_found_even_the_last(meeting, unprotected):
    meeting.speakers_list.revisions.filter(number=3)._raw_delete("default")  # noqa: SLF001  past Django's own cascade
    assert failure()[0] == "dialogue: The journal says that revision 3 was frozen: it is missing."

    meeting.speakers_list.revisions.filter(number=1)._raw_delete("default")  # noqa: SLF001  past Django's own cascade
    assert failure()[:2] == [
        "dialogue: Revision 1 is missing.",
        "dialogue: Revision 2 does not follow the one before it.",
    ]


def test_a_revision_forged_without_its_act_is_found(meeting, unprotected):
    third = meeting.speakers_list.revisions.get(number=3)
    content = third.document | {"number": 4, "previous_sha256": third.sha256}
    text = canonical(content)
    forged = {"number": 4, "content": text.decode(), "sha256": hashlib.sha256(text).hexdigest()}
    facts = {"kind": third.kind, "as_at": third.as_at, "previous_sha256": third.sha256}
    Revision.objects.create(speakers_list=meeting.speakers_list, **forged, **facts)

    assert failure()[0] == "dialogue: Revision 4 was frozen by no act of the journal."


def test_a_revision_rewritten_after_its_payload_was_erased_is_found_by_the_subject_of_its_act(meeting, unprotected):
    erasing.erase(Payload.objects.filter(entry__stream=meeting.journal_stream))
    third = meeting.speakers_list.revisions.get(number=3)
    text = third.content.replace("Kenya", "Ghana")
    Revision.objects.filter(pk=third.pk).update(content=text, sha256=hashlib.sha256(text.encode()).hexdigest())

    assert failure()[0] == "dialogue: The journal recorded another hash of revision 3."


def test_a_revision_frozen_before_version_0_9_is_held_to_the_payload_of_its_act(meeting, monkeypatch, unprotected):
    entry = Entry.objects.get(stream=meeting.journal_stream, subject__startswith="revision/3/")
    Entry.objects.filter(pk=entry.pk).update(subject="revision/3")
    assert not any("hash" in words for words in failure())

    Payload.objects.filter(entry=entry).update(after={"sha256": "0" * 64})

    assert failure()[0] == "dialogue: The journal recorded another hash of revision 3."


def test_an_act_that_froze_a_revision_without_a_number_is_an_act_without_a_revision(meeting):
    with transaction.atomic():
        record("frozen", stream=meeting.journal_stream, subject="revision/x", by=STAFF, at=OPEN)

    assert failure() == ["dialogue: The journal says that revision revision/x was frozen: it is missing."]


def test_revisions_of_two_lists_of_a_meeting_are_two_chains(meeting, files, tmp_path):
    document = json.loads(files[0].read_text()) | {"list": "panel"}
    other = tmp_path / "panel.json"
    other.write_bytes(canonical(document))

    assert "dialogue/panel, revision 1" in verify(files[0], other)


def test_columns_that_say_other_than_the_text_are_found(meeting, unprotected):
    meeting.speakers_list.revisions.filter(number=1).update(as_at=OPEN)

    assert failure()[0] == "dialogue: The columns beside revision 1 do not match its text."


def test_a_missing_trigger_is_found(meeting, unprotected):
    assert failure() == [f"The database lacks the trigger {name}." for name in sorted(protection.ALL.refused)]


def test_a_meeting_that_never_was_fails(meeting):
    assert failure(meeting="none") == ["There is no meeting none."]


def test_several_files_are_followed_as_a_chain_in_any_order(files):
    said = verify(files[2], files[0], files[1])

    assert said.splitlines()[-1] == "3 revisions, as they were frozen."
    assert "cannot be followed" not in said


def test_a_gap_between_files_is_reported_and_is_not_a_failure(files):
    assert "dialogue: between revisions 1 and 3 the chain cannot be followed." in verify(files[0], files[2])


def test_a_changed_file_breaks_the_chain_to_the_next(files):
    files[1].write_text(files[1].read_text().replace("Kenya", "Ghana"))

    assert failure(*files) == ["dialogue-revision-3.json: revision 3 does not follow this revision 2."]


def test_a_changed_file_alone_does_not_have_the_hash_that_a_reader_kept(meeting, files):
    kept = meeting.speakers_list.revisions.get(number=2).sha256
    assert "That is the hash you gave." in verify(files[1], sha256=kept)

    files[1].write_text(files[1].read_text().replace("Kenya", "Ghana"))

    assert failure(files[1], sha256=kept) == ["None of these revisions has that hash."]


def test_two_files_of_one_number_that_differ_are_found(files, tmp_path):
    other = tmp_path / "other.json"
    other.write_text(files[1].read_text().replace("Kenya", "Ghana"))

    assert any("two different revisions 2" in words for words in failure(files[1], other))


def test_a_file_that_an_editor_reformatted_still_says_the_same(meeting, files):
    files[1].write_text(json.dumps(json.loads(files[1].read_text()), indent=2))

    said = verify(files[1], sha256=meeting.speakers_list.revisions.get(number=2).sha256)

    assert "formatted differently" in said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        "{}",
        '{"meeting": 1}',
        "[" * 100_000,
        '{"number": 1, "number": 2}',
        '{"meeting": "a", "number": 1, "as_at": "", "previous_sha256": "", "speakers": [{}]}',
        '{"meeting": "\\ud800", "number": 1, "as_at": "", "previous_sha256": "", "speakers": []}',
    ],
)
def test_a_file_that_is_not_a_revision_is_refused_in_words(tmp_path, text):
    path = tmp_path / "strange.json"
    path.write_text(text)

    assert [words.startswith("strange.json is not a published revision: ") for words in failure(path)] == [True]


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert "cannot be read" in failure(tmp_path / "none.json")[0]


def test_files_are_verified_without_a_database(files, tmp_path):
    environment = os.environ | servers.EMBEDDED
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(tmp_path / "nothing")}

    done = subprocess.run(
        [sys.executable, "manage.py", "verify_revision", *map(str, files)],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "3 revisions, as they were frozen."
    assert not (tmp_path / "nothing" / "database.sqlite3").exists()


def test_a_stored_text_that_is_no_revision_is_found_and_the_next_is_looked_at(meeting, unprotected):
    meeting.speakers_list.revisions.filter(number=2).update(content="{}")

    found = failure()

    assert found[0].startswith("dialogue: dialogue/2 is not a published revision")
    assert "dialogue: The journal says that revision 2 was frozen: it is missing." in found


def test_a_file_of_another_form_is_no_revision(files):
    document = json.loads(files[0].read_text())
    files[0].write_text(json.dumps(document | {"number": "1"}))

    [found] = failure(files[0])

    assert found.endswith("is not a published revision: it has a different structure")


def test_a_hash_whose_payload_was_erased_is_no_objection(meeting):
    erasing.erase(Payload.objects.filter(entry__stream=meeting.journal_stream))

    assert verify().splitlines()[-1] == "3 revisions, as they were frozen."
