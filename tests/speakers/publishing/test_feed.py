"""Published revisions as Atom feeds: what changed, for each list its own, the same identity for ever.  R-28"""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from speakers.entries import withdrawing
from speakers.publishing import feed, revisions
from speakers.views import feeds
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting, make_panel

pytestmark = pytest.mark.django_db
OF_MAIN = "/meetings/dialogue/speakers/revisions.atom"
OF_PANEL = "/meetings/dialogue/lists/panel/speakers/revisions.atom"
OF_ALL = "/revisions.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _clock():
    feeds.FEEDS.forget()
    with clock.stopped(OPEN):
        yield


@pytest.fixture
def main():
    """A list of which two revisions were published, the second after a withdrawal and an inscription."""
    meeting = make_meeting()
    leaving = make_inscription(meeting, make_delegation("RWA", "Rwanda"))
    revisions.publish(meeting.speakers_list, by=STAFF, at=OPEN, comment="Of <b>today</b>\x0b & tomorrow")
    withdrawing.withdraw(leaving, by=STAFF, at=OPEN)
    make_inscription(meeting, make_delegation("CIV", "Côte d’Ivoire"))
    revisions.publish(meeting.speakers_list, by=STAFF, at=OPEN + timedelta(hours=1))
    return meeting.speakers_list


def read(address):
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(answer.content)  # noqa: S314  our own answer


def text(element, name):
    return element.findtext(ATOM + name)


def test_each_revision_is_an_entry_that_says_what_changed(main, settings):
    found = read(OF_MAIN)

    second, first = found.findall(f"{ATOM}entry")
    assert text(second, "title") == "Revision 2, as at Wednesday, 31 August 2016, 2:00 p.m. (New York time)"
    assert second.find(f"{ATOM}link").get("href") == f"{settings.SITE_URL}/meetings/dialogue/speakers/revisions/2/"
    assert "<strong>Added</strong>" in text(second, "summary")
    assert "Côte d’Ivoire, at place 1" in text(second, "summary")
    assert "Rwanda, which stood at place 1" in text(second, "summary")
    assert "This is the first revision." in text(first, "summary")
    assert main.revisions.get(number=2).sha256 in text(second, "summary")


def test_what_staff_typed_is_text_and_never_markup(main):
    first = read(OF_MAIN).findall(f"{ATOM}entry")[1]

    assert "Of &lt;b&gt;today&lt;/b&gt; &amp; tomorrow" in text(first, "summary")


def test_a_feed_has_all_that_atom_requires_of_it(main, settings):
    found = read(OF_MAIN)

    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert text(found, "id") == f"{settings.SITE_URL}/meetings/dialogue/speakers/revisions/"
    assert text(found, "updated") == "2016-08-31T18:00:00+00:00"
    assert found.find(f"{ATOM}author/{ATOM}name").text == "General Assembly"
    links = {each.get("rel"): each.get("href") for each in found.findall(f"{ATOM}link")}
    assert links["self"] == settings.SITE_URL + OF_MAIN
    for each in found.findall(f"{ATOM}entry"):
        assert text(each, "id").startswith("urn:uuid:")
        assert text(each, "updated")


def test_an_entry_keeps_its_identity_at_another_address_and_beside_newer_ones(main, settings):
    before = [text(each, "id") for each in read(OF_MAIN).findall(f"{ATOM}entry")]

    settings.SITE_URL = "https://elsewhere.example"
    revisions.publish(main, by=STAFF, at=OPEN + timedelta(hours=2))

    after = [text(each, "id") for each in read(OF_MAIN).findall(f"{ATOM}entry")]
    assert (after[1:], len(set(after))) == (before, 3)


def test_a_list_without_a_revision_has_a_feed_that_is_empty_and_stays_the_same(main):
    make_panel(main.meeting)

    first = Client().get(OF_PANEL)
    with clock.stopped(OPEN + timedelta(days=1)):
        again = Client().get(OF_PANEL, headers={"If-None-Match": first["ETag"]})

    assert read(OF_PANEL).findall(f"{ATOM}entry") == []
    assert text(read(OF_PANEL), "updated")
    assert again.status_code == 304


def test_each_list_has_its_own_feed_and_one_tells_of_all_but_rehearsals_and_drafts(main):
    panel = make_panel(main.meeting)
    revisions.publish(panel, by=STAFF, at=OPEN + timedelta(hours=2))
    for slug, facts in (("rehearsal", {"is_rehearsal": True}), ("draft", {"is_published": False})):
        revisions.publish(make_meeting(slug, **facts).speakers_list, by=STAFF, at=OPEN)

    titles = [text(each, "title").partition(", as at")[0] for each in read(OF_ALL).findall(f"{ATOM}entry")]

    assert len(read(OF_MAIN).findall(f"{ATOM}entry")) == 2
    assert titles == [
        "Informal interactive dialogue – Panel: revision 1",
        "Informal interactive dialogue: revision 2",
        "Informal interactive dialogue: revision 1",
    ]


@pytest.mark.parametrize("address", [OF_MAIN, OF_ALL])
def test_a_reader_that_has_the_feed_gets_304_until_the_next_revision(main, address):
    first = Client().get(address)
    known = {"If-None-Match": first["ETag"]}

    assert Client().get(address, headers=known).status_code == 304
    revisions.publish(main, by=STAFF, at=OPEN + timedelta(hours=2))
    assert Client().get(address, headers=known).status_code == 200
    assert (first["Cache-Control"], first.cookies) == ("public, max-age=60", {})


@pytest.mark.parametrize("address", [OF_MAIN, OF_ALL])
def test_a_feed_costs_at_most_four_statements_and_holds_a_bounded_number(main, address, monkeypatch):
    monkeypatch.setattr(feed, "NEWEST", 3)
    for hours in range(2, 6):
        revisions.publish(main, by=STAFF, at=OPEN + timedelta(hours=hours))

    with CaptureQueriesContext(connection) as statements:
        found = read(address)

    assert (len(found.findall(f"{ATOM}entry")), len(statements) <= 4) == (3, True)


def test_the_feed_of_a_meeting_that_is_not_published_does_not_exist(main):
    main.meeting.is_published = False
    main.meeting.save()

    assert Client().get(OF_MAIN).status_code == 404
    assert read(OF_ALL).findall(f"{ATOM}entry") == []
