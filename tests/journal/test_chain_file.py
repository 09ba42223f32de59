"""The chain as hashes alone, for everyone: a receipt's witness is found in it without a database.  R-08 R-58"""

import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

import clock
from journal.models import Entry
from tests import servers
from tests.factories import OPEN, make_delegation, make_inscription, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return make_meeting()


@pytest.fixture
def download(client, meeting, tmp_path):
    """Download the chain under a name, as a browser would."""

    def save(name):
        path = tmp_path / name
        path.write_bytes(client.get(reverse("speakers:journal_json", args=[meeting.slug])).content)
        return path

    return save


def verify(*files, **options):
    said = StringIO()
    call_command("verify_journal", *files, stdout=said, **options)
    return said.getvalue().splitlines()


def failure(*files, **options):
    with pytest.raises(CommandError) as error:
        verify(*files, **options)
    return str(error.value).splitlines()


def test_the_holder_of_a_receipt_finds_its_witness_in_the_file(meeting, download):
    entry = make_inscription(meeting, make_delegation("RWA"))
    make_inscription(meeting, make_delegation("KEN"))

    assert verify(download("now.json"), witness=f" {entry.witness.upper()}\n") == [
        "now.json: 3 entries of meeting/dialogue.",
        "The witness is entry 2 of now.json.",
        "1 entry follows it.",
    ]


def test_a_witness_that_is_not_in_the_file_fails(meeting, download):
    make_inscription(meeting)

    assert failure(download("now.json"), witness="0" * 64) == [
        "The witness lies on none of the chains that were checked."
    ]
    assert failure(download("now.json"), witness="12") == [
        "A witness has 64 digits from 0 to 9 and a to f; “12” does not."
    ]


def test_a_newer_file_continues_an_older_one(meeting, download):
    make_inscription(meeting, make_delegation("RWA"))
    earlier = download("earlier.json")
    make_inscription(meeting, make_delegation("KEN"))
    later = download("later.json")

    assert verify(later, earlier)[-1] == "Each newer file continues the older one of its stream."

    rewritten = json.loads(later.read_text())
    rewritten["hashes"][0] = "f" * 64
    later.write_text(json.dumps(rewritten))
    assert failure(earlier, later) == ["later.json does not continue earlier.json: entry 1 differs."]


@pytest.mark.parametrize("is_older_first", [True, False])
@pytest.mark.parametrize("says_its_moment", [True, False])
def test_a_newer_file_that_is_shorter_is_found_in_whatever_order_they_are_given(
    meeting, download, is_older_first, says_its_moment
):
    make_inscription(meeting)
    with clock.stopped(OPEN):
        older = download("older.json")
    said = json.loads(older.read_text())
    newer = older.with_name("newer.json")
    cut = {**said, "entries": 1, "hashes": said["hashes"][:1], "as_at": "2030-01-01T00:00:00+00:00"}
    for path, content, moment in [(older, said, 1), (newer, cut, 2)]:
        kept = content if says_its_moment else {name: content[name] for name in content if name != "as_at"}
        path.write_text(json.dumps(kept))
        os.utime(path, (moment, moment))

    found = failure(*([older, newer] if is_older_first else [newer, older]))

    assert found == ["newer.json is newer than older.json and shorter: its last entry is 1, not 2."]


def test_the_file_says_nothing_but_hashes_and_its_moment(client, meeting):
    entry = make_inscription(meeting, note="Confidential")

    with clock.stopped(OPEN):
        said = client.get(reverse("speakers:journal_json", args=[meeting.slug])).json()

    hashes = list(Entry.objects.of_stream("meeting/dialogue").values_list("hash", flat=True))
    facts = {"format": "journal-hashes/1", "stream": "meeting/dialogue", "entries": 2, "hashes": hashes}
    assert said == {**facts, "as_at": "2016-08-31T17:00:00.000000+00:00"}
    assert hashes[-1] == entry.witness


def test_it_is_read_in_few_statements_and_again_only_when_it_changed(client, meeting, django_assert_num_queries):
    make_inscription(meeting)
    address = reverse("speakers:journal_json", args=[meeting.slug])

    with clock.stopped(OPEN), django_assert_num_queries(2):
        first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    make_inscription(meeting, make_delegation("KEN"))
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert [first.status_code, again.status_code, changed.status_code] == [200, 304, 200]


def test_a_meeting_that_is_not_published_gives_none(client):
    make_meeting("secret", is_published=False)

    assert client.get(reverse("speakers:journal_json", args=["secret"])).status_code == 404


def test_the_pages_of_revisions_and_receipts_lead_to_it(client, meeting):
    page = client.get(reverse("speakers:revisions", args=[meeting.slug])).content.decode()

    assert f'href="{reverse("speakers:journal_json", args=[meeting.slug])}"' in page


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": "list-of-speakers/1"}',
        '{"format": "journal-hashes/1", "stream": "a", "entries": 1, "hashes": ["12"]}',
        '{"format": "journal-hashes/1", "stream": "a", "entries": 2, "hashes": []}',
        '{"format": "journal-hashes/1", "stream": 1, "entries": 0, "hashes": []}',
        '{"format": "journal-hashes/1", "stream": "a", "entries": 0, "hashes": [], "as_at": "yesterday"}',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_not_a_chain_is_refused_in_words(tmp_path, text):
    path = tmp_path / "strange.json"
    path.write_text(text)

    assert failure(path)[0].startswith("strange.json is not a chain of a journal: ")
    assert "cannot be read" in failure(tmp_path / "none.json")[0]


def test_files_are_verified_without_a_database(meeting, download, tmp_path):
    entry = make_inscription(meeting)
    environment = os.environ | servers.EMBEDDED
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(tmp_path / "nothing")}

    done = subprocess.run(
        [sys.executable, "manage.py", "verify_journal", str(download("now.json")), "--witness", entry.witness],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "The witness is entry 2 of now.json." in done.stdout
    assert not (tmp_path / "nothing" / "database.sqlite3").exists()
