"""The public pages of revisions: one for each, the exact text that was hashed, and what changed.  R-28 R-29"""

import hashlib
import json
from datetime import timedelta

import pytest

import clock
from speakers.entries import withdrawing
from speakers.publishing import revisions
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting
from tests.secretariat.pages import text

pytestmark = pytest.mark.django_db
PAGES = "/meetings/dialogue/speakers/revisions/"
PRIVATE = ["Speaker of Rwanda", "Mission of Rwanda", "rwa@missions.example", "a quiet note", "officer"]


@pytest.fixture
def meeting():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("RWA", "Rwanda"), note="a quiet note")
    return meeting


@pytest.fixture(autouse=True)
def _clock():
    with clock.stopped(OPEN):
        yield


def publish(meeting, **wishes):
    return revisions.publish(meeting.speakers_list, by=STAFF, at=OPEN + timedelta(hours=1), **wishes)


def test_the_page_of_a_revision_gives_moment_comment_list_and_hashes(client, meeting):
    first, second = publish(meeting), publish(meeting, comment="For the Journal.\n<b>Really</b>")

    page = text(client.get(f"{PAGES}2/"))

    assert "As at Wednesday, 31 August 2016, 2:00 p.m. (New York time)" in page
    assert "For the Journal. <b>Really</b>" in page
    assert "1 Before: 1 Rwanda PR" in page
    assert f"SHA-256 of this revision {second.sha256}" in page
    assert f"SHA-256 of the revision before, which this one contains {first.sha256}" in page


def test_the_page_shows_what_changed_since_the_one_before(client, meeting):
    publish(meeting)
    withdrawing.withdraw(meeting.speakers_list.inscriptions.get(), by=STAFF, at=OPEN)
    make_inscription(meeting, make_delegation("KEN", "Kenya"))
    publish(meeting)

    page = text(client.get(f"{PAGES}2/"))

    assert "What changed since revision 1 Added Kenya, at place 1 Withdrawn or removed Rwanda, which stood at" in page
    assert "1 Before: new Kenya PR" in page


def test_the_first_revision_has_none_before_it_and_an_old_one_names_the_later(client, meeting):
    publish(meeting)
    publish(meeting)

    first, second = (text(client.get(f"{PAGES}{number}/")) for number in (1, 2))

    assert "This is the first revision." in first
    assert "A later list was frozen: revision 2" in first
    assert "A later list" not in second
    assert "Nothing: the same speakers in the same order." in second


def test_the_json_is_byte_for_byte_what_was_hashed(client, meeting):
    revision = publish(meeting)

    answer = client.get(f"{PAGES}1.json")

    assert answer["Content-Type"] == "application/json"
    assert hashlib.sha256(answer.content).hexdigest() == revision.sha256
    assert answer["ETag"] == f'"{revision.sha256}"'
    assert answer["Content-Disposition"] == 'inline; filename="dialogue-revision-1.json"'


def test_a_client_that_has_the_json_gets_304(client, meeting):
    tag = f'"{publish(meeting).sha256}"'

    answer = client.get(f"{PAGES}1.json", headers={"If-None-Match": tag})

    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)


def test_no_page_shows_a_contact_a_note_a_name_or_who_published(client, meeting):
    publish(meeting)

    for address in ["", "1/", "1.json"]:
        words = client.get(PAGES + address).content.decode()
        assert [private for private in PRIVATE if private in words] == []


def test_if_the_meeting_says_so_the_speakers_are_named_and_stay_so_in_that_revision(client, meeting):
    meeting.speakers_list.shows_speaker_names = True
    meeting.speakers_list.save()
    publish(meeting)
    meeting.speakers_list.shows_speaker_names = False
    meeting.speakers_list.save()
    publish(meeting)

    first, second = (text(client.get(f"{PAGES}{number}/")) for number in (1, 2))

    assert "H.E. Ms. Speaker of Rwanda" in first
    assert "Speaker of Rwanda" not in second


def test_the_list_of_revisions_has_the_newest_first(client, meeting):
    hashes = [publish(meeting, comment=f"Comment {number}").sha256 for number in (1, 2)]

    page = text(client.get(PAGES))

    assert page.index("Revision 2") < page.index("Comment 2") < page.index("Revision 1") < page.index("Comment 1")
    assert all(each in page for each in hashes)


def test_the_live_list_links_to_the_newest_revision(client, meeting):
    assert "revisions/" not in client.get("/meetings/dialogue/speakers/").content.decode()
    publish(meeting)
    publish(meeting)

    answer = client.get("/meetings/dialogue/speakers/")

    assert "Last published: revision 2 , as at Wednesday, 31 August 2016, 2:00 p.m. (New York time)." in text(answer)
    assert 'href="/meetings/dialogue/speakers/revisions/2/"' in answer.content.decode()


@pytest.mark.parametrize("address", ["2/", "2.json", "0/", "99999999999999999999/", "99999999999999999999.json"])
def test_a_revision_that_never_was_does_not_exist(client, meeting, address):
    publish(meeting)

    assert client.get(PAGES + address).status_code == 404


@pytest.mark.parametrize("address", ["", "1/", "1.json"])
def test_revisions_of_a_meeting_that_is_not_published_do_not_exist(client, meeting, address):
    publish(meeting)
    meeting.is_published = False
    meeting.save()

    assert client.get(PAGES + address).status_code == 404


def test_the_pages_cost_few_statements_however_long_the_list(client, meeting, django_assert_max_num_queries):
    def counted(address):
        with django_assert_max_num_queries(4) as statements:
            assert client.get(address).status_code == 200
        return len(statements)

    publish(meeting)
    addresses = [PAGES, f"{PAGES}1/", f"{PAGES}1.json", "/meetings/dialogue/speakers/"]
    few = [counted(address) for address in addresses]
    for code in ["KEN", "GHA", "UGA"]:
        make_inscription(meeting, make_delegation(code))
        publish(meeting)

    assert [counted(address.replace("1", "3")) for address in addresses] == few


def test_a_removed_inscription_does_not_break_what_was_published(client, meeting):
    publish(meeting)
    before = json.loads(client.get(f"{PAGES}1.json").content)
    meeting.speakers_list.inscriptions.all().delete()

    assert json.loads(client.get(f"{PAGES}1.json").content) == before
    assert "Rwanda" in text(client.get(f"{PAGES}1/"))
