"""The interface for programs: open to everyone, with names that never change, cheap to poll.  R-29"""

import hashlib
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from dialogue import releasing
from dialogue.models import ProgrammePerson, ProgrammeSlot
from speakers.publishing import revisions
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting, make_panel

pytestmark = pytest.mark.django_db
BASE = "/api/v1/"
ADDRESSES = [
    "meetings",
    "meetings/dialogue",
    "meetings/dialogue/programme",
    "meetings/dialogue/list",
    "meetings/dialogue/revisions",
    "meetings/dialogue/revisions/1",
    "meetings/dialogue/lists",
    "meetings/dialogue/lists/panel",
    "meetings/dialogue/lists/panel/list",
    "meetings/dialogue/lists/panel/revisions",
    "meetings/dialogue/lists/panel/revisions/1",
    "openapi.json",
]
IN_THE_ROOM = [
    "meetings/dialogue/room",
    "meetings/dialogue/record",
    "meetings/dialogue/statements",
    "meetings/dialogue/lists/panel/record",
    "meetings/dialogue/lists/panel/statements",
]
PRIVATE = [
    "Speaker of Rwanda",
    "Speaker of Kenya",
    "Mission of Rwanda",
    "rwa@missions.example",
    "ken@missions.example",
    "a quiet note",
    "officer",
    "office.example",
]


@pytest.fixture(autouse=True)
def _clock():
    with clock.stopped(OPEN):
        yield


@pytest.fixture
def meeting():
    meeting = make_meeting()
    add_slot(meeting, 1)
    make_inscription(meeting, make_delegation("RWA", "Rwanda"), note="a quiet note")
    revisions.publish(meeting.speakers_list, by=STAFF, at=OPEN, comment="For the Journal.")
    return meeting


@pytest.fixture(autouse=True)
def panel(meeting):
    """A second list of the meeting, with an entry and a revision of its own."""
    terms = {"national_limit": timedelta(seconds=150), "limits": [{"band": "observers", "level": "", "seconds": 90}]}
    panel = make_panel(meeting, **terms)
    inscribed(panel, "KEN", "Kenya")
    revisions.publish(panel, by=STAFF, at=OPEN, comment="For the panel.")
    return panel


def inscribed(speakers_list, code, name=None):
    return make_inscription(speakers_list.meeting_at_hand, make_delegation(code, name), note="a quiet note")


def add_slot(meeting, position):
    at = meeting.starts_at + timedelta(minutes=position)
    slot = ProgrammeSlot.objects.create(
        meeting=meeting, position=position, kind="opening", title={"en": "Opening"}, starts_at=at
    )
    ProgrammePerson.objects.create(slot=slot, name="Mr. President", role={"en": "President"})


def test_a_meeting_is_given_with_its_moments_in_its_own_zone(client, meeting):
    answer = client.get(f"{BASE}meetings/dialogue")

    assert answer["Content-Type"] == "application/json"
    assert answer.json() == {
        "slug": "dialogue",
        "title": "Informal interactive dialogue",
        "theme": "",
        "venue": "Trusteeship Council Chamber",
        "time_zone": "America/New_York",
        "starts_at": "2016-09-06T10:00:00-04:00",
        "ends_at": "2016-09-06T18:00:00-04:00",
        "is_rehearsal": False,
        "inscription": {
            "state": "open",
            "opens_at": "2016-08-22T09:00:00-04:00",
            "closes_at": "2016-09-01T13:00:00-04:00",
            "closes_when_announced": False,
            "seats_by_selection": 0,
        },
        "limits": {"national_seconds": 180, "group_seconds": 180, "civil_society_seconds": 180, "special": []},
        "newest_revision": 1,
    }
    assert client.get(f"{BASE}meetings").json() == {"meetings": [answer.json()]}


def test_the_programme_is_given_in_order(client, meeting):
    programme = client.get(f"{BASE}meetings/dialogue/programme").json()

    assert [slot["title"] for slot in programme["slots"]] == ["Opening"]
    assert programme["slots"][0]["persons"] == [{"name": "Mr. President", "role": "President", "by_video": False}]
    assert len(programme["sittings"]) == 2


def test_a_programme_that_was_changed_and_not_released_again_is_given_as_released(client, meeting):
    releasing.release(meeting, kind="provisional", comment="First issue", by=STAFF, at=OPEN)
    add_slot(meeting, 2)

    programme = client.get(f"{BASE}meetings/dialogue/programme").json()

    assert (len(programme["slots"]), programme["version"]["number"]) == (1, 1)
    assert programme == client.get("/meetings/dialogue/programme.json").json()


