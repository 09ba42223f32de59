"""The office has the tickets: an act on the terms.  R-48 R-51"""

import pytest
from django.urls import reverse

from journal.models import Entry
from registration.models import Representative
from registration.refusals import TicketRefused
from registration.requests import amending
from tests.confirming import seen_in, twice
from tests.factories import OPEN, STAFF
from tests.registration.factories import make_representative, make_ticketing
from tests.secretariat import pages


@pytest.fixture
def office(sign_in, at_the_desk):
    return sign_in("Civil society officer")


@pytest.fixture
def meeting(at_the_desk, db):
    return make_ticketing().meeting


def act_page(meeting):
    return reverse("admin:registration_ticketing_act", args=[meeting.ticketing.pk, "collect"])


def test_the_tickets_of_all_on_the_manifest_are_collected_and_journalled(office, meeting):
    for state in ["on_manifest", "on_manifest", "approved", "handed_over"]:
        make_representative(meeting, state)

    page = office.get(act_page(meeting))
    shown = pages.text(office.post(act_page(meeting), {"seen": seen_in(page)}, follow=True))

    assert "2 tickets would be collected. Their names could no longer be amended. Ada" in pages.text(page)
    assert "2 tickets are collected." in shown
    assert list(Representative.objects.order_by("pk").values_list("state", flat=True)) == [
        *("collected", "collected", "approved", "handed_over")
    ]
    assert Entry.objects.filter(act="ticket collected").count() == 2


def test_a_collected_ticket_is_printed_and_its_name_stays(office, meeting):
    person = make_representative(meeting, "on_manifest")
    twice(office, act_page(meeting))

    with pytest.raises(TicketRefused, match="has been printed"):
        amending.amend(person, {"last_name": "King"}, by=STAFF, arrived_at=OPEN)


def test_a_ticket_that_was_not_on_the_page_is_not_collected(office, meeting):
    make_representative(meeting, "on_manifest")
    seen = seen_in(office.get(act_page(meeting)))
    make_representative(meeting, "on_manifest")

    asked = pages.text(office.post(act_page(meeting), {"seen": seen}))

    assert "This has changed since you were asked." in asked
    assert not Representative.objects.filter(state="collected").exists()


def test_with_no_one_on_the_manifest_nothing_is_collected(office, meeting):
    make_representative(meeting, "approved")

    twice(office, act_page(meeting))

    assert Representative.objects.get().state == "approved"


def test_an_operator_who_only_scans_does_not_collect(sign_in, meeting):
    person = make_representative(meeting, "on_manifest")

    answer = sign_in("Door").post(act_page(meeting))

    person.refresh_from_db()
    assert (answer.status_code, person.state) == (403, "on_manifest")
