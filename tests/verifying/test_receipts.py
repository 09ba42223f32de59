"""A receipt as a file: who may save it, what it holds, and what the command says of it.  R-08 R-57 R-59 R-77"""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

import clock
from journal import canonical, erasing
from journal.models import Payload
from secretariat.integrity import kept_files
from speakers.publishing import revisions
from tests.factories import OPEN, STAFF, make_delegation, make_focal_point, make_inscription, make_meeting, signed_in

pytestmark = pytest.mark.django_db
BASE = "/meetings/dialogue/speakers"
FILER = "rwa@missions.example"


@pytest.fixture
def entry():
    """An entry that its focal point filed, on a list with another one after it."""
    meeting, rwanda = make_meeting(), make_delegation("RWA", "Rwanda")
    make_focal_point(rwanda)
    make_focal_point(rwanda, "colleague@missions.example")
    make_focal_point(make_delegation("KEN", "Kenya"))
    entry = make_inscription(meeting, rwanda, contact_email=FILER, filed_by_email=FILER, note="Confidential")
    make_inscription(meeting, make_delegation("KEN"))
    return entry


def receipt(entry, reader=FILER):
    return signed_in(reader).get(f"{BASE}/inscriptions/{entry.public_id}.json")


def verify(*files):
    said = StringIO()
    call_command("verify_receipt", *files, stdout=said)
    return said.getvalue().splitlines()


@pytest.fixture
def keep(client, tmp_path):
    """A function that keeps a file under a name: data, an answer, or what an address hands out."""

    def save(name, what):
        path = tmp_path / name
        answer = client.get(what) if isinstance(what, str) else what
        path.write_bytes(json.dumps(answer).encode() if isinstance(answer, dict) else answer.content)
        return path

    return save


def test_the_person_who_filed_it_saves_all_that_was_recorded(entry, keep):
    with clock.stopped(OPEN):
        revisions.publish(entry.speakers_list, by=STAFF, at=OPEN)
    answer = receipt(entry)

    assert answer["Content-Disposition"] == 'attachment; filename="dialogue-receipt-1.json"'
    assert answer.json()["content"]["after"]["note"] == "Confidential"
    files = (
        keep("mine.json", answer),
        keep("now.json", f"{BASE}/journal.json"),
        keep("1.json", f"{BASE}/revisions/1.json"),
    )
    assert verify(*files) == [
        "mine.json: receipt 1 is what was recorded, number and moments included.",
        f"now.json holds the act of mine.json as entry {answer.json()['act']['sequence']}.",
        "1.json: receipt 1 is that of Rwanda, at place 1.",
    ]


def test_a_colleague_saves_the_act_without_its_content_and_its_salt(entry, keep):
    answer = receipt(entry, "colleague@missions.example")

    assert set(answer.json()) == {"format", "meeting", "receipt_no", "arrived_at", "recorded_at", "witness", "act"}
    assert "Confidential" not in answer.content.decode()
    assert FILER not in answer.content.decode()
    words = "mine.json: the witness is the hash of its act. The file cannot show which number it gave."
    assert verify(keep("mine.json", answer)) == [words]


def test_what_staff_entered_tells_no_one_who_did(keep):
    make_focal_point(make_delegation("RWA"))
    entry = make_inscription(
        make_meeting(), make_delegation("RWA"), contact_email=FILER, filed_by_email=FILER, by=STAFF
    )

    assert "content" not in receipt(entry).json()


def test_another_delegation_and_a_stranger_get_none(entry, client):
    assert receipt(entry, "ken@missions.example").status_code == 404
    assert client.get(f"{BASE}/inscriptions/{entry.public_id}.json")["Location"].startswith(f"{BASE}/sign-in/")


def test_once_the_content_is_erased_the_witness_still_stands(entry, keep):
    erasing.erase(Payload.objects.filter(entry__stream=entry.speakers_list.journal_stream))
    answer = receipt(entry)

    assert "content" not in answer.json()
    assert verify(keep("mine.json", answer), keep("now.json", f"{BASE}/journal.json"))[-1].startswith("now.json holds")


def test_a_revision_without_the_receipt_says_so(entry, keep):
    with clock.stopped(OPEN):
        revisions.publish(entry.speakers_list, by=STAFF, at=OPEN)
    document = json.loads(keep("1.json", f"{BASE}/revisions/1.json").read_text())
    document["speakers"] = [row for row in document["speakers"] if row["receipt_no"] != 1]

    assert verify(keep("mine.json", receipt(entry)), keep("1.json", document))[-1] == "1.json: receipt 1 is not on it."


def test_a_file_that_is_no_receipt_or_not_there_is_named(entry, keep, tmp_path):
    with pytest.raises(CommandError, match=r"strange.json is not a receipt: it has a different structure"):
        verify(keep("strange.json", {}))
    with pytest.raises(CommandError, match="cannot be read"):
        verify(tmp_path / "none.json")
    with pytest.raises(CommandError, match=r"strange.json is not a chain of a journal"):
        verify(keep("mine.json", receipt(entry)), keep("strange.json", {}))
    with pytest.raises(CommandError, match=r"none.json cannot be read"):
        verify(keep("mine.json", receipt(entry)), tmp_path / "none.json")


def test_verify_finds_a_receipt_whose_act_the_database_no_longer_holds(entry, keep):
    mine = keep("mine.json", receipt(entry))
    assert kept_files.problems([mine]) == []

    said = json.loads(mine.read_text())
    act = said["act"] | {"sequence": 99}
    cut = keep("cut.json", said | {"act": act, "witness": canonical.hash_of(act)})

    words = "the database ends at entry 3, before entry 99, the act of cut.json: its end is cut off."
    assert kept_files.problems([cut, mine]) == [words]
