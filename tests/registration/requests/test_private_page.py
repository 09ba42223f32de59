"""The private page of a request: its links are ended or renewed, persons are added, and each reads how it stands.

R-46 R-47 R-49 R-53 R-59
"""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

import clock
from dialogue.models import Contact
from journal import chain
from journal.models import Entry
from outbox import desk
from outbox.models import Message
from registration.mail import notices
from registration.models import Representative
from registration.refusals import TicketRefused, TooMany
from registration.requests import amending, confirming, ending, finding, links, requesting
from registration.requests.status import Standing
from tests.factories import OPEN, STAFF
from tests.registration.factories import PASS_CLOSES, make_representative, make_request, make_ticketing
from tests.registration.typing import kinds

pytestmark = pytest.mark.django_db
FOCAL_POINT = "focal@ngo.example"


@pytest.fixture
def meeting():
    return make_ticketing(capacity=1).meeting


@pytest.fixture
def request_(meeting):
    """A request that its focal point confirmed, without representatives."""
    return make_request(meeting, contact_email=FOCAL_POINT)


def status(address):
    with clock.stopped(OPEN):
        return Client().get(urlsplit(address).path).status_code


def end_links(page, **pressed):
    """Press one of the two buttons below the private page at the address `page`."""
    with clock.stopped(OPEN):
        return Client().post(f"{urlsplit(page).path}links/", pressed)


def a_person(**changes):
    """A representative as the form returns it, not stored."""
    return Representative(**{"first_name": "Bob", "last_name": "Bell", "email": "bob@ngo.example"} | changes)


def add(request, person, at=OPEN):
    return requesting.add(request, person, by=STAFF, arrived_at=at)


def test_a_new_link_is_mailed_to_the_focal_point_and_ends_all_others(meeting, request_):
    page, other = links.to_page(request_, at=OPEN), links.to_page(request_, at=OPEN)
    found = links.to_address(meeting, FOCAL_POINT, network="", at=OPEN)

    answer = end_links(page, act="new")

    mail = Message.objects.get()
    assert (answer.status_code, status(answer.url)) == (302, 200)
    assert [status(each) for each in (page, other, found)] == [410, 410, 410]
    assert (mail.kind, mail.to, mail.is_secret) == ("registration.new_page", [FOCAL_POINT], True)
    assert answer.url in mail.body
    assert Entry.objects.latest("pk").act == "private links renewed"
    assert chain.problems(meeting.journal_stream) == []


def test_links_are_ended_without_a_new_one(meeting, request_):
    page = links.to_page(request_, at=OPEN)

    answer = end_links(page)

    assert (answer.status_code, status(page)) == (200, 410)
    assert kinds() == []
    assert Entry.objects.latest("pk").act == "private links ended"


def test_the_links_of_other_requests_stay(meeting, request_):
    another = links.to_page(make_request(meeting, "Another"), at=OPEN)

    end_links(links.to_page(request_, at=OPEN))

    assert status(another) == 200


def test_a_person_is_added_and_asked_to_confirm(request_):
    added = add(request_, a_person())

    kept = request_.representatives.get()
    assert (kept.pk, kept.full_name, kept.state, kept.asked_at) == (added.pk, "Bob Bell", "submitted", OPEN)
    assert [(mail.kind, mail.to) for mail in Message.objects.all()] == [("registration.link", ["bob@ngo.example"])]
    assert Entry.objects.get(act="representative added").payload.after["email"] == "bob@ngo.example"


def test_no_one_is_added_to_a_request_that_has_ended(request_):
    person = make_representative(request=request_)
    ending.cancel_request(request_, by=STAFF, at=OPEN)

    with pytest.raises(TicketRefused, match="This request has ended"):
        add(request_, a_person())

    assert [each.pk for each in request_.representatives.all()] == [person.pk]


def test_no_one_is_added_too_late_or_under_an_address_that_is_used_already(request_):
    make_representative(request=request_, email="bob@ngo.example")

    with pytest.raises(TicketRefused, match="appears twice"):
        add(request_, a_person(email="Bob@ngo.example"))
    with pytest.raises(TicketRefused, match="closed on"):
        add(request_, a_person(email="eve@ngo.example"), at=PASS_CLOSES)

    assert request_.representatives.count() == 1


