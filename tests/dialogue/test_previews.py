"""What is shown of a page elsewhere: its preview, its other forms, the event. Private pages show nothing.  R-64"""

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django.core.cache import caches
from django.test import Client

import clock
from dialogue.models import Sitting
from dialogue.previews import event
from speakers.publishing import revisions
from tests.factories import (
    OPEN,
    STAFF,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_meeting,
    make_panel,
    signed_in,
)

pytestmark = pytest.mark.django_db
MEETING, PANEL = "/meetings/dialogue/", "/meetings/dialogue/lists/panel/"
PUBLIC = [
    "/",
    MEETING,
    f"{MEETING}programme/",
    f"{MEETING}speakers/",
    f"{MEETING}speakers/revisions/",
    f"{MEETING}speakers/revisions/1/",
    f"{MEETING}speakers/draw/",
    f"{MEETING}statements/",
    f"{MEETING}now/",
    f"{PANEL}speakers/",
    f"{PANEL}speakers/revisions/",
    "/privacy/",
    "/accessibility/",
    "/security/",
    "/api/v1/",
]
NO_PREVIEW = [
    "/mission/",
    f"{MEETING}speakers/sign-in/",
    f"{MEETING}speakers/find/?name=nothing",
    f"{MEETING}speakers/sign-in/made-up-token/",
    f"{MEETING}display/",
    f"{MEETING}overlay/",
    f"{MEETING}booth/link/made-up-token/",
    "/meetings/nothing/",
]
TITLE = 'A “dialogue” & "more" </script><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def _clock():
    with clock.stopped(OPEN):
        yield


@pytest.fixture
def meeting():
    meeting = make_meeting(title={"en": TITLE}, policy="opening_window")
    make_panel(meeting)
    make_inscription(meeting, make_delegation("RWA", "Rwanda"))
    make_focal_point(make_delegation("RWA"))
    revisions.publish(meeting.speakers_list, by=STAFF, at=OPEN)
    return meeting


class Head(HTMLParser):
    """The meta elements of a page by their names, its links by their relation, and the data in it."""

    def __init__(self, html):
        super().__init__()
        self.meta, self.links, self.data, self.scripts, self.is_data = {}, {}, "", 0, False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "meta":
            self.meta[named.get("name") or named.get("property")] = named.get("content")
        if tag == "link":
            self.links.setdefault(named["rel"], []).append((named.get("type"), named["href"]))
        if tag == "script":
            self.scripts += 1
            self.is_data = named.get("type") == "application/ld+json"

    def handle_endtag(self, tag):
        self.is_data = False

    def handle_data(self, text):
        self.data += text if self.is_data else ""


def head_of(address, client=None):
    answer = (client or Client()).get(address)
    return Head(answer.content.decode()), answer


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_says_what_it_is_at_its_one_address(meeting, settings, address):
    head, answer = head_of(address)

    assert answer.status_code == 200
    assert "robots" not in head.meta
    assert head.meta["og:title"]
    assert head.meta["description"] == head.meta["og:description"] != ""
    assert head.links["canonical"] == [(None, settings.SITE_URL + address)]
    assert head.meta["og:url"] == settings.SITE_URL + address
    assert (head.meta["og:type"], head.meta["og:locale"], head.meta["twitter:card"]) == ("website", "en_GB", "summary")
    assert head.meta["og:image"].startswith(f"{settings.SITE_URL}/static/img/")


@pytest.mark.parametrize("address", PUBLIC)
def test_every_other_form_of_a_page_is_there(meeting, address):
    head, _answer = head_of(address)

    for media_type, href in head.links.get("alternate", []):
        answer = Client().get(href)
        kind = media_type or "text/html"  # without one: the page in another language
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, kind), href


@pytest.mark.parametrize(
    ("address", "types"),
    [
        (MEETING, ["application/atom+xml", "application/json", "text/calendar"]),
        (f"{PANEL}speakers/", ["application/atom+xml", "application/json", "application/pdf", "text/csv"]),
        (f"{MEETING}now/", ["application/json"]),
    ],
)
def test_a_page_names_its_other_forms(meeting, address, types):
    head, _answer = head_of(address)

    forms = [(media_type, href) for media_type, href in head.links["alternate"] if media_type]
    assert sorted(media_type for media_type, _href in forms) == types
    assert all("panel" in href for _type, href in forms) == (address == f"{PANEL}speakers/")


