"""The live list: what the public may see, and nothing else.  R-29"""

import pytest
from django.utils import translation

from speakers.entries import deadlines
from speakers.order import precedence
from speakers.views import public
from tests.calls import calls_of_a_row
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting

pytestmark = pytest.mark.django_db
PRIVATE = ["Speaker of Rwanda", "Mission of Rwanda", "rwa@missions.example", "third@missions.example", "a quiet note"]


@pytest.fixture
def inscribed():
    meeting = make_meeting()
    rwanda = make_delegation("RWA", "Rwanda")
    make_inscription(meeting, rwanda, note="a quiet note", copies=["third@missions.example"])
    return meeting


@pytest.mark.parametrize("address", ["speakers/", "speakers.json"])
def test_the_public_list_shows_no_contact_no_note_and_no_name(client, inscribed, address):
    words = client.get(f"/meetings/dialogue/{address}").content.decode()

    assert "Rwanda" in words
    assert [private for private in PRIVATE if private in words] == []


def test_the_list_for_machines_holds_the_public_facts_alone(client, inscribed):
    answer = client.get("/meetings/dialogue/speakers.json").json()

    assert answer["provisional"] is True
    assert answer["speakers"] == [
        {
            "place": 1,
            "delegation": "Rwanda",
            "delegation_code": "RWA",
            "capacity": "national",
            "group": "",
            "band": "member_states",
            "level": "PR",
            "receipt_no": 1,
        }
    ]


def test_if_the_meeting_says_so_the_speaker_is_named(client, inscribed):
    inscribed.speakers_list.shows_speaker_names = True
    inscribed.speakers_list.save()

    (row,) = client.get("/meetings/dialogue/speakers.json").json()["speakers"]

    assert row["speaker"] == "H.E. Ms. Speaker of Rwanda"


def test_an_unverified_entry_is_not_shown(client, inscribed):
    make_inscription(inscribed, make_delegation("KEN", "Kenya"), is_verified=False, at=OPEN)

    for address in ["speakers/", "speakers.json"]:
        assert "Kenya" not in client.get(f"/meetings/dialogue/{address}").content.decode()


def test_the_list_of_a_meeting_that_is_not_published_does_not_exist(client, inscribed):
    inscribed.is_published = False
    inscribed.save()

    answers = {client.get(f"/meetings/dialogue/{address}").status_code for address in ["speakers/", "speakers.json"]}

    assert answers == {404}


def test_once_the_list_is_established_no_page_says_that_it_will_be(client, inscribed):
    entry = inscribed.speakers_list.inscriptions.get()
    address, until = "/meetings/dialogue/speakers/", "until it is established"
    firm = "Places change only if a delegation withdraws, swaps or changes its level"

    open_list, provisional = client.get(address).content.decode(), precedence.explain(entry)[0]
    deadlines.close_by_hand(inscribed.speakers_list, reason="Full", by=STAFF, at=OPEN)
    entry.speakers_list.refresh_from_db()
    closed_list, established = client.get(address).content.decode(), precedence.explain(entry)[0]

    assert (until in open_list, firm in open_list) == (True, False)
    assert (until in closed_list, firm in closed_list) == (False, True)
    assert ("Provisional." in open_list, "Established." in open_list) == (True, False)
    assert ("Provisional." in closed_list, "Established." in closed_list) == (False, True)
    assert provisional == "Place 1 on the list as it stands; provisional until the list is established."
    assert established.startswith("Place 1 on the list as it stands. The list is established:")


def test_names_are_in_the_language_of_the_reader(inscribed):
    kept = {"delegation_name": {"en": "Rwanda", "fr": "Le Rwanda"}, "level_label": {"en": "Ambassador"}}
    inscribed.speakers_list.inscriptions.update(**kept)

    with translation.override("fr"):
        (place,) = precedence.public_order(inscribed.speakers_list)

    assert (place.inscription.delegation, place.inscription.level) == ("Le Rwanda", "Ambassador")


def test_a_row_is_shown_in_few_steps(client, inscribed):
    def grow(count):
        for number in range(inscribed.speakers_list.inscriptions.count(), count):
            make_inscription(inscribed, make_delegation(f"S{number}"))

    def show():
        public.ROWS.forget()
        client.get("/meetings/dialogue/speakers/")

    assert 0 < calls_of_a_row(show, grow) < 200
