"""Entering on behalf of a delegation: an ordinary entry while the list is open, a late one after closing.  R-27"""

from datetime import timedelta

import pytest
from django.urls import reverse

import clock
from journal.models import Entry
from outbox.models import Message
from speakers import records
from speakers.models import SpeakersList
from tests import factories
from tests.factories import DEADLINE
from tests.secretariat import pages

ADD = reverse("admin:speakers_inscription_add")


@pytest.fixture
def meeting(at_the_desk, db):
    factories.make_level("PR")
    return factories.make_meeting()


def typed(delegation, **changes):
    return {
        "key": "0b6b3a52-9bd5-4a4a-8f0e-2f5a4f0f3f11",
        "reason": "By letter of the mission",
        "delegation": delegation.code,
        "capacity": "national",
        "is_to_be_confirmed": "on",
        "level": "PR",
        "language": "en",
        "contact_name": "The mission",
        "contact_email": "gha@missions.example",
        **changes,
    }


def test_while_the_list_is_open_it_is_an_ordinary_entry(officer, meeting):
    ghana = factories.make_delegation("GHA", "Ghana")

    answer = officer.post(ADD, typed(ghana))

    entry = meeting.speakers_list.inscriptions.get()
    assert answer.url == pages.entry_page(entry)
    assert (entry.receipt_no, entry.is_late, entry.is_standing) == (1, False, True)
    assert entry.filed_by_email == officer.staff.username
    assert [line.act for line in Entry.objects.about(records.subject(entry))] == ["inscribed on behalf"]
    assert Message.objects.filter(to__icontains="gha@missions.example").count() == 1


def test_after_the_deadline_it_is_late_and_at_the_end_of_its_band(officer, meeting):
    factories.make_inscription(meeting, factories.make_delegation("JPN", "Japan"), "OTH")
    ghana = factories.make_delegation("GHA", "Ghana")

    with clock.stopped(DEADLINE + timedelta(hours=1)):
        officer.post(ADD, typed(ghana))
        page = officer.get(pages.list_page())

    assert factories.order_of(meeting) == ["JPN", "GHA"]
    assert pages.cells(page, "marks") == ["", "late"]
    assert Entry.objects.latest("pk").act == "admitted late"


def test_the_same_form_sent_twice_is_recorded_once(officer, meeting):
    ghana = factories.make_delegation("GHA", "Ghana")

    first, second = officer.post(ADD, typed(ghana)), officer.post(ADD, typed(ghana))

    assert first.url == second.url
    assert meeting.speakers_list.inscriptions.count() == 1


def test_a_missing_reason_and_a_second_entry_are_refused_in_words_with_all_that_was_typed(officer, meeting):
    ghana = factories.make_delegation("GHA", "Ghana")
    factories.make_inscription(meeting, ghana)

    without = officer.post(ADD, typed(ghana, reason=""))
    second = officer.post(ADD, typed(ghana, note="Please call back"))

    assert "This field is required." in pages.text(without)
    assert "Ghana is already inscribed in its national capacity (receipt 1)." in pages.text(second)
    assert "Please call back" in second.content.decode()
    assert meeting.speakers_list.inscriptions.count() == 1


def test_the_page_names_the_meeting_and_its_deadline(officer, meeting):
    shown = pages.text(officer.get(ADD))

    assert "Inscription closes on Thursday, 1 September 2016, 1:00 p.m. (New York time)." in shown


def test_a_list_that_the_chair_closes_has_no_exact_deadline_there(officer, meeting):
    SpeakersList.objects.update(closes_when_announced=True)

    shown = pages.text(officer.get(ADD))

    assert "Inscription closes when the Chair announces it, about Thursday, 1 September 2016" in shown


def test_without_a_meeting_there_is_nothing_to_enter(officer):
    assert officer.get(ADD).status_code == 404