def test_the_list_is_the_same_as_the_public_file(client, meeting):
    answer = client.get(f"{BASE}meetings/dialogue/list").json()

    assert answer == client.get("/meetings/dialogue/speakers.json").json()
    assert [row["receipt_no"] for row in answer["speakers"]] == [1]


def test_a_revision_is_byte_for_byte_what_was_hashed(client, meeting):
    (listed,) = client.get(f"{BASE}meetings/dialogue/revisions").json()["revisions"]
    answer = client.get(f"{BASE}meetings/dialogue/revisions/1")

    assert hashlib.sha256(answer.content).hexdigest() == listed["sha256"]
    assert answer["ETag"] == f'"{listed["sha256"]}"'
    assert {**listed, "as_at": ""} == {
        "number": 1,
        "kind": "published",
        "as_at": "",
        "comment": "For the Journal.",
        "sha256": listed["sha256"],
        "previous_sha256": "",
    }


def test_every_list_is_told_with_its_title_and_its_dates_the_main_one_first(client, meeting):
    answer = client.get(f"{BASE}meetings/dialogue/lists").json()

    main, panel = answer["lists"]
    whole = client.get(f"{BASE}meetings/dialogue").json()
    assert (answer["meeting"], main["list"], main["title"]) == ("dialogue", "", "")
    assert (main["is_heard"], panel["is_heard"]) == (True, False)
    assert (main["inscription"], main["newest_revision"]) == (whole["inscription"], whole["newest_revision"])
    assert panel == {
        "meeting": "dialogue",
        "list": "panel",
        "title": "Panel",
        "open_to": "everyone",
        "is_heard": False,
        "inscription": {
            "state": "open",
            "opens_at": "2016-08-22T09:00:00-04:00",
            "closes_at": "2016-09-02T13:00:00-04:00",
            "closes_when_announced": False,
            "seats_by_selection": 0,
        },
        "limits": {
            "national_seconds": 150,
            "group_seconds": 180,
            "civil_society_seconds": 180,
            "special": [{"band": "observers", "level": "", "seconds": 90}],
        },
        "newest_revision": 1,
    }
    assert client.get(f"{BASE}meetings/dialogue/lists/panel").json() == panel


def test_another_list_is_told_as_it_stands_and_names_itself(client, meeting):
    main = client.get(f"{BASE}meetings/dialogue/list").json()
    answer = client.get(f"{BASE}meetings/dialogue/lists/panel/list").json()

    assert answer == client.get("/meetings/dialogue/lists/panel/speakers.json").json()
    assert (answer["list"], [row["delegation_code"] for row in answer["speakers"]]) == ("panel", ["KEN"])
    assert ("list" in main, [row["delegation_code"] for row in main["speakers"]]) == (False, ["RWA"])


def test_the_revisions_of_another_list_are_its_own_byte_for_byte(client, meeting, panel):
    answer = client.get(f"{BASE}meetings/dialogue/lists/panel/revisions").json()
    text = client.get(f"{BASE}meetings/dialogue/lists/panel/revisions/1")

    (listed,) = answer["revisions"]
    assert (answer["list"], listed["comment"]) == ("panel", "For the panel.")
    assert "list" not in client.get(f"{BASE}meetings/dialogue/revisions").json()
    assert hashlib.sha256(text.content).hexdigest() == listed["sha256"] == panel.revisions.get().sha256
    assert text["ETag"] == f'"{listed["sha256"]}"'


def test_the_main_list_has_no_address_among_the_others(client, meeting):
    assert client.get(f"{BASE}meetings/dialogue/lists//list").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES + IN_THE_ROOM)
def test_nothing_private_is_given(client, meeting, address):
    words = client.get(BASE + address).content.decode()

    assert [private for private in PRIVATE if private in words] == []


