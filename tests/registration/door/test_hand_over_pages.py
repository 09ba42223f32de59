"""The desk at the door without any script: forms, words, permissions, and number of queries.  R-55"""

import hashlib
import itertools
import json

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from registration.models import Scan
from tests.factories import OPEN, make_meeting
from tests.registration.factories import make_organization, make_representative, make_request, make_ticketing

pytestmark = pytest.mark.django_db
DESK = "/meetings/dialogue/hand-over/"
numbers = itertools.count(1)


@pytest.fixture
def meeting():
    return make_ticketing().meeting


@pytest.fixture
def sign_in(db):
    """Return a function that signs a client in as a member of the staff `group`."""

    def _sign_in(group):
        user = User.objects.create(username=group.lower().replace(" ", "-"), is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        return client

    return _sign_in


@pytest.fixture
def door(sign_in):
    return sign_in("Door")


def look(client, path="", at=OPEN):
    with clock.stopped(at):
        return client.get(f"{DESK}{path}")


def scan(client, scanned, **changes):
    typed = {"code": scanned, "nonce": f"page{next(numbers)}", "mode": "hand_over", "desk": "Desk 1"}
    headers = {"accept": changes.pop("accept", "text/html")}
    with clock.stopped(OPEN):
        return client.post(f"{DESK}scans/", typed | changes, headers=headers)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def code_of(person):
    return person.vouchers.get().code


def test_a_scan_is_a_form_whose_answer_is_the_verdict_and_the_next_form(door, meeting):
    person = make_representative(meeting, "approved", first_name="Ada", last_name="Lovelace")

    green, amber, red = (scan(door, code) for code in [code_of(person), code_of(person), "nothing"])

    assert "verdict--green" in text_of(green)
    assert "Hand the ticket over" in text_of(green)
    assert "Ada Lovelace" in text_of(green)
    assert "Stop: already used" in text_of(amber)
    assert "The ticket was handed over at 1:00 p.m., Desk 1, by door." in text_of(amber)
    assert "Refuse: unknown code" in text_of(red)
    assert 'name="code"' in text_of(red)
    assert 'value="Desk 1"' in text_of(red)


def test_reloading_the_answer_is_no_second_scan(door, meeting):
    person = make_representative(meeting, "approved")

    for _ in range(2):
        answer = scan(door, code_of(person), nonce="the same form")

    assert "verdict--green" in text_of(answer)
    assert Scan.objects.count() == 1


def test_each_page_carries_its_own_number_for_the_next_scan(door, meeting):
    pages = [text_of(look(door)) for _ in range(2)]

    assert len({page.partition('name="nonce" value="')[2][:32] for page in pages}) == 2


def test_scripts_get_the_same_as_json_and_a_bad_form_is_answered_in_words(door, meeting):
    person = make_representative(meeting, "approved", first_name="Ada", last_name="Lovelace")

    good = scan(door, code_of(person), accept="application/json")
    bad = scan(door, "", accept="application/json")

    assert (good.json()["verdict"], good.json()["name"]) == ("green", "Ada Lovelace")
    assert (bad.status_code, bad.json()) == (422, {"refusal": "Nothing was scanned."})


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "dance"},
        {"nonce": ""},
        {"nonce": "n" * 65},
        {"told": "purple", "device_at": "2016-09-06T12:00:00Z"},
        {"told": "green"},
        {"device_at": "yesterday"},
        {"device_at": "0001-01-01T00:00:00+14:00"},
        {"code": "c" * 2001},
        {"desk": "d" * 81},
        {"code": "nul\x00"},
        {"code": "", "code_digest": "0" * 64},
        {"code": "", "code_digest": "no digest", "told": "green", "device_at": "2016-09-06T12:00:00Z"},
    ],
)
def test_what_none_of_our_forms_sends_is_refused_and_never_a_server_error(door, meeting, wrong):
    answer = scan(door, "code", **wrong)

    assert answer.status_code == 422
    assert "Nothing was scanned." in text_of(answer)
    assert Scan.objects.count() == 0


def test_what_a_device_judged_offline_is_stored_and_a_conflict_shows_on_every_desk(door, sign_in, meeting):
    person = make_representative(meeting, "approved", first_name="Ada", last_name="Lovelace")
    scan(door, code_of(person))

    scan(door, code_of(person), told="green", device_at="2016-08-31T16:30:00.123Z", desk="Desk 2")

    page = text_of(look(sign_in("Door supervisor")))
    assert "To be cleared up" in page
    assert "find out who has the ticket. <span" in page
    assert "Scanned at 12:30 p.m., Desk 2, by door, by the clock of a device without a network." in page
    assert look(door, "counts.json").json()["conflicts"][0]["name"] == "Ada Lovelace"


def test_a_device_that_was_offline_sends_the_digest_of_a_code_and_is_understood(door, meeting):
    person = make_representative(meeting, "approved", first_name="Ada", last_name="Lovelace")
    digest = hashlib.sha256(code_of(person).encode()).hexdigest()
    alone = {"told": "green", "device_at": "2016-08-31T16:30:00Z", "accept": "application/json"}

    answer = scan(door, "", code_digest=digest, **alone).json()

    assert (answer["outcome"], answer["name"], answer["is_conflict"]) == ("handed_over", "Ada Lovelace", False)


def test_the_shell_that_devices_cache_contains_no_names(door, meeting):
    person = make_representative(meeting, "approved", first_name="Ada", last_name="Lovelace")
    scan(door, code_of(person))
    scan(door, code_of(person), told="green", device_at="2016-08-31T16:30:00Z")

    assert "Lovelace" in text_of(look(door))
    assert "Lovelace" not in text_of(look(door, "?shell"))


