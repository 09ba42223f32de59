"""What an act asks of a meeting is read before the row is locked, and only for that act."""

import pytest

from dialogue import reading_ahead
from dialogue.models import Band, MailText, Meeting
from tests.factories import make_meeting

pytestmark = pytest.mark.django_db


def all_matters(meeting):
    """Everything that is read ahead, as an act asks for it."""
    matters = [meeting.hours, meeting.slots.all(), meeting.bands.all(), meeting.contacts.all(), meeting.own_mail_texts]
    return [list(each) for each in matters]


def test_the_locked_meeting_asks_nothing_of_what_was_read_ahead(django_assert_num_queries):
    meeting = make_meeting()
    MailText.objects.create(meeting=meeting, kind="speakers.acknowledgement", subject="Inscribed", body="{place}")
    ahead = reading_ahead.ahead_of(meeting)
    locked = Meeting.objects.get(pk=meeting.pk)

    reading_ahead.take_over(locked, ahead)

    with django_assert_num_queries(0):
        found = all_matters(locked)
    assert found == all_matters(Meeting.objects.get(pk=meeting.pk))
    assert all(found[index] for index in (0, 2, 3, 4))


def test_reading_ahead_costs_five_statements_and_four_where_the_sittings_are_known(django_assert_num_queries):
    meeting = make_meeting()
    with django_assert_num_queries(5):
        reading_ahead.ahead_of(meeting)
    assert meeting.hours
    with django_assert_num_queries(4):
        reading_ahead.ahead_of(meeting)


def test_whoever_keeps_the_meeting_at_hand_reads_it_anew(django_assert_num_queries):
    meeting = make_meeting()
    reading_ahead.ahead_of(meeting)
    Band.objects.filter(meeting=meeting, code="groups").delete()

    assert "groups" not in {band.code for band in meeting.bands.all()}
