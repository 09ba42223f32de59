"""A delegation's place in its calendar: one lasting event, updated with every change, private to it.  R-30"""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

import clock
from acts.locking import locked
from speakers.delegations import access
from speakers.entries import calling, withdrawing
from tests.factories import (
    OPEN,
    STAFF,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_meeting,
)

pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def meeting():
    with clock.stopped(OPEN):
        meeting = make_meeting()
        for code in ["RWA", "KEN"]:
            make_focal_point(make_delegation(code, code.title()))
        yield meeting


@pytest.fixture
def inscription(meeting):
    return make_inscription(meeting, make_delegation("RWA"))


def signed_in(address="rwa@missions.example"):
    client = Client()
    session = client.session
    session[access.ADDRESS] = address
    session.save()
    return client


def address_of(inscription):
    return f"/meetings/dialogue/speakers/inscriptions/{inscription.public_id}.ics"


def event_of(inscription):
    answer = signed_in().get(address_of(inscription))
    assert answer.status_code == 200, answer.status_code
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    return event


def hours(event):
    return tuple(event[name].dt.astimezone(NEW_YORK).strftime("%Y-%m-%d %H:%M") for name in ("dtstart", "dtend"))


def test_the_event_lasts_from_the_earliest_moment_to_the_end_of_a_statement_begun_at_the_latest(inscription):
    event = event_of(inscription)

    assert hours(event) == ("2016-09-06 10:00", "2016-09-06 10:05")
    assert event["dtstart"].to_ical() == b"20160906T140000Z"
    assert event["summary"].startswith("Rwa speaks about 10:00 a.m.")
    assert event["description"].splitlines()[:2] == ["Receipt 1.", "Place 1 on the list as it stands; it may change."]
    assert event["status"] == "CONFIRMED"


def test_the_identity_never_changes_and_the_sequence_rises_with_every_change_alone(meeting, inscription):
    first, again = event_of(inscription), event_of(inscription)
    make_inscription(meeting, make_delegation("KEN"), level="MFA")
    changed = event_of(inscription)

    assert first.to_ical() == again.to_ical()
    assert {event["uid"] for event in (first, changed)} == {f"inscription-{inscription.public_id}@localhost"}
    assert changed["sequence"] > first["sequence"]
    assert changed["dtend"].dt > first["dtend"].dt


def test_a_withdrawn_entry_is_cancelled_under_the_same_identity(inscription):
    before = event_of(inscription)
    withdrawing.withdraw(inscription, by=STAFF, at=OPEN)

    event = event_of(inscription)

    assert (event["uid"], event["status"]) == (before["uid"], "CANCELLED")
    assert event["sequence"] > before["sequence"]
    assert "holds no place" in event["description"]


def test_an_unverified_entry_is_tentative_and_lasts_the_sitting_that_it_prefers(meeting):
    entry = make_inscription(
        meeting,
        make_delegation("GHA"),
        is_verified=False,
        preferred_sitting="afternoon",
        contact_email="rwa@missions.example",
    )

    event = event_of(entry)

    assert (event["status"], hours(event)) == ("TENTATIVE", ("2016-09-06 15:00", "2016-09-06 18:00"))


def test_a_called_entry_has_the_moment_at_which_it_was_called(meeting, inscription):
    at = meeting.starts_at + timedelta(minutes=31)
    with locked(meeting.speakers_list) as speakers_list:
        calling.call(inscription, speakers_list, by=STAFF, at=at)

    assert hours(event_of(inscription)) == ("2016-09-06 10:31", "2016-09-06 10:34")


def test_an_entry_beyond_the_available_time_has_the_last_sitting(meeting):
    meeting.speakers_list.national_limit = timedelta(hours=3)
    meeting.speakers_list.save()
    make_inscription(meeting, make_delegation("KEN"))
    make_inscription(meeting, make_delegation("UGA"))
    last = make_inscription(meeting, make_delegation("RWA"))

    event = event_of(last)

    assert hours(event) == ("2016-09-06 15:00", "2016-09-06 18:00")
    assert "time permitting" in event["summary"]


def test_it_holds_no_contact_and_no_note(meeting):
    inscription = make_inscription(
        meeting, make_delegation("RWA"), note="a quiet note", contact_telephone="+41225550000"
    )

    text = signed_in().get(address_of(inscription)).content.decode()

    assert [
        private for private in ["a quiet note", "+4122", "@missions.example", "Mission of"] if private in text
    ] == []


def test_it_is_for_no_one_else(inscription):
    stranger = Client().get(address_of(inscription))
    assert (stranger.status_code, stranger["Location"].split("?")[0]) == (302, "/meetings/dialogue/speakers/sign-in/")

    assert signed_in("ken@missions.example").get(address_of(inscription)).status_code == 404


def test_no_cache_keeps_it_and_the_receipt_leads_to_it(inscription):
    client = signed_in()

    assert "no-store" in client.get(address_of(inscription))["Cache-Control"]
    assert f'href="{address_of(inscription)}"' in client.get(inscription.get_absolute_url()).content.decode()
