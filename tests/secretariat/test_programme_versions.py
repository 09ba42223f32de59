"""Programme versions: frozen when released, and announced to those concerned by drafts that staff release.  R-31"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from dialogue import versions
from dialogue.models import ProgrammePerson, ProgrammeSlot, ProgrammeVersion
from journal.models import Entry
from outbox.models import Message
from speakers.mail import programme_release
from tests import factories
from tests.factories import OPEN, STAFF
from tests.secretariat import pages


def at(hour, minute=0):
    """A moment of 6 September 2016 in New York."""
    return datetime(2016, 9, 6, hour + 4, minute, tzinfo=UTC)


@pytest.fixture
def meeting(at_the_desk, db):
    """A programme of three lines; only the opening speaker has an address."""
    meeting = factories.make_meeting(floor_opens_at=at(11))
    for position, (kind, moment) in enumerate([("opening", at(10)), ("panel", at(10, 30)), ("closing", at(17, 50))]):
        slot = ProgrammeSlot.objects.create(
            meeting=meeting, position=position, kind=kind, title={"en": kind.title()}, starts_at=moment
        )
        email = "opening@office.example" if kind == "opening" else ""
        ProgrammePerson.objects.create(slot=slot, name=f"Speaker of the {kind}", email=email)
    return meeting


def release(meeting, kind="provisional", comment="First issue"):
    return programme_release.release(meeting, kind=kind, comment=comment, by=STAFF, at=OPEN)


def post(client, meeting, kind="provisional", comment="First issue"):
    return client.post(pages.meeting_act(meeting, "release-programme"), {"kind": kind, "comment": comment})


def move(meeting, kind, moment):
    meeting.slots.filter(kind=kind).update(starts_at=moment)


def drafts():
    return Message.objects.filter(kind="speakers.programme").order_by("pk")


def programme(meeting, form="programme/"):
    return Client().get(f"/meetings/{meeting.slug}/{form}")


def test_a_released_version_is_frozen_hashed_chained_and_journalled(lead, meeting):
    answer = post(lead, meeting)
    move(meeting, "panel", at(10, 20))
    post(lead, meeting, "revised", "The panel begins earlier")

    first, second = meeting.versions.order_by("number")
    assert answer.url == pages.meeting_page(meeting)
    assert [str(first), str(second)] == ["Provisional programme", "Revised programme (revision 1)"]
    assert second.previous_sha256 == first.sha256
    assert f'"previous_sha256":"{first.sha256}"' in second.content
    assert Entry.objects.filter(act="programme released").count() == 2


@pytest.mark.parametrize(
    "change", ["UPDATE dialogue_programmeversion SET comment = 'x'", "DELETE FROM dialogue_programmeversion"]
)
def test_the_database_itself_refuses_to_change_a_released_version(meeting, change):
    release(meeting)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_public_reads_the_newest_version_and_not_the_draft(meeting):
    release(meeting)
    move(meeting, "panel", at(10, 20))
    meeting.slots.filter(kind="opening").update(title={"en": "Not yet released"})

    before = pages.text(programme(meeting))
    release(meeting, "final", "As it will be")
    after = pages.text(programme(meeting))

    assert "Provisional programme" in before
    assert "10:30 a.m. Panel" in before
    assert "Not yet released" not in before
    assert "Final programme" in after
    assert "10:20 a.m. Panel" in after
    assert "Speaker of the panel" in after


def test_an_address_of_a_person_is_never_shown(meeting):
    release(meeting)

    for form in ["programme/", "programme.json", "programme.ics"]:
        assert "opening@office.example" not in programme(meeting, form).content.decode()


def test_the_calendar_keeps_its_identities_and_raises_its_sequence(meeting):
    identities, sequences = [], []
    for kind, comment in [(None, ""), ("provisional", "First"), ("final", "Last")]:
        if kind:
            release(meeting, kind, comment)
        events = Calendar.from_ical(programme(meeting, "programme.ics").content).walk("VEVENT")
        identities.append([str(event["uid"]) for event in events])
        sequences.append([int(event["sequence"]) for event in events])

    assert identities[0] == identities[1] == identities[2]
    assert sequences == [[0, 0], [1, 1], [2, 2]]


def test_only_persons_of_changed_lines_get_a_draft(meeting):
    factories.make_inscription(meeting)
    release(meeting)
    move(meeting, "panel", at(10, 20))
    told_of_panel = release(meeting, "revised", "The panel begins earlier")[1]
    move(meeting, "opening", at(10, 5))

    told_of_opening = release(meeting, "revised", "The opening begins later")[1]

    draft = drafts().get()
    assert (told_of_panel, told_of_opening) == (0, 1)
    assert (draft.to, draft.state) == (["opening@office.example"], Message.State.HELD)
    assert factories.subject_of(draft) == "Revised programme (revision 2): what is new"
    assert "- Opening: at 10:05 a.m., no longer at 10:00 a.m." in draft.body
    assert "The opening begins later" in draft.body


def test_delegations_get_a_draft_where_the_time_of_the_list_changes(meeting):
    factories.make_inscription(meeting, factories.make_delegation("KEN", "Kenya"))
    factories.make_inscription(meeting, factories.make_delegation("FRA", "France"), is_verified=False)
    release(meeting)
    move(meeting, "closing", at(17, 40))

    drafted = release(meeting, "revised", "Ten minutes less")[1]

    draft = drafts().get()
    assert drafted == 1
    assert draft.to == ["ken@missions.example"]
    assert "The inscription of Kenya, receipt 1, is not affected; the time of its turn may be." in draft.body


def test_the_first_version_notifies_no_one(meeting):
    factories.make_inscription(meeting)

    assert release(meeting)[1] == 0
    assert not drafts().exists()


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(9, 55), "overlaps with “Opening”, the line before it."),
        (at(14), "“Panel” at 2:00 p.m. is outside all sittings."),
    ],
)
def test_what_overlaps_or_falls_outside_is_refused_in_words(lead, meeting, moment, words):
    move(meeting, "panel", moment)

    answer = post(lead, meeting)

    assert words in pages.text(answer)
    assert not meeting.versions.exists()


def test_overlapping_sittings_are_refused(lead, meeting):
    meeting.sittings.filter(part="afternoon").update(starts_at=at(12, 30))

    assert "Two sittings overlap at 12:30 p.m." in pages.text(post(lead, meeting))


def test_an_overlap_is_refused_at_its_field_when_it_is_saved(lead, meeting):
    page = reverse("admin:dialogue_programmeslot_change", args=[meeting.slots.get(kind="panel").pk])
    moved = {**pages.typed(lead.get(page)), "starts_at_1": "09:55:00"}

    answer = lead.post(page, moved)

    assert answer.context["adminform"].form.errors["starts_at"] == [
        "“Panel” at 9:55 a.m. overlaps with “Opening”, the line before it.",
        "“Panel” at 9:55 a.m. is outside all sittings.",
    ]
    assert meeting.slots.get(kind="panel").starts_at == at(10, 30)


def test_a_version_needs_a_comment_and_something_new_and_begins_as_provisional(lead, meeting):
    without = pages.text(post(lead, meeting, comment=" "))
    revised = pages.text(post(lead, meeting, "revised"))
    post(lead, meeting)
    again = pages.text(post(lead, meeting))
    post(lead, meeting, "final", "As it will be")
    unchanged = pages.text(post(lead, meeting, "final", "Once more"))

    assert "This field is required." in without
    assert "There is nothing to revise yet" in revised
    assert "Only the first programme is provisional" in again
    assert "Nothing has changed since the last version." in unchanged
    assert meeting.versions.count() == 2


def test_the_difference_is_given_in_words(lead, meeting):
    release(meeting)
    old = versions.draft_of(meeting)
    panel = meeting.slots.get(kind="panel")
    ProgrammePerson.objects.create(slot=panel, name="A second panellist")
    meeting.slots.filter(kind="closing").delete()
    ProgrammeSlot.objects.create(
        meeting=meeting, position=9, kind="heading", title={"en": "Conclusion"}, starts_at=at(17)
    )

    lines = versions.difference(old, versions.draft_of(meeting), meeting)
    beside = pages.text(lead.get(pages.meeting_act(meeting, "release-programme")))

    assert lines == [
        "New: 5:00 p.m. Conclusion.",
        "Left out: 5:50 p.m. Closing.",
        "Panel: with A second panellist.",
    ]
    assert "New since “Provisional programme”" in beside
    assert "Left out: 5:50 p.m. Closing." in beside


def test_a_page_of_a_version_shows_it_and_changes_nothing(reader, meeting):
    version = release(meeting)[0]

    page = reader.get(f"/secretariat/dialogue/programmeversion/{version.pk}/change/")

    assert "A released programme is never changed." in pages.text(page)
    assert version.sha256 in pages.text(page)


def test_list_officers_release_no_programme(officer, meeting):
    assert post(officer, meeting).status_code == 403
    assert not ProgrammeVersion.objects.exists()


@pytest.mark.parametrize("is_released", [False, True])
def test_the_public_programme_costs_at_most_four_statements(meeting, is_released):
    if is_released:
        release(meeting)
    ProgrammeSlot.objects.create(
        meeting=meeting, position=9, kind="heading", title={"en": "More"}, starts_at=at(18) - timedelta(minutes=1)
    )

    with CaptureQueriesContext(connection) as statements:
        programme(meeting)

    assert len(statements) <= 4