@pytest.mark.parametrize("address", ADDRESSES + IN_THE_ROOM)
def test_a_client_that_has_the_answer_gets_304_even_later(client, meeting, address):
    first = client.get(BASE + address)
    assert first.status_code == 200

    with clock.stopped(OPEN + timedelta(seconds=30)):
        again = client.get(BASE + address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


@pytest.mark.parametrize("address", ADDRESSES[:-1])
def test_the_tag_changes_with_what_is_given(client, meeting, panel, address):
    if address.endswith("/1"):
        return
    before = client.get(BASE + address)["ETag"]
    add_slot(meeting, 2)
    for each in (meeting.speakers_list, panel):
        inscribed(each, "GHA")
        revisions.publish(each, by=STAFF, at=OPEN)

    assert client.get(BASE + address)["ETag"] != before


@pytest.mark.parametrize("address", ADDRESSES + IN_THE_ROOM)
def test_caches_may_keep_an_answer_and_other_sites_may_read_it(client, meeting, address):
    answer = client.get(BASE + address)

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize("address", ADDRESSES + IN_THE_ROOM)
def test_head_says_the_same_without_the_body(client, meeting, address):
    get, head = client.get(BASE + address), client.head(BASE + address)

    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == get["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_the_interface_is_read_only(client, meeting, method):
    answer = getattr(client, method)(f"{BASE}meetings/dialogue/list")

    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_a_post_is_refused_as_read_only_not_for_a_missing_token(meeting):
    answer = Client(enforce_csrf_checks=True).post(f"{BASE}meetings")

    assert answer.status_code == 405


def test_a_page_of_another_site_may_ask_what_is_allowed(client, meeting):
    answer = client.options(f"{BASE}meetings")

    assert (answer.status_code, answer["Access-Control-Allow-Headers"]) == (204, "If-None-Match")


@pytest.mark.parametrize(
    "address",
    [
        "meetings/none",
        "meetings/dialogue/revisions/2",
        "meetings/none/list",
        "meetings/none/lists",
        "meetings/none/room",
        "meetings/none/record",
        "meetings/dialogue/lists/none/statements",
        "meetings/none/lists/panel",
        "meetings/dialogue/lists/none",
        "meetings/dialogue/lists/none/list",
        "meetings/dialogue/lists/none/revisions",
        "meetings/dialogue/lists/panel/revisions/2",
        "meetings/dialogue/lists/",
        "nothing",
        "meetings/a/b/c/d",
        "meetings/",
    ],
)
def test_a_missing_object_is_a_problem_in_json(client, meeting, address):
    answer = client.get(BASE + address)

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address.",
    }


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("meetings/no%20slug", "slug"),
        ("meetings/dialogue/lists/no%20slug", "list_slug"),
        ("meetings/dialogue/lists/panel/revisions/0", "number"),
        ("meetings/dialogue/revisions/0", "number"),
        ("meetings/dialogue/revisions/x", "number"),
        ("meetings/dialogue/record?after=-1", "after"),
    ],
)
def test_an_invalid_name_is_a_problem_that_names_the_parameter(client, meeting, address, wrong):
    answer = client.get(BASE + address)

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert f".{wrong}: " in answer.json()["detail"]


@pytest.mark.parametrize("query", ["?after=%00", "?no%00name=1"])
def test_a_request_that_cannot_be_read_is_a_problem_in_json(client, meeting, query):
    answer = client.get(f"{BASE}meetings/dialogue/record{query}")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_a_meeting_that_is_not_published_does_not_exist(client, meeting):
    meeting.is_published = False
    meeting.save()

    assert client.get(f"{BASE}meetings").json() == {"meetings": []}
    assert {client.get(BASE + address).status_code for address in ADDRESSES[1:-1] + IN_THE_ROOM} == {404}


@pytest.mark.parametrize(("error", "status"), [(OperationalError("down"), 503), (RuntimeError("our insides"), 500)])
def test_a_failure_reveals_nothing_internal(client, meeting, monkeypatch, error, status):
    def fails(*arguments, **named):
        raise error

    monkeypatch.setattr("api.interface.documents.live", fails)

    answer = client.get(f"{BASE}meetings/dialogue/list")

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert str(error) not in answer.content.decode()
    assert "In the log of the site this has the number" in answer.json()["detail"]


@pytest.mark.parametrize("address", ADDRESSES[:-1])
def test_an_answer_costs_at_most_four_statements_however_much_it_holds(client, meeting, panel, address):
    def counted():
        with CaptureQueriesContext(connection) as statements:
            assert client.get(BASE + address).status_code == 200
        return len(statements)

    few = counted()
    for number, code in enumerate(["BEN", "GHA", "UGA"], start=2):
        add_slot(meeting, number)
        for each in (meeting.speakers_list, panel):
            inscribed(each, code)
            revisions.publish(each, by=STAFF, at=OPEN)
        make_panel(meeting, slug=f"panel-{number}")
        make_meeting(f"meeting-{number}")

    assert counted() == few <= 4


def test_the_page_for_people_names_every_address_and_links_to_the_description(client, meeting):
    page = client.get(BASE).content.decode()

    paths = client.get(f"{BASE}openapi.json").json()["paths"]
    assert len(paths) == 16
    assert [path for path in paths if f"GET {path}" not in page] == []
    assert f'href="{BASE}openapi.json"' in page