def test_the_counts_are_expected_arrived_and_inside(door, meeting):
    one, other = make_representative(meeting, "approved"), make_representative(meeting, "approved")
    make_representative(meeting, "on_manifest", has_grounds_pass=True)
    make_representative(meeting, "waitlisted")
    type(one).objects.filter(pk__in=[one.pk, other.pk]).update(has_grounds_pass=True)

    for code in [code_of(one), code_of(other)]:
        scan(door, code)
    scan(door, code_of(one), mode="out")

    counted = look(door, "counts.json").json()
    assert (counted["expected"], counted["arrived"], counted["inside"]) == (3, 2, 1)
    assert "those scanned going out and not coming back" in text_of(look(door))


def test_strangers_are_sent_to_sign_in_other_staff_are_refused_and_a_meeting_without_tickets_is_not_found(
    door, sign_in, meeting
):
    make_meeting("without")

    for path in ["", "counts.json", "list.json"]:
        assert look(Client(), path).status_code == 302
        assert look(sign_in("List officer") if path == "" else door, path).status_code == (403 if path == "" else 200)
    assert scan(Client(), "code").status_code == 302
    assert door.get("/meetings/without/hand-over/").status_code == 404
    assert door.get(f"{DESK}scans/").status_code == 405
    assert Scan.objects.count() == 0


@pytest.mark.parametrize("group", ["Door supervisor", "Civil society officer", "Secretariat lead"])
def test_supervisors_and_the_office_find_by_name_and_hand_over(sign_in, meeting, group):
    client = sign_in(group)
    make_representative(meeting, "approved", first_name="Ada", last_name="Lovelace")
    person = make_representative(meeting, "approved", first_name="Zoé", last_name="Łukasz", name_key="zoe łukasz")

    with clock.stopped(OPEN):
        found = client.post(f"{DESK}find/", {"name": "zoe"})
        done = client.post(f"{DESK}persons/{person.public_id}/", {"nonce": f"by name {group}", "desk": "Desk 1"})

    assert "Zoé Łukasz" in text_of(found)
    assert "Lovelace" not in text_of(found)
    assert "verdict--green" in text_of(done)
    assert Scan.objects.get().is_by_name


def test_an_operator_who_only_scans_cannot_find_people_by_name(door, meeting):
    person = make_representative(meeting, "approved")

    with clock.stopped(OPEN):
        answers = [
            door.post(f"{DESK}find/", {"name": "Ada"}),
            door.post(f"{DESK}persons/{person.public_id}/", {"nonce": "n"}),
        ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Find by name" not in text_of(look(door))


@pytest.mark.parametrize("nonce", ["", "n" * 65, "nul\x00"])
def test_by_name_too_what_none_of_our_forms_sends_is_refused_in_words(sign_in, meeting, nonce):
    client = sign_in("Door supervisor")
    person = make_representative(meeting, "approved")

    with clock.stopped(OPEN):
        answer = client.post(f"{DESK}persons/{person.public_id}/", {"nonce": nonce})

    assert answer.status_code == 422
    assert "Nothing was handed over." in text_of(answer)
    assert Scan.objects.count() == 0


def test_a_name_is_found_by_organization_too_and_only_among_those_of_the_meeting(sign_in, meeting):
    client = sign_in("Door supervisor")
    request = make_request(meeting, "Centre for Peace")
    make_representative(request=request, state="approved", first_name="Ada", last_name="Lovelace")
    other = make_ticketing(make_meeting("other")).meeting
    make_representative(request=make_request(other, "Centre for Peace"), state="approved", last_name="Elsewhere")
    make_organization()

    with clock.stopped(OPEN):
        found = text_of(client.post(f"{DESK}find/", {"name": "peace"}))

    assert "Lovelace" in found
    assert "Elsewhere" not in found


def test_the_signed_list_comes_as_text_signature_and_key(door, meeting):
    make_representative(meeting, "approved")

    answer = look(door, "list.json").json()

    assert set(answer) == {"text", "signature", "key"}
    assert len(json.loads(answer["text"])["vouchers"]) == 1
    assert f'data-key="{answer["key"]}"' in text_of(look(door))


def test_the_worker_is_served_beside_the_page_it_keeps(door, meeting):
    answer = look(door, "worker.js")

    assert answer["Content-Type"] == "text/javascript"
    assert "addEventListener" in answer.content.decode()


def test_the_desk_takes_the_same_queries_for_one_and_for_five_conflicts(door, meeting):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert look(door).status_code == 200
        return len(asked)

    def conflict():
        person = make_representative(meeting, "approved")
        for told in [{}, {"told": "green", "device_at": "2016-08-31T16:30:00Z"}]:
            scan(door, code_of(person), **told)

    conflict()
    first = cost()
    for _ in range(4):
        conflict()

    assert cost() == first <= 12


def test_the_scans_are_listed_for_staff_and_cannot_be_changed(sign_in, meeting):
    client = sign_in("Civil society officer")
    person = make_representative(meeting, "approved", first_name="Ada", last_name="Lovelace")
    scan(client, code_of(person))

    listed = client.get("/secretariat/registration/scan/")
    one = client.get(f"/secretariat/registration/scan/{Scan.objects.get().pk}/change/")

    assert "Ada Lovelace" in text_of(listed)
    assert one.status_code == 200
    assert client.get("/secretariat/registration/scan/add/").status_code == 403
