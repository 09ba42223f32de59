"""Names in other scripts and orders: asked for, kept, compared, shown.  R-49 R-71 R-75"""

import pytest

import clock
from registration import naming
from registration.models import Representative
from registration.refusals import TicketRefused
from registration.requests import amending, links, requesting
from tests.factories import OPEN, STAFF
from tests.registration.factories import make_representative, make_request, make_ticketing
from tests.registration.typing import PATH, PERSON, typed

pytestmark = pytest.mark.django_db
RUSSIAN = {"first_name": "Ольга", "last_name": "Петрова", "email": "olga@ngo.example"}
LATIN = {"latin_first_name": "Olga", "latin_last_name": "Petrova"}
NEEDED = "Enter the name in Latin letters too"


@pytest.fixture
def meeting():
    return make_ticketing().meeting


def post(client, *persons):
    with clock.stopped(OPEN):
        return client.post(PATH, typed(*persons))


@pytest.mark.parametrize(
    ("text", "is_latin"), [("Łukasz Żó", True), ("O’Neil-3", True), ("Saʻo ʿAbd", True), ("王", False), ("Οnly", False)]
)
def test_latin_letters_are_those_with_marks_too_and_no_look_alikes(text, is_latin):
    assert naming.is_latin(text) == is_latin


def test_a_name_in_another_script_needs_its_latin_form_at_each_field(client, meeting):
    refused = post(client, PERSON, RUSSIAN)
    half = post(client, PERSON, RUSSIAN | {"latin_last_name": "Петрова"})
    done = post(client, PERSON, RUSSIAN | LATIN)

    # Of the two names, each once in the summary and once at its field.
    assert (refused.content.decode().count(NEEDED), refused.status_code) == (4, 422)
    assert "Enter this in Latin letters only." in half.content.decode()
    assert done.status_code == 302
    kept = Representative.objects.get(first_name="Ольга")
    assert (kept.latin_name, kept.latin_key, kept.name_key) == ("Olga Petrova", "olga petrova", "ольга петрова")


def test_a_latin_form_of_a_latin_name_is_not_kept(client, meeting):
    post(client, PERSON | {"latin_first_name": "Eve", "latin_last_name": "Other"})

    assert Representative.objects.get().latin_name == ""


def test_the_rule_refuses_what_the_form_would(meeting):
    request = make_request(meeting)

    with pytest.raises(TicketRefused, match=NEEDED):
        requesting.add(request, Representative(**RUSSIAN), by=STAFF, arrived_at=OPEN)
    person = requesting.add(request, Representative(**RUSSIAN | LATIN), by=STAFF, arrived_at=OPEN)
    with pytest.raises(TicketRefused, match=NEEDED):
        amending.amend(person, {"latin_last_name": ""}, by=STAFF, arrived_at=OPEN)


def test_the_family_name_comes_first_where_the_person_says_so(meeting):
    person = make_representative(
        meeting, first_name="小明", last_name="王", latin_first_name="Xiaoming", latin_last_name="Wang"
    )
    person.is_family_name_first = True

    assert (person.full_name, person.latin_name) == ("王 小明", "Wang Xiaoming")
    assert person.name_for_security == "王 小明 (Wang Xiaoming)"
    assert person.passport_names == ("Xiaoming", "Wang")


def test_one_person_in_two_scripts_is_one_name(meeting):
    olga = make_representative(meeting, **RUSSIAN | LATIN, latin_key="olga petrova")
    same = make_representative(meeting, first_name="Olga", last_name="Petrova")
    make_representative(meeting, first_name="Olga", last_name="Other")

    assert set(Representative.objects.named(olga.name_key, olga.latin_key)) == {olga, same}
    assert set(Representative.objects.named(same.name_key, same.latin_key)) == {olga, same}


def test_an_amended_latin_form_ends_the_voucher_and_the_page_says_so_before(client, meeting):
    person = make_representative(meeting, "approved", **RUSSIAN | LATIN)
    with clock.stopped(OPEN):
        page = client.get(links.to_page(person.request, at=OPEN).split("testserver")[-1].split("8000")[-1])
    amending.amend(person, {"latin_last_name": "Petrowa"}, by=STAFF, arrived_at=OPEN)

    person.refresh_from_db()
    assert "ends the voucher for good" in page.content.decode()
    assert (person.state, person.vouchers.good().exists()) == ("confirmed", False)
