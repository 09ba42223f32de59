"""What staff read about personal data: how long they are kept, and that the nightly task must have run.  R-57"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

import clock
from config.management.commands import prepare
from dialogue.models import Meeting
from journal.actors import SYSTEM
from journal.recording import record
from secretariat import erasing
from tests.factories import make_inscription, make_meeting
from tests.secretariat import pages

FRONT = "/secretariat/"
YEARS_LATER = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.fixture
def meeting(db):
    meeting = make_meeting()
    make_inscription(meeting)
    return meeting


def front_page(client, at):
    with clock.stopped(at):
        return pages.text(client.get(FRONT))


def test_the_front_page_says_until_when_the_data_of_a_past_meeting_are_kept(lead, meeting):
    words = "personal data are kept until Monday, 5 December 2016, 5:00 p.m. (New York time)."

    assert words not in front_page(lead, meeting.ends_at - timedelta(minutes=1))
    assert words in front_page(lead, meeting.ends_at)


def test_overdue_data_need_attention_until_they_are_erased(lead, meeting):
    overdue = meeting.personal_data_due_at + timedelta(days=2)

    before = front_page(lead, overdue)
    with clock.stopped(overdue):
        erasing.erase_what_is_due(at=overdue)

    assert "Action needed: Informal interactive dialogue: personal data were due to be erased on Monday" in before
    assert "personal data" not in front_page(lead, overdue)


def test_a_meeting_of_long_ago_entered_today_waits_for_the_night_and_asks_for_nothing(lead, db):
    meeting = make_meeting()
    entered = meeting.personal_data_due_at + timedelta(days=300)
    with clock.stopped(entered), transaction.atomic():
        record("loaded", stream=meeting.journal_stream, subject="meeting", by=SYSTEM, at=entered)

    first_day, third_day = (front_page(lead, entered + timedelta(days=days)) for days in (0, 2))

    assert "Informal interactive dialogue: personal data will be erased in the next nightly run." in first_day
    assert "Action needed: Informal interactive dialogue: personal data were due" in third_day


def test_each_meeting_sets_its_own_days_and_keeps_the_declined_no_longer_than_the_others(lead, meeting):
    typed = pages.typed(lead.get(pages.meeting_page(meeting)))

    refused = lead.post(pages.meeting_page(meeting), typed | {"declined_data_days": "91"})
    lead.post(pages.meeting_page(meeting), typed | {"personal_data_days": "60"})

    meeting.refresh_from_db()
    assert "Those declined must not be kept for longer than the others." in pages.text(refused)
    assert meeting.personal_data_due_at == meeting.ends_at + timedelta(days=60)


def test_a_freshly_prepared_site_has_nothing_to_erase_and_asks_for_nothing(lead, capsys, settings, tmp_path):
    settings.VAR_DIR, settings.MAILBOX_DIR = tmp_path, tmp_path / "mailbox"
    with clock.stopped(YEARS_LATER):
        for command in prepare.RECORD + prepare.MEETINGS:
            call_command(*command)

    due = [left.name for left in erasing.report(at=YEARS_LATER) if left.is_due and left.number]
    shown = [front_page(lead, YEARS_LATER + timedelta(days=days)) for days in (0, 7)]

    assert due == []
    assert ["personal data" in page.lower() for page in shown] == [False, False]


def test_what_is_entered_into_a_loaded_meeting_of_long_ago_goes_with_the_next_night(lead, capsys):
    with clock.stopped(YEARS_LATER):
        call_command(*prepare.MEETINGS[0])
    meeting = Meeting.objects.get()
    make_inscription(meeting, at=meeting.speakers_list.closes_at - timedelta(days=1))

    erased = [erasing.erase_what_is_due(at=YEARS_LATER) for _night in range(2)]

    assert erased[0] > 0
    assert erased[1] == 0