def test_who_is_too_late_reads_whom_to_write_to(meeting):
    Contact.objects.create(
        meeting=meeting,
        role="civil_society",
        name="Outreach",
        email="outreach@office.example",
        telephone="+12129635063",
    )

    said = requesting.why_closed_without_pass(meeting.ticketing)

    assert said.endswith("Questions go to Outreach, outreach@office.example.")


def test_a_request_names_at_least_one_representative(meeting):
    refusal = requesting.objection([], meeting.ticketing, at=OPEN)

    assert str(refusal) == "Name at least one representative."


def test_confirming_what_is_confirmed_leads_on_and_writes_nothing(meeting, request_):
    person = make_representative(request=request_)
    entries = Entry.objects.count()

    page = confirming.confirm_request(request_, at=OPEN)

    assert confirming.confirm_representative(person, at=OPEN).turn == person.turn
    assert status(page) == 200
    assert (Entry.objects.count(), kinds()) == (entries, [])


def test_after_48_hours_or_once_disowned_a_request_is_not_confirmed(meeting):
    request = make_request(meeting, is_confirmed=False)
    with pytest.raises(TicketRefused, match="not confirmed within 48 hours"):
        confirming.confirm_request(request, at=OPEN + timedelta(hours=48))

    confirming.disown(request, by=STAFF, at=OPEN)
    with pytest.raises(TicketRefused, match="or was ended"):
        confirming.confirm_request(request, at=OPEN)

    request.refresh_from_db()
    assert request.confirmed_at is None


def test_what_has_ended_is_neither_amended_nor_cancelled(request_):
    person = make_representative(request=request_, state="cancelled")

    with pytest.raises(TicketRefused, match="cannot be amended"):
        amending.amend(person, {"last_name": "King"}, by=STAFF, arrived_at=OPEN)
    with pytest.raises(TicketRefused, match="cannot be cancelled"):
        ending.cancel(person, by=STAFF, at=OPEN)
    with pytest.raises(TicketRefused, match="no one to cancel"):
        ending.cancel_request(request_, by=STAFF, at=OPEN)

    kept = Representative.objects.get(pk=person.pk)
    assert (kept.state, kept.full_name) == ("cancelled", person.full_name)


def test_one_network_asks_for_so_many_links_within_an_hour_whatever_stands_under_them(meeting, request_, monkeypatch):
    monkeypatch.setattr(finding, "LINKS_PER_NETWORK", 1)
    finding.send_link(meeting, FOCAL_POINT, network="192.0.2.1", at=OPEN)

    for address in (FOCAL_POINT, "unknown@ngo.example"):
        with pytest.raises(TooMany, match="from your network"):
            finding.send_link(meeting, address, network="192.0.2.1", at=OPEN)
    finding.send_link(meeting, "unknown@ngo.example", network="192.0.2.2", at=OPEN)

    assert kinds() == ["link"]


def test_who_waits_reads_the_position_on_the_waiting_list(meeting):
    make_representative(meeting, "approved")
    persons = [make_representative(meeting, "waitlisted") for _ in range(2)]

    sentences = [Standing.of(person).sentence for person in persons]

    assert [f"position {number}." in each for number, each in enumerate(sentences, start=1)] == [True, True]


def test_who_was_told_of_an_approval_reads_that_the_seat_is_held_while_a_change_is_reviewed(meeting):
    person = make_representative(meeting, "approved")
    amending.amend(person, {"last_name": "King"}, by=STAFF, arrived_at=OPEN)
    person.refresh_from_db()

    standing = Standing.of(person)

    assert standing.sentence == "Received, under review again after a change. The seat remains held in the meantime."
    assert not standing.has_voucher


def test_a_selection_is_shown_once_its_mail_is_released(meeting):
    person = make_representative(meeting, "approved", wishes_to_speak=True, topic="Peace", statement_language="fr")
    person.selection = Representative.Selection.SELECTED
    witness = Entry.objects.latest("pk")

    drafted = notices.draft("selected", person, witness=witness, words="", time="three minutes", wordcount=330)
    before = Standing.of(person).is_selected
    desk.release(drafted, at=OPEN)

    assert (before, Standing.of(person).is_selected) == (False, True)