def linked_forms(answer):
    """The media types and addresses in the header `Link` of `answer`."""
    pattern = r'<([^>]+)>; rel="alternate"; type="([^"]+)"'
    return [(media_type, href) for href, media_type in re.findall(pattern, answer.get("Link", ""))]


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("method", ["get", "head"])
def test_the_header_of_an_answer_names_the_forms_that_its_page_names(meeting, settings, address, method):
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caches["pages"].clear()
    head, answer = head_of(address)
    forms = [(media_type, href) for media_type, href in head.links["alternate"] if media_type]

    kept = getattr(Client(), method)(address)

    assert linked_forms(answer) == linked_forms(kept) == forms
    assert bool(forms) == ("Link" in kept)


@pytest.mark.parametrize("address", NO_PREVIEW)
def test_a_private_page_a_screen_and_an_error_show_nothing_elsewhere(meeting, address):
    head, answer = head_of(address, signed_in("rwa@missions.example"))

    assert head.meta.get("robots") == "noindex"
    assert [name for name in head.meta if name and name.startswith(("og:", "twitter:", "description"))] == []
    assert ("canonical" in head.links, "alternate" in head.links, head.data) == (False, False, "")
    assert "Link" not in answer


def test_the_page_of_a_receipt_shows_nothing_elsewhere(meeting):
    entry = meeting.speakers_list.inscriptions.get()

    head, answer = head_of(entry.get_absolute_url(), signed_in("rwa@missions.example"))

    assert (answer.status_code, head.meta.get("robots"), "og:title" in head.meta) == (200, "noindex", False)


def test_a_rehearsal_is_neither_found_nor_taken_for_a_meeting(meeting):
    make_meeting("rehearsal", is_rehearsal=True)

    head, _answer = head_of("/meetings/rehearsal/")

    assert (head.meta["robots"], "og:title" in head.meta, head.data) == ("noindex", False, "")


def test_what_was_typed_is_text_in_the_preview_and_in_the_event(meeting):
    head, _answer = head_of(MEETING)

    assert head.meta["og:title"] == TITLE
    assert json.loads(head.data)["name"] == TITLE
    assert "alert(1)" not in re.sub(r'"[^"]*"', "", head.data)
    assert head.scripts == 2  # the event and the countdown


def test_one_day_is_an_event_with_all_that_an_event_needs(meeting, settings):
    found = event.of(meeting)

    assert found["@context"] == "https://schema.org"
    assert (found["@type"], found["name"]) == ("Event", TITLE)
    assert (found["startDate"], found["endDate"]) == ("2016-09-06T10:00:00-04:00", "2016-09-06T18:00:00-04:00")
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert found["location"] == {
        "@type": "Place",
        "name": "Trusteeship Council Chamber",
        "address": "Trusteeship Council Chamber",
    }
    assert found["organizer"]["name"] == "General Assembly"
    assert found["url"] == f"{settings.SITE_URL}{MEETING}"
    assert [each["name"] for each in found["subEvent"]] == [f"{TITLE}: morning sitting", f"{TITLE}: afternoon sitting"]


def test_the_sittings_of_several_days_are_events_of_their_own_days():
    ends_at = datetime(2016, 9, 8, 17, tzinfo=UTC)
    make_meeting(ends_at=ends_at)
    Sitting.objects.filter(part="afternoon").update(starts_at=datetime(2016, 9, 8, 14, tzinfo=UTC), ends_at=ends_at)

    head, _answer = head_of(MEETING)

    found = json.loads(head.data)
    assert (found["startDate"], found["endDate"]) == ("2016-09-06T10:00:00-04:00", "2016-09-08T13:00:00-04:00")
    assert [each["startDate"][:10] for each in found["subEvent"]] == ["2016-09-06", "2016-09-08"]
    assert "Thursday" in found["subEvent"][1]["name"]
    assert {each["@type"] for each in found["subEvent"]} == {"Event"}
    assert head.meta["description"].startswith("Tuesday, 6 September")


def test_a_meeting_of_one_sitting_has_no_part():
    meeting = make_meeting()
    Sitting.objects.filter(part="afternoon").delete()
    meeting.refresh_from_db()

    assert "subEvent" not in event.of(meeting)
