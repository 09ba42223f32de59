"""Facts that staff edit: meetings, the programme, delegations, focal points; each save is journalled.  R-01 R-58"""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from dialogue.models import Meeting, ProgrammeSlot
from journal.models import Entry
from speakers.models import FocalPoint, SpeakersList
from tests import factories
from tests.secretariat import pages

pytestmark = pytest.mark.django_db


def form_of(client, address):
    return pages.typed(client.get(address))


@pytest.fixture
def meeting(at_the_desk):
    return factories.make_meeting()


def test_a_changed_fact_of_a_meeting_is_stored_and_journalled_on_its_own_chain(lead, meeting):
    typed = form_of(lead, pages.meeting_page(meeting)) | {"venue_2": "Economic and Social Council Chamber"}

    answer = lead.post(pages.meeting_page(meeting), typed)

    meeting.refresh_from_db()
    entry = Entry.objects.get(stream=meeting.journal_stream)
    assert answer.status_code == 302, pages.text(answer)
    assert str(meeting.venue) == "Economic and Social Council Chamber"
    assert (entry.act, list(entry.payload.after)) == ("changed", ["venue"])
    assert entry.payload.before["venue"]["en"] == "Trusteeship Council Chamber"


def test_a_moment_is_typed_in_the_zone_of_the_meeting_which_is_in_print(lead, meeting):
    shown = pages.text(lead.get(pages.meeting_page(meeting)))
    typed = form_of(lead, pages.meeting_page(meeting)) | {"floor_opens_at_0": "2016-09-06", "floor_opens_at_1": "11:15"}

    lead.post(pages.meeting_page(meeting), typed)

    meeting.refresh_from_db()
    assert "America/New_York" in shown
    assert meeting.floor_opens_at == datetime(2016, 9, 6, 15, 15, tzinfo=UTC)


def test_neither_the_deadline_nor_the_address_of_a_meeting_is_changed_by_saving_its_page(lead, meeting):
    forced = {"lists-0-closes_at_0": "2016-09-05", "lists-0-closes_at_1": "13:00", "slug": "other"}
    typed = form_of(lead, pages.meeting_page(meeting)) | forced | {"clock_shift": "1:00:00", "time_zone": "UTC"}

    lead.post(pages.meeting_page(meeting), typed)

    stored = Meeting.objects.get()
    assert (stored.speakers_list.closes_at, stored.slug) == (factories.DEADLINE, "dialogue")
    assert (stored.clock_shift, stored.time_zone) == (meeting.clock_shift, "America/New_York")


def test_what_the_database_would_refuse_is_refused_in_words(lead, meeting):
    typed = form_of(lead, pages.meeting_page(meeting)) | {"ends_at_0": "2016-09-06", "ends_at_1": "09:00"}

    answer = lead.post(pages.meeting_page(meeting), typed)

    assert "The meeting must start before it ends." in pages.text(answer)
    assert not Entry.objects.exists()


def test_a_line_of_the_programme_is_changed_with_its_persons(lead, meeting):
    slot = ProgrammeSlot.objects.create(meeting=meeting, position=10, kind="opening", title={"en": "Opening"})
    slot.persons.create(name="H.E. Mr. Mogens Lykketoft")
    address = reverse("admin:dialogue_programmeslot_change", args=[slot.pk])
    slot.refresh_from_db()

    typed = form_of(lead, address) | {"title_2": "Opening remarks", "persons-0-by_video": "on"}
    answer = lead.post(address, typed)

    slot.refresh_from_db()
    assert answer.status_code == 302, pages.text(answer)
    assert str(slot.title) == "Opening remarks"
    assert slot.persons.get().by_video
    assert Entry.objects.get(stream=meeting.journal_stream).subject == f"programmeslot/{slot.pk}"


def test_an_officer_puts_a_focal_point_on_record_and_it_is_journalled(officer):
    delegation = factories.make_delegation("RWA", "Rwanda")
    typed = {"delegation": delegation.code, "email": " Mission@Rwanda.example ", "name": "", "is_active": "on"}

    answer = officer.post(reverse("admin:speakers_focalpoint_add"), typed)

    entry = Entry.objects.get(stream="secretariat")
    assert answer.status_code == 302, pages.text(answer)
    assert FocalPoint.objects.get().normalised_email == "mission@rwanda.example"
    assert (entry.act, entry.payload.actor_name) == ("added", officer.staff.username)


def test_the_same_address_twice_is_refused_in_words(officer):
    point = factories.make_focal_point()
    typed = {"delegation": point.delegation.code, "email": "RWA@missions.example", "is_active": "on"}

    answer = officer.post(reverse("admin:speakers_focalpoint_add"), typed)

    assert "This address is already a focal point of the delegation." in pages.text(answer)


@pytest.mark.parametrize("query", ["rwanda", "RWA", "rwa@missions"])
def test_a_delegation_is_found_by_name_code_or_focal_point(reader, query):
    factories.make_delegation("KEN", "Kenya")
    factories.make_focal_point(factories.make_delegation("RWA", "Rwanda"))

    page = reader.get(reverse("admin:speakers_delegation_changelist", query={"q": query}))

    assert pages.cells(page, "name") == ["Rwanda"]


def test_a_start_before_the_deadline_is_refused_in_words_though_the_form_has_no_deadline(lead, meeting):
    typed = form_of(lead, pages.meeting_page(meeting)) | {"starts_at_0": "2016-08-31", "starts_at_1": "10:00"}

    answer = lead.post(pages.meeting_page(meeting), typed)

    assert "The deadline must be before the meeting starts." in pages.text(answer)


def test_a_line_at_the_place_or_time_of_another_is_refused_in_words(lead, meeting):
    for minute in (10, 20):
        at = meeting.starts_at.replace(minute=minute)
        second = ProgrammeSlot.objects.create(meeting=meeting, position=minute, kind="panel", title="R", starts_at=at)
    address = reverse("admin:dialogue_programmeslot_change", args=[second.pk])
    typed = form_of(lead, address)

    same_time = lead.post(address, typed | {"starts_at_1": "10:10"})
    same_place = lead.post(address, typed | {"position": "10"})

    assert "Another slot of this meeting starts at the same time." in pages.text(same_time)
    assert "already exists" in pages.text(same_place)


def test_two_bands_of_one_rank_are_refused_in_words(lead, meeting):
    SpeakersList.objects.update(opens_at=factories.OPEN + timedelta(hours=1))
    typed = form_of(lead, pages.meeting_page(meeting))
    ranks = sorted(name for name in typed if "-rank_" in name)

    answer = lead.post(pages.meeting_page(meeting), typed | {ranks[1]: typed[ranks[0]]})

    assert answer.status_code == 200
    assert "No two bands may have the same rank." in pages.text(answer)


def test_the_terms_typed_before_a_list_opens_are_stored(lead, meeting):
    SpeakersList.objects.update(opens_at=factories.OPEN + timedelta(hours=1))
    terms = {"policy": "receipt_only", "national_limit": "0:05:00", "rank_un_system": "35"}
    typed = form_of(lead, pages.meeting_page(meeting)) | {f"lists-0-{name}": text for name, text in terms.items()}

    lead.post(pages.meeting_page(meeting), typed)

    stored = SpeakersList.objects.get()
    assert (stored.policy, stored.national_limit) == ("receipt_only", timedelta(minutes=5))
    assert stored.ranks["un_system"] == 35


def test_the_places_of_a_list_are_read_without_what_else_is_stored(meeting):
    speakers_list = SpeakersList.objects.get()
    speakers_list.ranks = {}

    assert speakers_list.places is None
    assert speakers_list.ranks == {}
