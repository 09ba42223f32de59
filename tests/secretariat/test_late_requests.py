"""Late requests and extensions at the desk.  R-27"""

from datetime import timedelta

import pytest
from django.urls import reverse

import clock
from speakers.entries import extensions
from speakers.models import Extension, LateRequest
from tests import factories
from tests.config.test_decisions import late_request
from tests.factories import DEADLINE, STAFF
from tests.secretariat import pages

LATER = DEADLINE + timedelta(hours=1)


@pytest.fixture
def meeting(db):
    """A closed list with one Member State on it."""
    made = factories.make_meeting()
    factories.make_inscription(made, factories.make_delegation("GHA", "Ghana"))
    with clock.stopped(LATER):
        yield made


@pytest.fixture
def late(meeting):
    return late_request(meeting, "KEN")


def address(subject, name):
    return reverse(f"admin:speakers_{subject._meta.model_name}_act", args=[subject.pk, name])


def test_one_page_shows_who_filed_it_the_official_addresses_and_which_place_it_would_take(officer, late):
    factories.make_focal_point(late.delegation, "first@missions.example")

    with clock.stopped(LATER):
        shown = pages.text(officer.get(address(late, "accept")))

    assert "Filed from: ken@missions.example" in shown
    assert "It is a focal point of no delegation." in shown
    assert "first@missions.example (at the same domain as the filer)" in shown
    assert "If accepted now, it takes place 2 of 2: the end of its band, time permitting." in shown
    assert "Decline" in shown


def test_an_officer_accepts_for_a_reason(officer, meeting, late):
    with clock.stopped(LATER):
        without = officer.post(address(late, "accept"))
        officer.post(address(late, "accept"), {"reason": "There is time"})

    late.refresh_from_db()
    assert "This field is required." in pages.text(without)
    assert late.state == "accepted"
    assert factories.order_of(meeting) == ["GHA", "KEN"]


def test_an_officer_declines_with_a_text(officer, meeting, late):
    with clock.stopped(LATER):
        without = officer.post(address(late, "decline"))
        officer.post(address(late, "decline"), {"answer": "The meeting is full."})

    late.refresh_from_db()
    assert "This field is required." in pages.text(without)
    assert (late.state, late.answer) == ("declined", "The meeting is full.")
    assert factories.order_of(meeting) == ["GHA"]


def test_what_the_rule_refuses_is_said_on_the_page(officer, meeting, late):
    factories.make_inscription(meeting, late.delegation, at=factories.OPEN)

    with clock.stopped(LATER):
        sent = officer.post(address(late, "accept"), {"reason": "There is time"})
        shown = pages.text(officer.get(address(late, "accept")))

    assert "is already inscribed in its national capacity (receipt 2)." in pages.text(sent)
    assert "Receipt 2, national capacity, standing, filed from ken@missions.example" in shown


def test_a_reader_sees_requests_and_decides_nothing(reader, late):
    shown = reader.get(reverse("admin:speakers_laterequest_change", args=[late.pk]))

    assert shown.status_code == 200
    assert reader.post(address(late, "decline"), {"answer": "No"}).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_requests_costs_the_same_for_any_number(reader, meeting, number, django_assert_num_queries):
    for code in ["KEN", "FRA", "CRI"][:number]:
        late_request(meeting, code)

    with django_assert_num_queries(7):
        reader.get(reverse("admin:speakers_laterequest_changelist"))

    assert LateRequest.objects.count() == number


def extend(client, meeting, **typed):
    form = {"until_0": "2016-09-02", "until_1": "13:00:00", "reason": "A fault of the network"} | typed
    return client.post(pages.meeting_act(meeting, "extend"), form)


def test_an_officer_extends_for_one_delegation_in_the_meetings_own_time(officer, meeting):
    kenya = factories.make_delegation("KEN", "Kenya")

    with clock.stopped(LATER):
        done = extend(officer, meeting, delegation=kenya.code)
        shown = pages.text(officer.get(done.url))

    extension = Extension.objects.get()
    assert extension.until == DEADLINE + timedelta(days=1)
    assert "Kenya may inscribe until Friday, 2 September 2016, 1:00 p.m. (New York time)." in shown
    assert "No focal point is on record: inform the mission." in shown


def test_an_extension_needs_a_reason_and_a_moment_that_can_be(officer, meeting):
    kenya = factories.make_delegation("KEN", "Kenya")

    with clock.stopped(LATER):
        without = extend(officer, meeting, delegation=kenya.code, reason="")
        past = extend(officer, meeting, delegation=kenya.code, until_0="2016-08-30")

    assert "This field is required." in pages.text(without)
    assert "This moment has passed." in pages.text(past)
    assert not Extension.objects.exists()


def test_an_officer_ends_an_extension_with_a_reason(officer, meeting):
    kenya = factories.make_delegation("KEN", "Kenya")
    extension = extensions.grant(
        meeting.speakers_list,
        delegation=kenya,
        until=DEADLINE + timedelta(days=1),
        reason="A fault",
        by=STAFF,
        at=LATER,
    )

    with clock.stopped(LATER):
        officer.post(address(extension, "end"), {"reason": "It has inscribed"})

    assert not extensions.accepts(meeting.speakers_list, kenya, LATER)


def test_a_reader_grants_nothing(reader, meeting):
    assert extend(reader, meeting).status_code == 403
