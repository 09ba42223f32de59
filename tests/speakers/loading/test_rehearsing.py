"""A rehearsal of the dialogue, whose list is open whenever it is loaded.  R-03"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

import clock
from dialogue.models import Meeting
from journal.actors import SYSTEM
from journal.models import Entry
from speakers import loading
from speakers.loading import rows
from speakers.management.commands.load_rehearsal import FILE
from speakers.models import SpeakersList

pytestmark = pytest.mark.django_db
# A Tuesday, two weeks before summer time ends in New York.
AT = datetime(2026, 10, 20, 12, 0, tzinfo=UTC)


def rehearse(at=AT, slug="r2p-rehearsal"):
    return loading.rehearse(FILE, slug=slug, by=SYSTEM, at=at)


@pytest.mark.parametrize("hours", range(0, 24 * 8, 7))
def test_its_list_is_open_at_once_and_for_three_to_ten_days(hours):
    at = AT + timedelta(hours=hours)

    meeting = rehearse(at).meeting

    assert meeting.speakers_list.accepts_inscriptions(at)
    assert timedelta(days=3) <= meeting.speakers_list.closes_at - at <= timedelta(days=10, hours=1)


def test_it_is_the_same_event_with_the_weekdays_and_hours_of_the_note():
    meeting = rehearse().meeting

    closes_at = meeting.speakers_list.closes_at.astimezone(meeting.zone)
    assert closes_at.strftime("%A %H:%M") == "Thursday 13:00"
    assert meeting.starts_at.astimezone(meeting.zone).strftime("%A %H:%M") == "Tuesday 10:00"
    assert (meeting.is_rehearsal, meeting.is_published, meeting.slots.count()) == (True, True, 10)
    assert f"I will convene on Tuesday, {meeting.starts_on:%-d %B %Y}, from 10:00 a.m." in str(meeting.invitation)


def test_staff_and_mail_name_it_as_a_rehearsal():
    assert str(rehearse().meeting).startswith("Rehearsal: Informal interactive dialogue")
    assert str(loading.load(FILE, by=SYSTEM, at=AT).meeting).startswith("Informal interactive dialogue")


def test_a_second_start_changes_nothing(capsys):
    before = rows.facts_of(rehearse().meeting)

    with clock.stopped(AT + timedelta(days=1)):
        call_command("load_rehearsal")

    assert capsys.readouterr().out == "r2p-rehearsal is already loaded; nothing was changed.\n"
    assert rows.facts_of(Meeting.objects.get()) == before
    assert Entry.objects.count() == 1


def test_a_rehearsal_without_inscriptions_is_put_off_once_its_deadline_has_passed(capsys):
    first = rehearse().meeting
    first.slots.filter(kind="closing").update(title={"en": "Last words"})
    SpeakersList.objects.update(closed_at=first.speakers_list.closes_at)
    later = first.speakers_list.closes_at + timedelta(days=2)

    with clock.stopped(later):
        call_command("load_rehearsal")

    meeting = Meeting.objects.get()
    assert "Put off r2p-rehearsal: the list is open" in capsys.readouterr().out
    assert meeting.speakers_list.accepts_inscriptions(later)
    assert meeting.speakers_list.closes_at.astimezone(meeting.zone).strftime("%A %H:%M") == "Thursday 13:00"
    assert meeting.sittings.first().starts_at == meeting.slots.first().starts_at == meeting.starts_at
    assert meeting.sittings.last().ends_at == meeting.slots.last().starts_at == meeting.ends_at
    assert f"{meeting.starts_on:%-d %B %Y}" in str(meeting.invitation)
    assert str(meeting.sections.all()[1].text).startswith(f"The {meeting.starts_on:%-d %B %Y} dialogue")
    assert str(meeting.slots.get(kind="closing").title) == "Last words"
    assert Entry.objects.latest("pk").act == "rehearsal put off"


def test_a_rehearsal_with_inscriptions_is_never_touched_and_says_how_to_start_another(capsys):
    first = rehearse().meeting
    SpeakersList.objects.update(last_receipt_no=1)
    before = rows.facts_of(first)

    with clock.stopped(first.speakers_list.closes_at + timedelta(days=30)):
        call_command("load_rehearsal")

    assert rows.facts_of(Meeting.objects.get()) == before
    assert "To start another: manage.py load_rehearsal --slug r2p-rehearsal-2" in capsys.readouterr().out


def test_a_rehearsal_whose_clock_was_shifted_is_kept():
    first = rehearse().meeting
    Meeting.objects.update(clock_shift=timedelta(days=1))

    outcome = rehearse(first.speakers_list.closes_at + timedelta(days=2))

    assert outcome == loading.Again(first)


def test_a_real_meeting_is_never_taken_for_a_rehearsal():
    loading.load(FILE, by=SYSTEM, at=AT)
    before = rows.facts_of(Meeting.objects.get())

    with pytest.raises(CommandError, match="“r2p-2016” is a meeting, not a rehearsal"):
        call_command("load_rehearsal", "--slug", "r2p-2016")

    assert rows.facts_of(Meeting.objects.get()) == before
